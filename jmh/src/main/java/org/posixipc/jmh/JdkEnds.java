package org.posixipc.jmh;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ByteChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.Set;
import org.posixipc.Fifo;
import org.posixipc.Socket;

/** Connections of java.nio's. Its Pipe can't be given to a child. */
final class JdkEnds implements Ends {
  private static final SharedFile.Opener FILES =
      new SharedFile.Opener() {
        @Override
        public ByteChannel toRead(Path path) throws IOException {
          return FileChannel.open(path, StandardOpenOption.READ);
        }

        @Override
        public ByteChannel toWrite(Path path) throws IOException {
          return FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        }
      };

  private static final byte[] IPV4 = {127, 0, 0, 1};
  private static final byte[] IPV6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

  private static final Set<Transport> NAMED =
      EnumSet.of(
          Transport.FIFO,
          Transport.UNIX,
          Transport.TCP,
          Transport.TCP6,
          Transport.FILE,
          Transport.FILE_TMPFS);

  @Override
  public Set<Transport> transports(Between between) {
    Set<Transport> transports = EnumSet.copyOf(NAMED);
    if (between == Between.THREADS) {
      transports.add(Transport.PIPE);
    }
    return transports;
  }

  @Override
  public Connection open(Transport transport, Between between, Settings settings)
      throws IOException {
    return switch (transport) {
      case PIPE -> Connection.of(pipe(), pipe());
      case FIFO -> fifos(between);
      case UNIX -> unix(between, settings);
      case TCP -> accepted(loopback(IPV4), between, settings);
      case TCP6 -> accepted(loopback(IPV6), between, settings);
      case FILE, FILE_TMPFS -> SharedFile.connect(transport.parent(), FILES);
      default -> throw new IOException("java.nio has no " + transport.title());
    };
  }

  private static SocketAddress loopback(byte[] address) throws IOException {
    return new InetSocketAddress(InetAddress.getByAddress(address), 0);
  }

  static OneWay pipe() throws IOException {
    Pipe pipe = Pipe.open();
    return new OneWay(pipe.source(), pipe.sink());
  }

  private static Connection fifos(Between between) throws IOException {
    boolean ours = between == Between.PROCESSES;
    return Connection.of(fifo(false, ours), fifo(ours, false));
  }

  /** Whoever opens one end waits for the other; a third that has both lets them go on. */
  private static OneWay fifo(boolean readerIsOurs, boolean writerIsOurs) throws IOException {
    try (UnixPath place = UnixPath.create()) {
      Path path = place.path();
      Fifo fifo = Fifo.create(path);
      FileChannel both = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
      try {
        ByteChannel reader =
            readerIsOurs ? fifo.openReader() : FileChannel.open(path, StandardOpenOption.READ);
        return new OneWay(
            reader,
            writerIsOurs ? fifo.openWriter() : FileChannel.open(path, StandardOpenOption.WRITE));
      } finally {
        both.close();
      }
    }
  }

  private static Connection unix(Between between, Settings settings) throws IOException {
    try (UnixPath unix = UnixPath.create();
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listener.bind(UnixDomainSocketAddress.of(unix.path()), 1);
      End far =
          between == Between.PROCESSES
              ? ours(org.posixipc.SocketAddress.unix(unix.path()), settings)
              : end(SocketChannel.open(listener.getLocalAddress()), settings);
      return new Connection(end(listener.accept(), settings), far);
    }
  }

  private static Connection accepted(SocketAddress address, Between between, Settings settings)
      throws IOException {
    try (ServerSocketChannel listener = ServerSocketChannel.open()) {
      listener.bind(address, 1);
      InetSocketAddress bound = (InetSocketAddress) listener.getLocalAddress();
      End far =
          between == Between.PROCESSES
              ? ours(org.posixipc.SocketAddress.of(bound), settings)
              : end(SocketChannel.open(bound), settings);
      return new Connection(end(listener.accept(), settings), far);
    }
  }

  private static End ours(org.posixipc.SocketAddress address, Settings settings)
      throws IOException {
    return PosixEnds.end(Socket.connect(address), settings);
  }

  /** A socket's side, with what is to be set of it. */
  private static End end(SocketChannel socket, Settings settings) throws IOException {
    if (settings.sndbuf() > 0) {
      socket.setOption(StandardSocketOptions.SO_SNDBUF, settings.sndbuf());
    }
    if (settings.rcvbuf() > 0) {
      socket.setOption(StandardSocketOptions.SO_RCVBUF, settings.rcvbuf());
    }
    if (settings.nodelay() && socket.getLocalAddress() instanceof InetSocketAddress) {
      socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }
    return new End(socket, socket);
  }
}
