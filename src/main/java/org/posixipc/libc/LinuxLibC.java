package org.posixipc.libc;

import jnr.ffi.annotations.Variadic;
import jnr.ffi.types.intptr_t;

/**
 * The calls that only Linux has, under the same rules as {@link LibC}.
 *
 * @see Native#linux()
 */
public interface LinuxLibC {
  /**
   * {@code int pipe2(int fds[2], int flags)}.
   *
   * @param fds the address of two ints: the kernel stores the read end, then the write end
   * @param flags O_CLOEXEC, O_NONBLOCK, O_DIRECT
   * @return 0, or -1
   * @see <a href="https://man7.org/linux/man-pages/man2/pipe.2.html">pipe2(2)</a>
   */
  int pipe2(@intptr_t long fds, int flags);

  /**
   * {@code int dup3(int oldfd, int newfd, int flags)}. Unlike dup2 it fails with EINVAL when both
   * are the same number.
   *
   * @param oldfd the descriptor to copy
   * @param newfd the number to give to the copy; what it named before is closed
   * @param flags O_CLOEXEC or 0
   * @return {@code newfd}, or -1
   * @see <a href="https://man7.org/linux/man-pages/man2/dup2.2.html">dup3(2)</a>
   */
  int dup3(int oldfd, int newfd, int flags);

  /**
   * {@code int fcntl(int fd, int cmd, int arg)}. On Linux a variadic function gets its ints where
   * any other does, and this way, unlike {@link LibC#fcntl}, is JNR's fast one.
   *
   * @param fd the descriptor
   * @param cmd F_GETFL and so on
   * @param arg the command's argument; ignored by those that have none
   * @return what the command returns, or -1
   * @see <a href="https://man7.org/linux/man-pages/man2/fcntl.2.html">fcntl(2)</a>
   */
  int fcntl(int fd, int cmd, int arg);

  /**
   * {@code int accept4(int sockfd, struct sockaddr *addr, socklen_t *addrlen, int flags)}.
   *
   * @param sockfd the listening socket
   * @param addr where the kernel stores the peer's address, or 0
   * @param addrlen the address of an int: the room at {@code addr}, then the address's length; or 0
   * @param flags SOCK_CLOEXEC, SOCK_NONBLOCK
   * @return the new descriptor, or -1
   * @see <a href="https://man7.org/linux/man-pages/man2/accept.2.html">accept4(2)</a>
   */
  int accept4(int sockfd, @intptr_t long addr, @intptr_t long addrlen, int flags);

  /**
   * {@code int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int
   * from)}. Since glibc 2.34; missing before, and from musl.
   *
   * @param actions the address of the file actions
   * @param from the first number to close in the child
   * @return 0, or an error number
   */
  int posix_spawn_file_actions_addclosefrom_np(@intptr_t long actions, int from);

  /**
   * {@code long syscall(long number, ...)}, for calls that the C library has no function for.
   *
   * @param number the call's number
   * @param first its first argument
   * @param second its second argument
   * @param third its third argument
   * @param fourth its fourth argument
   * @return what the call returns, or -1
   * @see <a href="https://man7.org/linux/man-pages/man2/syscall.2.html">syscall(2)</a>
   */
  @Variadic(fixedCount = 1)
  long syscall(long number, long first, long second, long third, long fourth);

  /**
   * {@code ssize_t preadv2(int fd, const struct iovec *iov, int iovcnt, off_t offset, int flags)}.
   *
   * @param fd the descriptor to read from
   * @param iov the address of an array of {@code iovcnt} structs
   * @param iovcnt how many structs
   * @param offset where in the file; -1 for where the descriptor is, as readv(2) has it
   * @param flags RWF_NOWAIT: fail with EAGAIN rather than wait
   * @return the count of bytes, 0 at end of file, or -1
   * @see <a href="https://man7.org/linux/man-pages/man2/readv.2.html">preadv2(2)</a>
   */
  long preadv2(int fd, @intptr_t long iov, int iovcnt, long offset, int flags);

  /**
   * {@code ssize_t pwritev2(int fd, const struct iovec *iov, int iovcnt, off_t offset, int flags)}.
   *
   * @param fd the descriptor to write to
   * @param iov the address of an array of {@code iovcnt} structs
   * @param iovcnt how many structs
   * @param offset where in the file; -1 for where the descriptor is, as writev(2) has it
   * @param flags RWF_NOWAIT: fail with EAGAIN rather than wait
   * @return the count of bytes, or -1
   * @see <a href="https://man7.org/linux/man-pages/man2/readv.2.html">pwritev2(2)</a>
   */
  long pwritev2(int fd, @intptr_t long iov, int iovcnt, long offset, int flags);

  /**
   * {@code int epoll_create1(int flags)}.
   *
   * @param flags EPOLL_CLOEXEC or 0
   * @return the new descriptor, or -1
   * @see <a href="https://man7.org/linux/man-pages/man2/epoll_create.2.html">epoll_create1(2)</a>
   */
  int epoll_create1(int flags);

  /**
   * {@code int epoll_ctl(int epfd, int op, int fd, struct epoll_event *event)}.
   *
   * @param epfd the epoll descriptor
   * @param op EPOLL_CTL_ADD and so on
   * @param fd the descriptor to watch
   * @param event the address of what to watch for, and what to give back then
   * @return 0, or -1
   * @see <a href="https://man7.org/linux/man-pages/man2/epoll_ctl.2.html">epoll_ctl(2)</a>
   */
  int epoll_ctl(int epfd, int op, int fd, @intptr_t long event);

  /**
   * {@code int epoll_wait(int epfd, struct epoll_event *events, int maxevents, int timeout)}.
   *
   * @param epfd the epoll descriptor
   * @param events where the kernel stores what happened
   * @param maxevents how many of them there is room for
   * @param timeout milliseconds; -1 waits without end
   * @return how many there are, or -1
   * @see <a href="https://man7.org/linux/man-pages/man2/epoll_wait.2.html">epoll_wait(2)</a>
   */
  int epoll_wait(int epfd, @intptr_t long events, int maxevents, int timeout);
}
