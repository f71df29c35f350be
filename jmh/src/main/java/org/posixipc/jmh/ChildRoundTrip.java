package org.posixipc.jmh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.posixipc.ChildProcess;
import org.posixipc.Spawn;

/**
 * How long is a byte's way to a child and back, by two pipes?
 *
 * <p>The child inherits the CPU of the thread that starts it, so that thread begins on the child's
 * and moves to its own. The C program {@code child_round_trip.c} does the same with the same child.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ChildRoundTrip {
  /** A child of this library's. */
  @State(Scope.Thread)
  public static class OurChild {
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1);
    private ChildProcess child;

    /** Starts it. */
    @Setup
    public void start() throws IOException {
      Cpus.pin(Cpus.ofThisJvm().writer());
      child = Spawn.command(Children.echo()).pipe(0).pipe(1).start();
      Cpus.pin(Cpus.ofThisJvm().reader());
    }

    /** Ends it. */
    @TearDown
    public void end() throws IOException {
      child.pipe(0).close();
      child.waitFor().orThrow();
      child.pipe(1).close();
    }
  }

  /** A child of the JDK's. */
  @State(Scope.Thread)
  public static class JdkChild {
    private Process child;
    private OutputStream to;
    private InputStream from;

    /** Starts it. */
    @Setup
    public void start() throws IOException {
      Cpus.pin(Cpus.ofThisJvm().writer());
      child = new ProcessBuilder(Children.echo()).start();
      to = child.getOutputStream();
      from = child.getInputStream();
      Cpus.pin(Cpus.ofThisJvm().reader());
    }

    /** Ends it. */
    @TearDown
    public void end() throws IOException, InterruptedException {
      to.close();
      child.waitFor();
      from.close();
    }
  }

  /** The typed API. */
  @Benchmark
  public void spawn(OurChild state) throws IOException {
    OneByte.thereAndBack(state.child.pipe(0), state.child.pipe(1), state.buffer);
  }

  /** The JDK's own. */
  @Benchmark
  public void javaLangProcess(JdkChild state) throws IOException {
    state.to.write(0);
    state.to.flush();
    if (state.from.read() < 0) {
      throw new IOException("the child ended");
    }
  }
}
