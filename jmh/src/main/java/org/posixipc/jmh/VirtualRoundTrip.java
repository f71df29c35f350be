package org.posixipc.jmh;

import java.io.EOFException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How many round trips a second do virtual threads make over Unix connections, when another virtual
 * thread at the other end gives each byte back?
 *
 * <p>JMH's own threads are virtual here too: {@code -Djmh.executor=VIRTUAL}, which needs JDK 21 or
 * later. Each has a connection of its own, so with one thread it is ping-pong, with thousands the
 * echo of as many connections. Every read has to wait, as a rule.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class VirtualRoundTrip {
  /** Whose connections. */
  @Param({"POSIX_IPC", "JAVA_NIO"})
  public Library library = Library.POSIX_IPC;

  private Connection connection;
  private Thread echo;
  private final ByteBuffer message = ByteBuffer.allocateDirect(1);

  /** Connects, and starts who gives everything back. */
  @Setup
  public void connect() throws IOException {
    connection = library.ends().open(Transport.UNIX, Between.THREADS, Settings.NONE);
    End far = connection.far();
    echo = startVirtual(() -> giveBack(far));
  }

  /** A byte there and back. */
  @Benchmark
  public void roundTrip() throws IOException {
    End near = connection.near();
    near.out().write(message.clear());
    if (near.in().read(message.clear()) != 1) {
      throw new EOFException("the echo has ended");
    }
  }

  /** The end of file ends the echo. */
  @TearDown
  public void close() throws IOException, InterruptedException {
    try (Connection both = connection) {
      both.near().close();
      echo.join();
    }
  }

  private static void giveBack(End end) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(1);
    try {
      while (end.in().read(buffer.clear()) >= 0) {
        end.out().write(buffer.flip());
      }
    } catch (IOException e) {
      throw new IllegalStateException("the echo failed", e);
    }
  }

  /** {@code Thread.startVirtualThread}, for a class that is compiled for 17. */
  private static Thread startVirtual(Runnable work) {
    try {
      return (Thread)
          Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, work);
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      throw new UnsupportedOperationException("virtual threads need JDK 21 or later", e);
    }
  }
}
