package org.posixipc.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a process and its children have cost, as Linux's /proc tells.
 *
 * @param cpuNanos the time of CPUs that they took, and those that have ended, in steps of 10 ms
 * @param bytes of memory that they have; what several share is divided among them
 */
record ProcessCost(long cpuNanos, long bytes) {
  private static final Path PROC = Path.of("/proc");
  private static final long NANOS_PER_TICK = 10_000_000;

  /**
   * Of proc_pid_stat(5): utime, behind the name in parentheses; stime, cutime and cstime follow.
   */
  private static final int UTIME = 12;

  static boolean isKnown() {
    return Files.isReadable(PROC.resolve("self/smaps_rollup"));
  }

  static ProcessCost of(ProcessHandle process) throws IOException {
    long ticks = 0;
    long bytes = 0;
    for (ProcessHandle each : Stream.concat(Stream.of(process), process.descendants()).toList()) {
      Path folder = PROC.resolve(Long.toString(each.pid()));
      ticks += ticks(lines(folder.resolve("stat")));
      bytes += proportionalBytes(lines(folder.resolve("smaps_rollup")));
    }
    return new ProcessCost(ticks * NANOS_PER_TICK, bytes);
  }

  private static long ticks(List<String> stat) {
    if (stat.isEmpty()) {
      return 0;
    }
    String[] fields = stat.get(0).substring(stat.get(0).lastIndexOf(')') + 1).split(" ", -1);
    long ticks = 0;
    for (int i = UTIME; i < UTIME + 4; i++) {
      ticks += Long.parseLong(fields[i]);
    }
    return ticks;
  }

  private static long proportionalBytes(List<String> rollup) {
    return rollup.stream()
        .filter(line -> line.startsWith("Pss:"))
        .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
        .sum();
  }

  /** Nothing of a process that has just ended: reading what is left of one is ESRCH. */
  private static List<String> lines(Path file) throws IOException {
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      if (String.valueOf(e.getMessage()).contains("No such process")) {
        return List.of();
      }
      throw e;
    }
  }
}
