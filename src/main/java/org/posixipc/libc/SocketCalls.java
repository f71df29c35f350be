package org.posixipc.libc;

import jnr.ffi.types.intptr_t;
import jnr.ffi.types.size_t;
import jnr.ffi.types.ssize_t;

/**
 * The part of {@link LibC} that has to do with sockets, under its rules.
 *
 * @see Native#libc()
 */
public interface SocketCalls {
  /**
   * {@code int socket(int domain, int type, int protocol)}.
   *
   * @param domain AF_UNIX, AF_INET, AF_INET6
   * @param type SOCK_STREAM and so on; on Linux with SOCK_CLOEXEC and SOCK_NONBLOCK
   * @param protocol 0 for the type's own
   * @return the new descriptor, or -1
   * @see <a href="https://man7.org/linux/man-pages/man2/socket.2.html">socket(2)</a>
   */
  int socket(int domain, int type, int protocol);

  /**
   * {@code int socketpair(int domain, int type, int protocol, int sv[2])}.
   *
   * @param domain AF_UNIX
   * @param type SOCK_STREAM and so on; on Linux with SOCK_CLOEXEC and SOCK_NONBLOCK
   * @param protocol 0 for the type's own
   * @param sv the address of two ints, where the kernel stores the two descriptors
   * @return 0, or -1
   * @see <a href="https://man7.org/linux/man-pages/man2/socketpair.2.html">socketpair(2)</a>
   */
  int socketpair(int domain, int type, int protocol, @intptr_t long sv);

  /**
   * {@code int bind(int sockfd, const struct sockaddr *addr, socklen_t addrlen)}.
   *
   * @param sockfd the socket
   * @param addr the address of the socket address
   * @param addrlen how many bytes it has
   * @return 0, or -1
   * @see <a href="https://man7.org/linux/man-pages/man2/bind.2.html">bind(2)</a>
   */
  int bind(int sockfd, @intptr_t long addr, int addrlen);

  /**
   * {@code int listen(int sockfd, int backlog)}.
   *
   * @param sockfd the socket
   * @param backlog how many connections may wait to be accepted
   * @return 0, or -1
   * @see <a href="https://man7.org/linux/man-pages/man2/listen.2.html">listen(2)</a>
   */
  int listen(int sockfd, int backlog);

  /**
   * {@code int accept(int sockfd, struct sockaddr *addr, socklen_t *addrlen)}. The new descriptor
   * is not close-on-exec.
   *
   * @param sockfd the listening socket
   * @param addr where the kernel stores the peer's address, or 0
   * @param addrlen the address of an int: the room at {@code addr}, then the address's length; or 0
   * @return the new descriptor, or -1
   * @see <a href="https://man7.org/linux/man-pages/man2/accept.2.html">accept(2)</a>
   */
  int accept(int sockfd, @intptr_t long addr, @intptr_t long addrlen);

  /**
   * {@code int connect(int sockfd, const struct sockaddr *addr, socklen_t addrlen)}. After EINTR
   * the connecting goes on; wait for it, don't call again.
   *
   * @param sockfd the socket
   * @param addr the address of the socket address
   * @param addrlen how many bytes it has
   * @return 0, or -1
   * @see <a href="https://man7.org/linux/man-pages/man2/connect.2.html">connect(2)</a>
   */
  int connect(int sockfd, @intptr_t long addr, int addrlen);

  /**
   * {@code int shutdown(int sockfd, int how)}.
   *
   * @param sockfd the socket
   * @param how SHUT_RD, SHUT_WR or SHUT_RDWR
   * @return 0, or -1
   * @see <a href="https://man7.org/linux/man-pages/man2/shutdown.2.html">shutdown(2)</a>
   */
  int shutdown(int sockfd, int how);

  /**
   * {@code int getsockname(int sockfd, struct sockaddr *addr, socklen_t *addrlen)}.
   *
   * @param sockfd the socket
   * @param addr where the kernel stores the socket's own address
   * @param addrlen the address of an int: the room at {@code addr}, then the address's length,
   *     which may be more
   * @return 0, or -1
   * @see <a href="https://man7.org/linux/man-pages/man2/getsockname.2.html">getsockname(2)</a>
   */
  int getsockname(int sockfd, @intptr_t long addr, @intptr_t long addrlen);

  /**
   * {@code int getpeername(int sockfd, struct sockaddr *addr, socklen_t *addrlen)}.
   *
   * @param sockfd the socket
   * @param addr where the kernel stores the peer's address
   * @param addrlen the address of an int: the room at {@code addr}, then the address's length,
   *     which may be more
   * @return 0, or -1
   * @see <a href="https://man7.org/linux/man-pages/man2/getpeername.2.html">getpeername(2)</a>
   */
  int getpeername(int sockfd, @intptr_t long addr, @intptr_t long addrlen);

  /**
   * {@code int getsockopt(int sockfd, int level, int optname, void *optval, socklen_t *optlen)}.
   *
   * @param sockfd the socket
   * @param level SOL_SOCKET, or a protocol's number
   * @param optname the option
   * @param optval where the kernel stores its value
   * @param optlen the address of an int: the room at {@code optval}, then the value's length
   * @return 0, or -1
   * @see <a href="https://man7.org/linux/man-pages/man2/getsockopt.2.html">getsockopt(2)</a>
   */
  int getsockopt(int sockfd, int level, int optname, @intptr_t long optval, @intptr_t long optlen);

  /**
   * {@code int setsockopt(int sockfd, int level, int optname, const void *optval, socklen_t
   * optlen)}.
   *
   * @param sockfd the socket
   * @param level SOL_SOCKET, or a protocol's number
   * @param optname the option
   * @param optval the address of its value
   * @param optlen how many bytes the value has
   * @return 0, or -1
   * @see <a href="https://man7.org/linux/man-pages/man2/getsockopt.2.html">setsockopt(2)</a>
   */
  int setsockopt(int sockfd, int level, int optname, @intptr_t long optval, int optlen);

  /**
   * {@code ssize_t send(int sockfd, const void *buf, size_t len, int flags)}.
   *
   * @param sockfd the socket
   * @param buf the address of at least {@code len} bytes
   * @param len how many bytes
   * @param flags MSG_NOSIGNAL and so on
   * @return the count of bytes sent, or -1
   * @see <a href="https://man7.org/linux/man-pages/man2/send.2.html">send(2)</a>
   */
  @ssize_t
  long send(int sockfd, @intptr_t long buf, @size_t long len, int flags);

  /**
   * {@code ssize_t recv(int sockfd, void *buf, size_t len, int flags)}.
   *
   * @param sockfd the socket
   * @param buf the address of at least {@code len} writable bytes
   * @param len how many bytes at most
   * @param flags MSG_PEEK and so on
   * @return the count of bytes received, 0 at end of file, or -1
   * @see <a href="https://man7.org/linux/man-pages/man2/recv.2.html">recv(2)</a>
   */
  @ssize_t
  long recv(int sockfd, @intptr_t long buf, @size_t long len, int flags);

  /**
   * {@code ssize_t sendmsg(int sockfd, const struct msghdr *msg, int flags)}.
   *
   * @param sockfd the socket
   * @param msg the address of the header
   * @param flags MSG_NOSIGNAL and so on
   * @return the count of bytes sent, or -1
   * @see <a href="https://man7.org/linux/man-pages/man2/sendmsg.2.html">sendmsg(2)</a>
   */
  @ssize_t
  long sendmsg(int sockfd, @intptr_t long msg, int flags);

  /**
   * {@code ssize_t recvmsg(int sockfd, struct msghdr *msg, int flags)}.
   *
   * @param sockfd the socket
   * @param msg the address of the header, in which the kernel stores lengths and flags
   * @param flags MSG_PEEK and so on
   * @return the count of bytes received, 0 at end of file, or -1
   * @see <a href="https://man7.org/linux/man-pages/man2/recvmsg.2.html">recvmsg(2)</a>
   */
  @ssize_t
  long recvmsg(int sockfd, @intptr_t long msg, int flags);
}
