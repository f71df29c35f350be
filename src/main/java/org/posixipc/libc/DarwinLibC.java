package org.posixipc.libc;

import jnr.ffi.provider.jffi.NoX86;
import jnr.ffi.types.intptr_t;

/**
 * The calls that only macOS has, under the same rules as {@link LibC}.
 *
 * @see Native#darwin()
 */
@NoX86 // kevent has six arguments, the last of which would arrive as garbage
public interface DarwinLibC {
  /**
   * {@code int posix_spawn_file_actions_addinherit_np(posix_spawn_file_actions_t *actions, int
   * fd)}: keeps a descriptor that POSIX_SPAWN_CLOEXEC_DEFAULT would close.
   *
   * @param actions the address of the file actions
   * @param fd the number, in the parent and in the child
   * @return 0, or an error number
   */
  int posix_spawn_file_actions_addinherit_np(@intptr_t long actions, int fd);

  /**
   * {@code int kqueue(void)}. The new descriptor is not close-on-exec, but no child inherits it.
   *
   * @return the new descriptor, or -1
   */
  int kqueue();

  /**
   * {@code int kevent(int kq, const struct kevent *changelist, int nchanges, struct kevent
   * *eventlist, int nevents, const struct timespec *timeout)}.
   *
   * @param kq the queue
   * @param changelist the address of what to watch
   * @param nchanges how many of them there are
   * @param eventlist the address where the kernel stores what happened
   * @param nevents how many of them there is room for
   * @param timeout the address of how long to wait, or 0 to wait without end
   * @return how many there are, or -1
   */
  int kevent(
      int kq,
      @intptr_t long changelist,
      int nchanges,
      @intptr_t long eventlist,
      int nevents,
      @intptr_t long timeout);
}
