package org.posixipc.libc;

import jnr.ffi.types.intptr_t;
import jnr.ffi.types.mode_t;

/**
 * The part of {@link LibC} that makes the two objects which posix_spawn(3) takes: its file actions
 * and its attributes. All of them return an error number and leave errno alone.
 *
 * @see Native#libc()
 */
public interface SpawnObjectCalls {
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
