package org.posixipc.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The CPUs that the writing and the reading thread stay on; {@link #ANY} leaves them to the kernel.
 *
 * <p>A fork is told by a system property. The JVM's other threads, its compilers above all, stay
 * free: they would be measured otherwise.
 */
record Cpus(int writer, int reader) {
  static final int ANY = -1;
  static final Cpus FREE = new Cpus(ANY, ANY);

  private static final String PROPERTY = "posixipc.cpus";

  /** What this JVM was told. */
  static Cpus ofThisJvm() {
    String[] numbers = System.getProperty(PROPERTY, ANY + "," + ANY).split(",", 2);
    return new Cpus(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
  }

  /** For people, behind the name of a placement; empty if the kernel chooses. */
  @Override
  public String toString() {
    return equals(FREE) ? "" : ": writer on CPU " + writer + ", reader on CPU " + reader;
  }

  /** What a fork is to be told. */
  String jvmOption() {
    return "-D" + PROPERTY + "=" + writer + "," + reader;
  }

  /** Keeps the calling thread on {@code cpu} from now on, by taskset(1): Linux alone. */
  static void pin(int cpu) throws IOException {
    if (cpu == ANY) {
      return;
    }
    Path thread = Files.readSymbolicLink(Path.of("/proc/thread-self")).getFileName();
    Process taskset =
        new ProcessBuilder("taskset", "-pc", Integer.toString(cpu), thread.toString())
            .redirectErrorStream(true)
            .start();
    String answer = new String(taskset.getInputStream().readAllBytes(), UTF_8);
    if (!exitedWell(taskset)) {
      throw new IOException("taskset can't keep a thread on CPU " + cpu + ": " + answer);
    }
  }

  private static boolean exitedWell(Process process) throws IOException {
    try {
      return process.waitFor() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while taskset ran", e);
    }
  }
}
