package org.posixipc.jmh;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Connections of java.nio's. */
final class JdkEnds {
  private JdkEnds() {}

  static Ends pipe() throws IOException {
    Pipe pipe = Pipe.open();
    return new Ends(pipe.source(), pipe.sink());
  }

  static Ends unix() throws IOException {
    try (UnixPath unix = UnixPath.create();
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      return connect(listener, UnixDomainSocketAddress.of(unix.path()));
    }
  }

  static Ends tcp() throws IOException {
    try (ServerSocketChannel listener = ServerSocketChannel.open()) {
      return connect(listener, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }
  }

  private static Ends connect(ServerSocketChannel listener, SocketAddress address)
      throws IOException {
    listener.bind(address, 1);
    SocketChannel writer = SocketChannel.open(listener.getLocalAddress());
    return new Ends(listener.accept(), writer);
  }
}
