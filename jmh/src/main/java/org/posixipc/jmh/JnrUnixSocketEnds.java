package org.posixipc.jmh;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import jnr.unixsocket.UnixServerSocketChannel;
import jnr.unixsocket.UnixSocketAddress;
import jnr.unixsocket.UnixSocketChannel;
import jnr.unixsocket.UnixSocketOptions;
import org.posixipc.Socket;
import org.posixipc.SocketAddress;

/** Connections of jnr-unixsocket's. Its pair can't be given to a child. */
final class JnrUnixSocketEnds implements Ends {
  @Override
  public Set<Transport> transports(Between between) {
    return between == Between.THREADS
        ? EnumSet.of(Transport.UNIX, Transport.SOCKETPAIR)
        : EnumSet.of(Transport.UNIX);
  }

  @Override
  public Connection open(Transport transport, Between between, Settings settings)
      throws IOException {
    if (transport == Transport.SOCKETPAIR) {
      UnixSocketChannel[] pair = UnixSocketChannel.pair();
      return new Connection(end(pair[0], settings), end(pair[1], settings));
    }
    try (UnixPath unix = UnixPath.create();
        UnixServerSocketChannel listener = UnixServerSocketChannel.open()) {
      UnixSocketAddress address = new UnixSocketAddress(unix.path().toString());
      listener.socket().bind(address, 1);
      End far =
          between == Between.PROCESSES
              ? PosixEnds.end(Socket.connect(SocketAddress.unix(unix.path())), settings)
              : end(UnixSocketChannel.open(address), settings);
      return new Connection(end(listener.accept(), settings), far);
    }
  }

  private static End end(UnixSocketChannel socket, Settings settings) throws IOException {
    if (settings.sndbuf() > 0) {
      socket.setOption(UnixSocketOptions.SO_SNDBUF, settings.sndbuf());
    }
    if (settings.rcvbuf() > 0) {
      socket.setOption(UnixSocketOptions.SO_RCVBUF, settings.rcvbuf());
    }
    return new End(socket, socket);
  }
}
