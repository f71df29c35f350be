package org.posixipc.jmh;

import jnr.ffi.types.intptr_t;
import jnr.ffi.types.size_t;

/** The one call of Linux's that the benchmarks need and the library doesn't bind. */
public interface SchedLibC {
  /**
   * {@code int sched_setaffinity(pid_t pid, size_t cpusetsize, const cpu_set_t *mask)}.
   *
   * @param pid a thread; 0 is the one that calls
   * @param cpusetsize bytes of {@code mask}
   * @param mask address of a bit for each CPU that it may use
   * @return 0, or -1
   * @see <a href="https://man7.org/linux/man-pages/man2/sched_setaffinity.2.html">
   *     sched_setaffinity(2)</a>
   */
  int sched_setaffinity(int pid, @size_t long cpusetsize, @intptr_t long mask);
}
