package org.posixipc.jmh;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.posixipc.AddressFamily;
import org.posixipc.Fifo;
import org.posixipc.FileDescriptor;
import org.posixipc.Listener;
import org.posixipc.OpenFlag;
import org.posixipc.Pipe;
import org.posixipc.Socket;
import org.posixipc.SocketAddress;
import org.posixipc.SocketOption;
import org.posixipc.SocketPair;
import org.posixipc.SocketType;

/** Connections of this library's. */
final class PosixEnds implements Ends {
  static final SharedFile.Opener FILES =
      new SharedFile.Opener() {
        @Override
        public ByteChannel toRead(Path path) throws IOException {
          return FileDescriptor.open(path, OpenFlag.READ_ONLY);
        }

        @Override
        public ByteChannel toWrite(Path path) throws IOException {
          return FileDescriptor.open(
              path, OpenFlag.WRITE_ONLY, OpenFlag.CREATE, OpenFlag.EXCLUSIVE);
        }
      };

  @Override
  public Set<Transport> transports(Between between) {
    return EnumSet.allOf(Transport.class);
  }

  @Override
  public Connection open(Transport transport, Between between, Settings settings)
      throws IOException {
    return switch (transport) {
      case PIPE -> Connection.of(pipe(settings.capacity()), pipe(settings.capacity()));
      case PIPE_1M -> Connection.of(pipe(Transport.LARGE_PIPE), pipe(Transport.LARGE_PIPE));
      case FIFO -> Connection.of(fifo(), fifo());
      case SOCKETPAIR -> pair(SocketType.STREAM, settings);
      case DGRAM -> pair(SocketType.DGRAM, settings);
      case SEQPACKET -> pair(SocketType.SEQPACKET, settings);
      case UNIX -> unix(settings);
      case TCP -> accepted(SocketAddress.inet("127.0.0.1", 0), settings);
      case TCP6 -> accepted(SocketAddress.inet("::1", 0), settings);
      case FILE, FILE_TMPFS -> SharedFile.connect(transport.parent(), FILES);
    };
  }

  /** A socket's side, with what is to be set of it. */
  static End end(Socket socket, Settings settings) throws IOException {
    if (settings.sndbuf() > 0) {
      socket.set(SocketOption.SO_SNDBUF, settings.sndbuf());
    }
    if (settings.rcvbuf() > 0) {
      socket.set(SocketOption.SO_RCVBUF, settings.rcvbuf());
    }
    if (settings.nodelay() && socket.family() != AddressFamily.UNIX) {
      socket.set(SocketOption.TCP_NODELAY, true);
    }
    return socket.type() == SocketType.DGRAM
        ? new End(socket, socket, () -> socket.send(ByteBuffer.allocateDirect(0)))
        : new End(socket, socket);
  }

  /** What any of this library's channels stands on. */
  static FileDescriptor descriptor(Object channel) {
    return channel instanceof Socket socket ? socket.descriptor() : (FileDescriptor) channel;
  }

  private static OneWay pipe(int capacity) throws IOException {
    Pipe pipe = capacity == 0 ? Pipe.open() : Pipe.open(capacity);
    return new OneWay(pipe.readEnd(), pipe.writeEnd());
  }

  /** Whoever opens one end waits for the other; a third that has both lets them go on. */
  private static OneWay fifo() throws IOException {
    try (UnixPath place = UnixPath.create()) {
      Fifo fifo = Fifo.create(place.path());
      FileDescriptor both = FileDescriptor.open(fifo.path(), OpenFlag.READ_WRITE);
      try {
        FileDescriptor reader = fifo.openReader();
        return new OneWay(reader, fifo.openWriter());
      } finally {
        both.close();
      }
    }
  }

  private static Connection pair(SocketType type, Settings settings) throws IOException {
    SocketPair pair = SocketPair.open(type);
    return new Connection(end(pair.first(), settings), end(pair.second(), settings));
  }

  private static Connection unix(Settings settings) throws IOException {
    try (UnixPath unix = UnixPath.create()) {
      return accepted(SocketAddress.unix(unix.path()), settings);
    }
  }

  private static Connection accepted(SocketAddress address, Settings settings) throws IOException {
    try (Listener listener = Listener.bind(address, 1)) {
      Socket far = Socket.connect(listener.localAddress());
      return new Connection(end(listener.accept(), settings), end(far, settings));
    }
  }
}
