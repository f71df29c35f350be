package org.posixipc.jmh;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import jnr.unixsocket.UnixServerSocketChannel;
import jnr.unixsocket.UnixSocketAddress;
import jnr.unixsocket.UnixSocketChannel;
import org.newsclub.net.unix.AFUNIXServerSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.posixipc.Listener;
import org.posixipc.Socket;
import org.posixipc.SocketAddress;

/**
 * How many connections a second can be made, accepted and closed at both ends, by one thread on one
 * listener? In other words, what does it cost to set a connection up, over Unix and over TCP?
 *
 * <p>No call waits: a connection is in the listener's queue before {@code accept} asks for it. The
 * accepted end closes first: of TCP it is the one that has to wait for what is still on its way,
 * and the client's port is free again. The C program {@code connection_rate.c} does the same five
 * calls in the same order.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class ConnectionRate {
  static final int BACKLOG = 1;

  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  /**
   * A listener at a path of its own.
   *
   * @param <L> the listener
   * @param <A> its address
   */
  public abstract static class AtPath<L extends Closeable, A> {
    L listener;
    A address;
    private UnixPath unix;

    abstract A address(Path path) throws IOException;

    abstract L listen(A at) throws IOException;

    /** Listens, and keeps the thread on its CPU. */
    @Setup
    public void open() throws IOException {
      Cpus.pin(Cpus.ofThisJvm().reader());
      unix = UnixPath.create();
      address = address(unix.path());
      listener = listen(address);
    }

    /** Closes it and deletes the path. */
    @TearDown
    public void close() throws IOException {
      listener.close();
      unix.close();
    }
  }

  /**
   * A listener at a port that the kernel chooses.
   *
   * @param <L> the listener
   * @param <A> its address
   */
  public abstract static class AtPort<L extends Closeable, A> {
    L listener;
    A address;

    abstract L listen(InetAddress host) throws IOException;

    abstract A addressOf(L listening) throws IOException;

    /** Listens, and keeps the thread on its CPU. */
    @Setup
    public void open() throws IOException {
      Cpus.pin(Cpus.ofThisJvm().reader());
      listener = listen(InetAddress.getByAddress(LOOPBACK));
      address = addressOf(listener);
    }

    /** Closes it. */
    @TearDown
    public void close() throws IOException {
      listener.close();
    }
  }

  /** A listener of this library's. */
  @State(Scope.Thread)
  public static class OurListener extends AtPath<Listener, SocketAddress> {
    @Override
    SocketAddress address(Path path) {
      return SocketAddress.unix(path);
    }

    @Override
    Listener listen(SocketAddress at) throws IOException {
      return Listener.bind(at, BACKLOG);
    }
  }

  /** A listener of this library's. */
  @State(Scope.Thread)
  public static class OurTcpListener extends AtPort<Listener, SocketAddress> {
    @Override
    Listener listen(InetAddress host) throws IOException {
      return Listener.bind(SocketAddress.of(new InetSocketAddress(host, 0)), BACKLOG);
    }

    @Override
    SocketAddress addressOf(Listener listening) {
      return listening.localAddress();
    }
  }

  /** A listener of java.nio's. */
  @State(Scope.Thread)
  public static class JdkListener extends AtPath<ServerSocketChannel, UnixDomainSocketAddress> {
    @Override
    UnixDomainSocketAddress address(Path path) {
      return UnixDomainSocketAddress.of(path);
    }

    @Override
    ServerSocketChannel listen(UnixDomainSocketAddress at) throws IOException {
      return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(at, BACKLOG);
    }
  }

  /** A listener of java.nio's. */
  @State(Scope.Thread)
  public static class JdkTcpListener extends AtPort<ServerSocketChannel, java.net.SocketAddress> {
    @Override
    ServerSocketChannel listen(InetAddress host) throws IOException {
      return ServerSocketChannel.open().bind(new InetSocketAddress(host, 0), BACKLOG);
    }

    @Override
    java.net.SocketAddress addressOf(ServerSocketChannel listening) throws IOException {
      return listening.getLocalAddress();
    }
  }

  /** A listener of jnr-unixsocket's. */
  @State(Scope.Thread)
  public static class JnrListener extends AtPath<UnixServerSocketChannel, UnixSocketAddress> {
    @Override
    UnixSocketAddress address(Path path) {
      return new UnixSocketAddress(path.toString());
    }

    @Override
    UnixServerSocketChannel listen(UnixSocketAddress at) throws IOException {
      UnixServerSocketChannel listener = UnixServerSocketChannel.open();
      listener.socket().bind(at, BACKLOG);
      return listener;
    }
  }

  /** A listener of junixsocket's. */
  @State(Scope.Thread)
  public static class JunixListener extends AtPath<AFUNIXServerSocketChannel, AFUNIXSocketAddress> {
    @Override
    AFUNIXSocketAddress address(Path path) throws IOException {
      return AFUNIXSocketAddress.of(path);
    }

    @Override
    AFUNIXServerSocketChannel listen(AFUNIXSocketAddress at) throws IOException {
      AFUNIXServerSocketChannel listener = AFUNIXServerSocketChannel.open();
      listener.bind(at, BACKLOG);
      return listener;
    }
  }

  /** The typed API. */
  @Benchmark
  public void listener(OurListener state) throws IOException {
    connect(state.listener, state.address);
  }

  /** The typed API. */
  @Benchmark
  public void listenerTcp(OurTcpListener state) throws IOException {
    connect(state.listener, state.address);
  }

  private static void connect(Listener listener, SocketAddress address) throws IOException {
    Socket client = Socket.connect(address);
    Socket accepted = listener.accept();
    accepted.close();
    client.close();
  }

  /** The JDK's own. */
  @Benchmark
  public void javaNioServerSocketChannel(JdkListener state) throws IOException {
    connect(state.listener, state.address);
  }

  /** The JDK's own. */
  @Benchmark
  public void javaNioServerSocketChannelTcp(JdkTcpListener state) throws IOException {
    connect(state.listener, state.address);
  }

  private static void connect(ServerSocketChannel listener, java.net.SocketAddress address)
      throws IOException {
    SocketChannel client = SocketChannel.open(address);
    SocketChannel accepted = listener.accept();
    accepted.close();
    client.close();
  }

  /** jnr-unixsocket's. */
  @Benchmark
  public void jnrUnixSocket(JnrListener state) throws IOException {
    UnixSocketChannel client = UnixSocketChannel.open(state.address);
    UnixSocketChannel accepted = state.listener.accept();
    accepted.close();
    client.close();
  }

  /** junixsocket's. */
  @Benchmark
  public void junixSocket(JunixListener state) throws IOException {
    AFUNIXSocketChannel client = AFUNIXSocketChannel.open(state.address);
    AFUNIXSocketChannel accepted = state.listener.accept();
    accepted.close();
    client.close();
  }
}
