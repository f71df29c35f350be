package org.posixipc.libc;

import jnr.ffi.annotations.Variadic;
import jnr.ffi.types.intptr_t;
import jnr.ffi.types.mode_t;
import jnr.ffi.types.size_t;
import jnr.ffi.types.ssize_t;

/**
 * The C library's calls, one prototype a method, as both Linux and macOS have them.
 *
 * <p>Each returns what C returns: -1 for a failure, with the reason in {@link Native#errno()}, to
 * be read at once and on the same thread. Pointers are addresses ({@code long}); nothing checks
 * that they, or the counts beside them, are good: a wrong one reads or writes memory that is not
 * yours, or ends the JVM.
 *
 * <p>Parameters are {@code int} and {@code long} alone and five at most: that is what JNR binds as
 * a plain native method, and a sixth such argument would arrive as garbage on x86-64. The variadic
 * calls ({@code open}, {@code fcntl}, {@code ioctl}) are slower, several times over.
 *
 * @see Native#libc()
 */
public interface LibC {
  /**
   * {@code ssize_t read(int fd, void *buf, size_t count)}.
   *
   * @param fd the descriptor
   * @param buf the address of at least {@code count} writable bytes
   * @param count how many bytes at most
   * @return the count of bytes read, 0 at end of file, or -1
   * @see <a href="https://man7.org/linux/man-pages/man2/read.2.html">read(2)</a>
   */
  @ssize_t
  long read(int fd, @intptr_t long buf, @size_t long count);

  /**
   * {@code ssize_t write(int fd, const void *buf, size_t count)}.
   *
   * @param fd the descriptor
   * @param buf the address of at least {@code count} bytes
   * @param count how many bytes at most
   * @return the count of bytes written, or -1
   * @see <a href="https://man7.org/linux/man-pages/man2/write.2.html">write(2)</a>
   */
  @ssize_t
  long write(int fd, @intptr_t long buf, @size_t long count);

  /**
   * {@code ssize_t readv(int fd, const struct iovec *iov, int iovcnt)}.
   *
   * @param fd the descriptor
   * @param iov the address of {@code iovcnt} structs of an address and a length, 16 bytes each
   * @param iovcnt how many structs, IOV_MAX (1024) at most
   * @return the count of bytes read, 0 at end of file, or -1
   * @see <a href="https://man7.org/linux/man-pages/man2/readv.2.html">readv(2)</a>
   */
  @ssize_t
  long readv(int fd, @intptr_t long iov, int iovcnt);

  /**
   * {@code ssize_t writev(int fd, const struct iovec *iov, int iovcnt)}.
   *
   * @param fd the descriptor
   * @param iov the address of {@code iovcnt} structs of an address and a length, 16 bytes each
   * @param iovcnt how many structs, IOV_MAX (1024) at most
   * @return the count of bytes written, or -1
   * @see <a href="https://man7.org/linux/man-pages/man2/writev.2.html">writev(2)</a>
   */
  @ssize_t
  long writev(int fd, @intptr_t long iov, int iovcnt);

  /**
   * {@code int close(int fd)}. Never call it again because it failed: the number is free then, and
   * may be someone else's already.
   *
   * @param fd the descriptor
   * @return 0, or -1
   * @see <a href="https://man7.org/linux/man-pages/man2/close.2.html">close(2)</a>
   */
  int close(int fd);

  /**
   * {@code int pipe(int fds[2])}. The new descriptors are not close-on-exec.
   *
   * @param fds the address of two ints: the kernel stores the read end, then the write end
   * @return 0, or -1
   * @see <a href="https://man7.org/linux/man-pages/man2/pipe.2.html">pipe(2)</a>
   */
  int pipe(@intptr_t long fds);

  /**
   * {@code int dup(int oldfd)}. The new descriptor is not close-on-exec.
   *
   * @param oldfd the descriptor to copy
   * @return the lowest free number, or -1
   * @see <a href="https://man7.org/linux/man-pages/man2/dup.2.html">dup(2)</a>
   */
  int dup(int oldfd);

  /**
   * {@code int dup2(int oldfd, int newfd)}. Does nothing when both are the same number, which keeps
   * its close-on-exec flag; otherwise the copy has none.
   *
   * @param oldfd the descriptor to copy
   * @param newfd the number to give to the copy; what it named before is closed
   * @return {@code newfd}, or -1
   * @see <a href="https://man7.org/linux/man-pages/man2/dup2.2.html">dup2(2)</a>
   */
  int dup2(int oldfd, int newfd);

  /**
   * {@code int fcntl(int fd, int cmd, int arg)}.
   *
   * @param fd the descriptor
   * @param cmd the command, such as F_GETFL
   * @param arg its argument; ignored by commands that take none
   * @return what the command returns, or -1
   * @see <a href="https://man7.org/linux/man-pages/man2/fcntl.2.html">fcntl(2)</a>
   */
  @Variadic(fixedCount = 2)
  int fcntl(int fd, int cmd, int arg);

  /**
   * {@code int ioctl(int fd, unsigned long request, void *argp)}.
   *
   * @param fd the descriptor
   * @param request the device's request, such as FIONREAD
   * @param argp the address of its argument
   * @return what the request returns, or -1
   * @see <a href="https://man7.org/linux/man-pages/man2/ioctl.2.html">ioctl(2)</a>
   */
  @Variadic(fixedCount = 2)
  int ioctl(int fd, @size_t long request, @intptr_t long argp);

  /**
   * {@code int poll(struct pollfd *fds, nfds_t nfds, int timeout)}.
   *
   * @param fds the address of {@code nfds} structs of 8 bytes: int fd, short events, short revents
   * @param nfds how many structs
   * @param timeout milliseconds; 0 returns at once, -1 waits without end
   * @return how many structs have an answer, 0 when the time is over, or -1
   * @see <a href="https://man7.org/linux/man-pages/man2/poll.2.html">poll(2)</a>
   */
  int poll(@intptr_t long fds, @size_t long nfds, int timeout);

  /**
   * {@code int open(const char *pathname, int flags, mode_t mode)}.
   *
   * @param pathname the address of the path's bytes, ended by a NUL
   * @param flags O_RDONLY, O_CREAT and so on
   * @param mode the permissions of a file that is created, less the umask
   * @return the new descriptor, or -1
   * @see <a href="https://man7.org/linux/man-pages/man2/open.2.html">open(2)</a>
   */
  @Variadic(fixedCount = 2)
  int open(@intptr_t long pathname, int flags, int mode);

  /**
   * {@code int mkfifo(const char *pathname, mode_t mode)}.
   *
   * @param pathname the address of the path's bytes, ended by a NUL
   * @param mode the FIFO's permissions, less the umask
   * @return 0, or -1
   * @see <a href="https://man7.org/linux/man-pages/man3/mkfifo.3.html">mkfifo(3)</a>
   */
  int mkfifo(@intptr_t long pathname, @mode_t int mode);

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
   * {@code int fchmod(int fd, mode_t mode)}.
   *
   * @param fd the descriptor
   * @param mode the permissions
   * @return 0, or -1
   * @see <a href="https://man7.org/linux/man-pages/man2/fchmod.2.html">fchmod(2)</a>
   */
  int fchmod(int fd, @mode_t int mode);

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

  /**
   * {@code int waitid(idtype_t idtype, id_t id, siginfo_t *infop, int options)}.
   *
   * @param idtype P_PID (1) for one process
   * @param id its number
   * @param infop where the kernel stores how it ended, or 0 on Linux
   * @param options WEXITED, WNOWAIT and so on
   * @return 0, or -1
   * @see <a href="https://man7.org/linux/man-pages/man2/wait.2.html">waitid(2)</a>
   */
  int waitid(int idtype, int id, @intptr_t long infop, int options);

  /**
   * {@code int posix_spawn_file_actions_init(posix_spawn_file_actions_t *actions)}.
   *
   * @param actions the address of the file actions
   * @return 0, or an error number
   * @see <a href="https://man7.org/linux/man-pages/man3/posix_spawn.3.html">posix_spawn(3)</a>
   */
  int posix_spawn_file_actions_init(@intptr_t long actions);

  /**
   * {@code int posix_spawn_file_actions_destroy(posix_spawn_file_actions_t *actions)}.
   *
   * @param actions the address of the file actions
   * @return 0, or an error number
   * @see <a href="https://man7.org/linux/man-pages/man3/posix_spawn.3.html">posix_spawn(3)</a>
   */
  int posix_spawn_file_actions_destroy(@intptr_t long actions);

  /**
   * {@code int posix_spawn_file_actions_adddup2(posix_spawn_file_actions_t *actions, int fd, int
   * newfd)}.
   *
   * @param actions the address of the file actions
   * @param fd the descriptor that the parent has
   * @param newfd the number that the child gets it by
   * @return 0, or an error number
   * @see <a href="https://man7.org/linux/man-pages/man3/posix_spawn.3.html">posix_spawn(3)</a>
   */
  int posix_spawn_file_actions_adddup2(@intptr_t long actions, int fd, int newfd);

  /**
   * {@code int posix_spawn_file_actions_addclose(posix_spawn_file_actions_t *actions, int fd)}.
   *
   * @param actions the address of the file actions
   * @param fd the number to close in the child
   * @return 0, or an error number
   * @see <a href="https://man7.org/linux/man-pages/man3/posix_spawn.3.html">posix_spawn(3)</a>
   */
  int posix_spawn_file_actions_addclose(@intptr_t long actions, int fd);

  /**
   * {@code int posix_spawn_file_actions_addopen(posix_spawn_file_actions_t *actions, int fd, const
   * char *path, int oflag, mode_t mode)}.
   *
   * @param actions the address of the file actions
   * @param fd the number that the child gets it by
   * @param path the address of the path; it is copied
   * @param oflag O_RDONLY and so on
   * @param mode the permissions of a file that is created
   * @return 0, or an error number
   * @see <a href="https://man7.org/linux/man-pages/man3/posix_spawn.3.html">posix_spawn(3)</a>
   */
  int posix_spawn_file_actions_addopen(
      @intptr_t long actions, int fd, @intptr_t long path, int oflag, @mode_t int mode);

  /**
   * {@code int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char
   * *path)}. Since glibc 2.29 and macOS 10.15.
   *
   * @param actions the address of the file actions
   * @param path the address of the path; it is copied
   * @return 0, or an error number
   * @see <a href="https://man7.org/linux/man-pages/man3/posix_spawn.3.html">posix_spawn(3)</a>
   */
  int posix_spawn_file_actions_addchdir_np(@intptr_t long actions, @intptr_t long path);

  /**
   * {@code int posix_spawnattr_init(posix_spawnattr_t *attr)}.
   *
   * @param attr the address of the attributes
   * @return 0, or an error number
   * @see <a href="https://man7.org/linux/man-pages/man3/posix_spawn.3.html">posix_spawn(3)</a>
   */
  int posix_spawnattr_init(@intptr_t long attr);

  /**
   * {@code int posix_spawnattr_destroy(posix_spawnattr_t *attr)}.
   *
   * @param attr the address of the attributes
   * @return 0, or an error number
   * @see <a href="https://man7.org/linux/man-pages/man3/posix_spawn.3.html">posix_spawn(3)</a>
   */
  int posix_spawnattr_destroy(@intptr_t long attr);

  /**
   * {@code int posix_spawnattr_setflags(posix_spawnattr_t *attr, short flags)}.
   *
   * @param attr the address of the attributes
   * @param flags POSIX_SPAWN_SETSIGMASK and so on
   * @return 0, or an error number
   * @see <a href="https://man7.org/linux/man-pages/man3/posix_spawn.3.html">posix_spawn(3)</a>
   */
  int posix_spawnattr_setflags(@intptr_t long attr, int flags);

  /**
   * {@code int posix_spawnattr_setpgroup(posix_spawnattr_t *attr, pid_t pgroup)}.
   *
   * @param attr the address of the attributes
   * @param pgroup the process group, 0 for a new one
   * @return 0, or an error number
   * @see <a href="https://man7.org/linux/man-pages/man3/posix_spawn.3.html">posix_spawn(3)</a>
   */
  int posix_spawnattr_setpgroup(@intptr_t long attr, int pgroup);

  /**
   * {@code int posix_spawnattr_setsigmask(posix_spawnattr_t *attr, const sigset_t *mask)}.
   *
   * @param attr the address of the attributes
   * @param mask the address of the signals that the child blocks
   * @return 0, or an error number
   * @see <a href="https://man7.org/linux/man-pages/man3/posix_spawn.3.html">posix_spawn(3)</a>
   */
  int posix_spawnattr_setsigmask(@intptr_t long attr, @intptr_t long mask);

  /**
   * {@code int posix_spawnattr_setsigdefault(posix_spawnattr_t *attr, const sigset_t *set)}.
   *
   * @param attr the address of the attributes
   * @param set the address of the signals that get their default action
   * @return 0, or an error number
   * @see <a href="https://man7.org/linux/man-pages/man3/posix_spawn.3.html">posix_spawn(3)</a>
   */
  int posix_spawnattr_setsigdefault(@intptr_t long attr, @intptr_t long set);
}
