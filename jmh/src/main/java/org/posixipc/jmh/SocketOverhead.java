package org.posixipc.jmh;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.posixipc.ReceiveFlag;
import org.posixipc.SendFlag;
import org.posixipc.SocketPair;

/**
 * One byte through a pair of Unix sockets and back, in one thread: what do the calls of sockets
 * cost when the kernel has little to do, and does any of them allocate?
 *
 * <p>It is {@link CallOverhead} once more, with the calls that a pipe doesn't have. The C program
 * {@code call_overhead.c} does the same two calls of each kind in the same loop. java.nio has no
 * socketpair, so there it is an accepted AF_UNIX connection.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SocketOverhead {
  /** A pair of this library's, on the thread that uses it. */
  @State(Scope.Thread)
  public static class OurPair extends OneByte<SocketPair> {
    /** One of each kind, for calls that take several: two bytes go then. */
    private final ByteBuffer[] both = {direct, heap};

    @Override
    SocketPair connect() throws IOException {
      return SocketPair.open();
    }
  }

  /** A connection of java.nio's. */
  @State(Scope.Thread)
  public static class JdkConnection extends OneByte<Connection> {
    @Override
    Connection connect() throws IOException {
      return Library.JAVA_NIO.ends().open(Transport.UNIX, Between.THREADS, Settings.NONE);
    }
  }

  /** {@code write(2)} and {@code read(2)}: the buffer's memory goes to the kernel as it is. */
  @Benchmark
  public void writeReadDirect(OurPair state) throws IOException {
    OneByte.thereAndBack(state.connection.second(), state.connection.first(), state.direct);
  }

  /** {@code write(2)} and {@code read(2)}, by way of the thread's own memory. */
  @Benchmark
  public void writeReadHeap(OurPair state) throws IOException {
    OneByte.thereAndBack(state.connection.second(), state.connection.first(), state.heap);
  }

  /** {@code writev(2)} and {@code readv(2)} of two buffers. */
  @Benchmark
  public void gatherScatter(OurPair state) throws IOException {
    state.direct.clear();
    state.heap.clear();
    OneByte.checkCount(state.connection.second().write(state.both), 2);
    state.direct.clear();
    state.heap.clear();
    OneByte.checkCount(state.connection.first().read(state.both), 2);
  }

  /** {@code send(2)} and {@code recv(2)}, without flags but MSG_NOSIGNAL. */
  @Benchmark
  public void sendReceiveDirect(OurPair state) throws IOException {
    sendReceive(state, state.direct);
  }

  /** {@code send(2)} and {@code recv(2)}, by way of the thread's own memory. */
  @Benchmark
  public void sendReceiveHeap(OurPair state) throws IOException {
    sendReceive(state, state.heap);
  }

  /** {@code send(2)} and {@code recv(2)} with a flag, which is an array for Java. */
  @Benchmark
  public void sendReceiveFlags(OurPair state) throws IOException {
    state.direct.clear();
    OneByte.checkCount(state.connection.second().send(state.direct, SendFlag.DONT_WAIT), 1);
    state.direct.clear();
    OneByte.checkCount(state.connection.first().receive(state.direct, ReceiveFlag.DONT_WAIT), 1);
  }

  /** The JDK's own connection. */
  @Benchmark
  public void javaNioSocketChannel(JdkConnection state) throws IOException {
    OneByte.thereAndBack(state.connection.far().out(), state.connection.near().in(), state.direct);
  }

  private static void sendReceive(OurPair state, ByteBuffer buffer) throws IOException {
    buffer.clear();
    OneByte.checkCount(state.connection.second().send(buffer), 1);
    buffer.clear();
    OneByte.checkCount(state.connection.first().receive(buffer), 1);
  }
}
