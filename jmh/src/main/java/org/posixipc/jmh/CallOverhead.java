package org.posixipc.jmh;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.posixipc.Pipe;
import org.posixipc.libc.LibC;
import org.posixipc.libc.Native;

/**
 * One byte through a pipe and back, in one thread: what does a call cost when the kernel has almost
 * nothing to do?
 *
 * <p>The pipe never blocks here, so this is the price of crossing into the kernel twice plus what
 * the binding adds. The C program {@code call_overhead.c} does the same two calls in the same loop.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CallOverhead {
  /** A pipe of this library's, on the thread that uses it. */
  @State(Scope.Thread)
  public static class OurPipe extends OneByte<Pipe> {
    @Override
    Pipe connect() throws IOException {
      return Pipe.open();
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

    @Override
    Pipe connect() throws IOException {
      Pipe pipe = super.connect();
      readNumber = pipe.readEnd().number();
      writeNumber = pipe.writeEnd().number();
      return pipe;
    }
  }

  /** A pipe of java.nio's. */
  @State(Scope.Thread)
  public static class JdkPipe extends OneByte<Connection> {
    @Override
    Connection connect() throws IOException {
      return Library.JAVA_NIO.ends().open(Transport.PIPE, Between.THREADS, Settings.NONE);
    }
  }

  /** The typed API: the buffer's memory goes to the kernel as it is. */
  @Benchmark
  public void fileDescriptorDirect(OurPipe state) throws IOException {
    OneByte.thereAndBack(state.connection.writeEnd(), state.connection.readEnd(), state.direct);
  }

  /** The typed API: the byte goes by way of the thread's own memory. */
  @Benchmark
  public void fileDescriptorHeap(OurPipe state) throws IOException {
    OneByte.thereAndBack(state.connection.writeEnd(), state.connection.readEnd(), state.heap);
  }

  /** The raw calls: no owner, no buffer, no check but the count's. */
  @Benchmark
  public void libC(RawPipe state) throws IOException {
    try {
      OneByte.checkCount(state.libc.write(state.writeNumber, state.address, 1), 1);
      OneByte.checkCount(state.libc.read(state.readNumber, state.address, 1), 1);
    } finally {
      Reference.reachabilityFence(state.buffer);
    }
  }

  /** The same through the JDK's foreign functions, where they are. */
  @Benchmark
  public void ffm(RawPipe state) throws IOException {
    try {
      OneByte.checkCount(Ffm.write(state.writeNumber, state.address, 1), 1);
      OneByte.checkCount(Ffm.read(state.readNumber, state.address, 1), 1);
    } finally {
      Reference.reachabilityFence(state.buffer);
    }
  }

  /** jnr-posix's calls, which take the buffer itself. */
  @Benchmark
  public void jnrPosix(RawPipe state) throws IOException {
    OneByte.checkCount(state.posix.write(state.writeNumber, state.buffer, 1), 1);
    OneByte.checkCount(state.posix.read(state.readNumber, state.buffer, 1), 1);
  }

  /** The JDK's own pipe. */
  @Benchmark
  public void javaNioPipe(JdkPipe state) throws IOException {
    OneByte.thereAndBack(state.connection.far().out(), state.connection.near().in(), state.direct);
  }
}
