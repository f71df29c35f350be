package org.posixipc.jmh;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.posixipc.FileDescriptor;
import org.posixipc.OpenFlag;

/**
 * What does it cost to close a descriptor that nobody waits for?
 *
 * <p>Many are opened before each invocation, and closing them all is what is timed: JMH reads the
 * clock twice for an invocation, which is nothing beside so many calls. The C program {@code
 * close_cost.c} does the same.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(CloseCost.BATCH)
public class CloseCost {
  static final int BATCH = 256;

  private static final Path NULL = Path.of("/dev/null");

  /**
   * Descriptors that are open.
   *
   * @param <D> what they are
   */
  public abstract static class Batch<D> {
    final List<D> descriptors = new ArrayList<>(BATCH);

    abstract D open() throws IOException;

    /** Keeps the thread on its CPU. */
    @Setup
    public void pin() throws IOException {
      Cpus.pin(Cpus.ofThisJvm().reader());
    }

    /** Opens as many as an invocation closes. */
    @Setup(Level.Invocation)
    public void fill() throws IOException {
      descriptors.clear();
      while (descriptors.size() < BATCH) {
        descriptors.add(open());
      }
    }
  }

  /** This library's. */
  @State(Scope.Thread)
  public static class Ours extends Batch<FileDescriptor> {
    @Override
    FileDescriptor open() throws IOException {
      return FileDescriptor.open(NULL, OpenFlag.READ_ONLY);
    }
  }

  /** Numbers that jnr-posix opened. */
  @State(Scope.Thread)
  public static class Numbers extends Batch<Integer> {
    private static final int O_RDONLY = 0;

    private final POSIX posix = POSIXFactory.getNativePOSIX();

    @Override
    Integer open() throws IOException {
      int number = posix.open(NULL.toString(), O_RDONLY, 0);
      if (number < 0) {
        throw new IOException("open(" + NULL + ") failed with errno " + posix.errno());
      }
      return number;
    }
  }

  /** java.nio's. */
  @State(Scope.Thread)
  public static class Channels extends Batch<FileChannel> {
    @Override
    FileChannel open() throws IOException {
      return FileChannel.open(NULL, StandardOpenOption.READ);
    }
  }

  /** This library's. */
  @Benchmark
  public void fileDescriptor(Ours state) throws IOException {
    for (FileDescriptor descriptor : state.descriptors) {
      descriptor.close();
    }
  }

  /** jnr-posix's call. */
  @Benchmark
  public void jnrPosix(Numbers state) throws IOException {
    for (int number : state.descriptors) {
      OneByte.checkCount(state.posix.close(number), 0);
    }
  }

  /** The JDK's own. */
  @Benchmark
  public void javaNioFileChannel(Channels state) throws IOException {
    for (FileChannel channel : state.descriptors) {
      channel.close();
    }
  }
}
