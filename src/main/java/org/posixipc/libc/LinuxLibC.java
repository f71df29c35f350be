package org.posixipc.libc;

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
}
