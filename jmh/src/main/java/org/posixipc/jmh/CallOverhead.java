package org.posixipc.jmh;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
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
import org.openjdk.jmh.annotations.TearDown;
import org.posixipc.Pipe;
import org.posixipc.libc.LibC;
import org.posixipc.libc.Native;

/**
 * One byte through a pipe and back, in one thread: what does a call cost when the kernel has almost
 * nothing to do?
 *
 * <p>The pipe never blocks here, so this is the price of crossing into the kernel twice plus what
 * the binding adds. The C program {@code call_overhead.c} does the same two calls in the same loop.
 * Each count is checked, as a program would: a call that failed at once would look fast.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CallOverhead {
  /** A pipe of this library's, on the thread that uses it. */
  @State(Scope.Thread)
  public static class OurPipe {
    private Pipe pipe;
    private final ByteBuffer direct = ByteBuffer.allocateDirect(1);
    private final ByteBuffer heap = ByteBuffer.allocate(1);

    /** Opens it, and keeps the thread on its CPU. */
    @Setup
    public void open() throws IOException {
      Cpus.pin(Cpus.ofThisJvm().reader());
      pipe = Pipe.open();
    }

    /** Closes it. */
    @TearDown
    public void close() throws IOException {
      pipe.close();
    }
  }

  /** The same pipe by its numbers, with the address of a buffer. */
  @State(Scope.Thread)
  public static class RawPipe extends OurPipe {
    private final LibC libc = Native.libc();
    private final POSIX posix = POSIXFactory.getNativePOSIX();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1);
    private final long address = Native.address(buffer);
    private int readNumber;
    private int writeNumber;

    /** Opens it and takes the numbers. */
    @Setup
    public void takeNumbers() {
      readNumber = super.pipe.readEnd().number();
      writeNumber = super.pipe.writeEnd().number();
    }
  }

  /** A pipe of java.nio's. */
  @State(Scope.Thread)
  public static class JdkPipe {
    private Ends ends;
    private final ByteBuffer direct = ByteBuffer.allocateDirect(1);

    /** Opens it, and keeps the thread on its CPU. */
    @Setup
    public void open() throws IOException {
      Cpus.pin(Cpus.ofThisJvm().reader());
      ends = JdkEnds.pipe();
    }

    /** Closes it. */
    @TearDown
    public void close() throws IOException {
      ends.close();
    }
  }

  /** The typed API: the buffer's memory goes to the kernel as it is. */
  @Benchmark
  public void fileDescriptorDirect(OurPipe state) throws IOException {
    thereAndBack(state.pipe.writeEnd(), state.pipe.readEnd(), state.direct);
  }

  /** The typed API: the byte goes by way of the thread's own memory. */
  @Benchmark
  public void fileDescriptorHeap(OurPipe state) throws IOException {
    thereAndBack(state.pipe.writeEnd(), state.pipe.readEnd(), state.heap);
  }

  /** The raw calls: no owner, no buffer, no check but the count's. */
  @Benchmark
  public void libC(RawPipe state) throws IOException {
    try {
      checkCount(state.libc.write(state.writeNumber, state.address, 1));
      checkCount(state.libc.read(state.readNumber, state.address, 1));
    } finally {
      Reference.reachabilityFence(state.buffer);
    }
  }

  /** jnr-posix's calls, which take the buffer itself. */
  @Benchmark
  public void jnrPosix(RawPipe state) throws IOException {
    checkCount(state.posix.write(state.writeNumber, state.buffer, 1));
    checkCount(state.posix.read(state.readNumber, state.buffer, 1));
  }

  /** The JDK's own pipe. */
  @Benchmark
  public void javaNioPipe(JdkPipe state) throws IOException {
    thereAndBack(state.ends.writer(), state.ends.reader(), state.direct);
  }

  private static void thereAndBack(
      WritableByteChannel writer, ReadableByteChannel reader, ByteBuffer buffer)
      throws IOException {
    buffer.clear();
    checkCount(writer.write(buffer));
    buffer.clear();
    checkCount(reader.read(buffer));
  }

  private static void checkCount(long count) throws IOException {
    if (count != 1) {
      throw new IOException("the call's count is " + count + ", not 1");
    }
  }
}
