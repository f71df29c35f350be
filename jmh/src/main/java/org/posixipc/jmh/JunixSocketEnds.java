package org.posixipc.jmh;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.util.EnumSet;
import java.util.Set;
import org.newsclub.net.unix.AFUNIXServerSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.posixipc.Socket;
import org.posixipc.SocketAddress;

/** Connections of junixsocket's; {@link Library#lack} says why it has no others. */
final class JunixSocketEnds implements Ends {
  @Override
  public Set<Transport> transports(Between between) {
    return EnumSet.of(Transport.UNIX);
  }

  @Override
  public Connection open(Transport transport, Between between, Settings settings)
      throws IOException {
    try (UnixPath unix = UnixPath.create();
        AFUNIXServerSocketChannel listener = AFUNIXServerSocketChannel.open()) {
      AFUNIXSocketAddress address = AFUNIXSocketAddress.of(unix.path());
      listener.bind(address, 1);
      End far =
          between == Between.PROCESSES
              ? PosixEnds.end(Socket.connect(SocketAddress.unix(unix.path())), settings)
              : end(AFUNIXSocketChannel.open(address), settings);
      return new Connection(end(listener.accept(), settings), far);
    }
  }

  private static End end(AFUNIXSocketChannel socket, Settings settings) throws IOException {
    if (settings.sndbuf() > 0) {
      socket.setOption(StandardSocketOptions.SO_SNDBUF, settings.sndbuf());
    }
    if (settings.rcvbuf() > 0) {
      socket.setOption(StandardSocketOptions.SO_RCVBUF, settings.rcvbuf());
    }
    return new End(socket, socket);
  }
}
