package org.posixipc.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where the writing and the reading thread run. */
enum Placement {
  /** Both on one CPU: a message costs a switch between threads, and stays in the cache. */
  SAME_CORE,
  /** Each on its own: both work at once, and wake each other across CPUs. */
  TWO_CORES,
  /** As the kernel likes. */
  FREE;

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String ALLOWED = "Cpus_allowed_list:";

  /** Two cores if that can be had here, and otherwise free. */
  static Placement byDefault() throws IOException {
    return available() && allowed().size() > 1 ? TWO_CORES : FREE;
  }

  /**
   * The CPUs for it.
   *
   * @throws IOException if this system, or its number of CPUs, doesn't let us choose
   */
  Cpus cpus() throws IOException {
    if (this == FREE) {
      return Cpus.FREE;
    }
    if (!available()) {
      throw new IOException("placement " + this + " needs Linux");
    }
    List<Integer> allowed = allowed();
    int second = this == SAME_CORE ? 0 : 1;
    if (allowed.size() <= second) {
      throw new IOException("placement " + this + " needs two CPUs; this process may use one");
    }
    return new Cpus(allowed.get(0), allowed.get(second));
  }

  /** The numbers in a list such as {@code 0-3,8}. */
  static List<Integer> numbers(String list) {
    List<Integer> numbers = new ArrayList<>();
    for (String range : list.strip().split(",", -1)) {
      String[] ends = range.split("-", 2);
      int last = Integer.parseInt(ends[ends.length - 1]);
      for (int i = Integer.parseInt(ends[0]); i <= last; i++) {
        numbers.add(i);
      }
    }
    return numbers;
  }

  /** As the option has it: {@code two-cores}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static List<Integer> allowed() throws IOException {
    for (String line : Files.readAllLines(STATUS)) {
      if (line.startsWith(ALLOWED)) {
        return numbers(line.substring(ALLOWED.length()));
      }
    }
    throw new IOException(STATUS + " doesn't say which CPUs this process may use");
  }

  private static boolean available() {
    return Files.exists(STATUS);
  }
}
