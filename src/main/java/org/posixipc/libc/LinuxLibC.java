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
}
