package org.posixipc.libc;

import jnr.ffi.provider.jffi.NoX86;
import jnr.ffi.types.intptr_t;

/**
 * The calls with six arguments, under the same rules as {@link LibC}.
 *
 * <p>On x86-64 JNR's fast path would hand on garbage as the sixth; {@link NoX86} keeps them from
 * it, at a price that starting a process doesn't show.
 *
 * @see Native#spawn()
 */
@NoX86
public interface SpawnLibC {
  /**
   * {@code int posix_spawn(pid_t *pid, const char *path, const posix_spawn_file_actions_t *actions,
   * const posix_spawnattr_t *attrp, char *const argv[], char *const envp[])}. It returns the error
   * number and leaves errno alone.
   *
   * @param pid the address where the child's number goes
   * @param path the address of the program's path
   * @param actions the address of the file actions, or 0
   * @param attrp the address of the attributes, or 0
   * @param argv the address of the arguments' addresses, ended by 0
   * @param envp the address of the environment's addresses, ended by 0
   * @return 0, or an error number
   * @see <a href="https://man7.org/linux/man-pages/man3/posix_spawn.3.html">posix_spawn(3)</a>
   */
  int posix_spawn(
      @intptr_t long pid,
      @intptr_t long path,
      @intptr_t long actions,
      @intptr_t long attrp,
      @intptr_t long argv,
      @intptr_t long envp);

  /**
   * {@code int posix_spawnp(...)}: as posix_spawn, with a name that is looked for in this process's
   * PATH.
   *
   * @param pid the address where the child's number goes
   * @param file the address of the program's name
   * @param actions the address of the file actions, or 0
   * @param attrp the address of the attributes, or 0
   * @param argv the address of the arguments' addresses, ended by 0
   * @param envp the address of the environment's addresses, ended by 0
   * @return 0, or an error number
   * @see <a href="https://man7.org/linux/man-pages/man3/posix_spawn.3.html">posix_spawnp(3)</a>
   */
  int posix_spawnp(
      @intptr_t long pid,
      @intptr_t long file,
      @intptr_t long actions,
      @intptr_t long attrp,
      @intptr_t long argv,
      @intptr_t long envp);
}
