package org.posixipc.libc;

import jnr.ffi.annotations.Variadic;
import jnr.ffi.types.intptr_t;
import jnr.ffi.types.mode_t;
import jnr.ffi.types.size_t;
import jnr.ffi.types.ssize_t;

/**
 * The C library's calls, one prototype a method, as both Linux and macOS have them: of descriptors,
 * files and children here, of sockets in {@link SocketCalls}, of what posix_spawn(3) takes in
 * {@link SpawnObjectCalls}.
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
public interface LibC extends SocketCalls, SpawnObjectCalls {
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
   * {@code int fchmod(int fd, mode_t mode)}.
   *
   * @param fd the descriptor
   * @param mode the permissions
   * @return 0, or -1
   * @see <a href="https://man7.org/linux/man-pages/man2/fchmod.2.html">fchmod(2)</a>
   */
  int fchmod(int fd, @mode_t int mode);

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
}
