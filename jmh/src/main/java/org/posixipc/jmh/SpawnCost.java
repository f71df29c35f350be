package org.posixipc.jmh;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.posixipc.ExitStatus;
import org.posixipc.Spawn;

/**
 * What does it cost to start a child that does nothing, and to wait for its end?
 *
 * <p>The child is a static C program: what is left is the system's work and ours. The C program
 * {@code spawn_cost.c} starts the same child.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SpawnCost {
  private final String program = Children.nothing();
  private final Spawn spawn = Spawn.command(program);
  private final POSIX posix = POSIXFactory.getNativePOSIX();
  private final List<String> environment =
      System.getenv().entrySet().stream().map(it -> it.getKey() + "=" + it.getValue()).toList();
  private final int[] status = new int[1];

  /** Keeps the thread on its CPU, and its children with it. */
  @Setup
  public void pin() throws IOException {
    Cpus.pin(Cpus.ofThisJvm().reader());
  }

  /** This library's. */
  @Benchmark
  public void spawn() throws IOException {
    ExitStatus status = spawn.start().waitFor();
    status.orThrow();
  }

  /**
   * jnr-posix's calls. A child of them has all descriptors of this JVM that aren't close-on-exec,
   * and this thread's signal mask.
   */
  @Benchmark
  public void jnrPosix() throws IOException {
    long pid = posix.posix_spawnp(program, List.of(), List.of(program), environment);
    OneByte.checkCount(posix.waitpid(pid, status, 0), (int) pid);
    if (status[0] != 0) {
      throw new IOException(program + " ended with " + status[0]);
    }
  }

  /** The JDK's own. */
  @Benchmark
  public void javaLangProcessBuilder() throws IOException, InterruptedException {
    int status = new ProcessBuilder(program).inheritIO().start().waitFor();
    if (status != 0) {
      throw new IOException(program + " exited with " + status);
    }
  }
}
