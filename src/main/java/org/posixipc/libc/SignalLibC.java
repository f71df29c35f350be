package org.posixipc.libc;

import jnr.ffi.types.intptr_t;

/**
 * The calls that send a signal to one thread of this process, under the same rules as {@link LibC}.
 * What the pthread_* functions return is an error number, and errno stays as it was.
 *
 * @see Native#signals()
 */
public interface SignalLibC {
  /**
   * {@code int sigaction(int signum, const struct sigaction *act, struct sigaction *oldact)}.
   *
   * @param signum the signal
   * @param act the address of what it is to do from now on, or 0 to change nothing
   * @param oldact the address where what it did until now is stored, or 0
   * @return 0, or -1
   * @see <a href="https://man7.org/linux/man-pages/man2/sigaction.2.html">sigaction(2)</a>
   */
  int sigaction(int signum, @intptr_t long act, @intptr_t long oldact);

  /**
   * {@code pthread_t pthread_self(void)}.
   *
   * @return the calling thread, as {@link #pthread_kill} knows it
   * @see <a href="https://man7.org/linux/man-pages/man3/pthread_self.3.html">pthread_self(3)</a>
   */
  @intptr_t
  long pthread_self();

  /**
   * {@code int pthread_kill(pthread_t thread, int sig)}.
   *
   * @param thread a thread that has not ended: of one that has, the number may be another's
   * @param sig the signal
   * @return 0, or an error number
   * @see <a href="https://man7.org/linux/man-pages/man3/pthread_kill.3.html">pthread_kill(3)</a>
   */
  int pthread_kill(@intptr_t long thread, int sig);

  /**
   * {@code void *dlsym(void *handle, const char *symbol)}.
   *
   * @param handle RTLD_DEFAULT, to look in every library that is loaded
   * @param symbol the address of the name's bytes, ended by a NUL
   * @return the function's address, or 0
   * @see <a href="https://man7.org/linux/man-pages/man3/dlsym.3.html">dlsym(3)</a>
   */
  @intptr_t
  long dlsym(@intptr_t long handle, @intptr_t long symbol);
}
