package org.posixipc.jmh;

import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.posixipc.FileDescriptor;
import org.posixipc.Message;
import org.posixipc.OpenFlag;
import org.posixipc.SocketPair;

/**
 * What does it cost to pass a descriptor: to send it with a byte, to receive both, and to close
 * what came?
 *
 * <p>All in one thread, so nobody is woken. The C program {@code descriptor_passing.c} does the
 * same calls.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DescriptorPassing {
  private static final String NULL = "/dev/null";

  /**
   * A connection and what goes through it.
   *
   * @param <C> the connection
   * @param <D> what is passed
   */
  public abstract static class Place<C extends Closeable, D extends Closeable> {
    final ByteBuffer buffer = ByteBuffer.allocateDirect(1);
    C connection;
    D passed;

    abstract C connect() throws IOException;

    abstract D open() throws IOException;

    /** Opens both, and keeps the thread on its CPU. */
    @Setup
    public void start() throws IOException {
      Cpus.pin(Cpus.ofThisJvm().reader());
      connection = connect();
      passed = open();
    }

    /** Closes both. */
    @TearDown
    public void end() throws IOException {
      passed.close();
      connection.close();
    }
  }

  /** This library's. */
  @State(Scope.Thread)
  public static class Ours extends Place<SocketPair, FileDescriptor> {
    @Override
    SocketPair connect() throws IOException {
      return SocketPair.open();
    }

    @Override
    FileDescriptor open() throws IOException {
      return FileDescriptor.open(Path.of(NULL), OpenFlag.READ_ONLY);
    }
  }

  /** junixsocket's. */
  @State(Scope.Thread)
  public static class Junix extends Place<Connection, FileInputStream> {
    private static final int CONTROL_BYTES = 64;

    @Override
    Connection connect() throws IOException {
      Connection both =
          Library.JUNIXSOCKET.ends().open(Transport.UNIX, Between.THREADS, Settings.NONE);
      receiver(both).setAncillaryReceiveBufferSize(CONTROL_BYTES);
      return both;
    }

    private static AFUNIXSocketChannel receiver(Connection connection) {
      return (AFUNIXSocketChannel) connection.near().in();
    }

    @Override
    FileInputStream open() throws IOException {
      return new FileInputStream(NULL);
    }
  }

  /** The typed API. */
  @Benchmark
  public void sendReceive(Ours state) throws IOException {
    OneByte.checkCount(state.connection.second().send(state.buffer.clear(), state.passed), 1);
    try (Message message = state.connection.first().receive(state.buffer.clear(), 1)) {
      OneByte.checkCount(message.descriptorCount(), 1);
      message.takeDescriptor().close();
    }
  }

  /** junixsocket's channels. */
  @Benchmark
  public void junixSocket(Junix state) throws IOException {
    AFUNIXSocketChannel sender = (AFUNIXSocketChannel) state.connection.far().out();
    AFUNIXSocketChannel receiver = Junix.receiver(state.connection);
    sender.setOutboundFileDescriptors(state.passed.getFD());
    OneByte.checkCount(sender.write(state.buffer.clear()), 1);
    OneByte.checkCount(receiver.read(state.buffer.clear()), 1);
    java.io.FileDescriptor[] received = receiver.getReceivedFileDescriptors();
    OneByte.checkCount(received.length, 1);
    new FileInputStream(received[0]).close();
  }
}
