package org.posixipc.jmh;

import java.io.IOException;
import org.posixipc.Listener;
import org.posixipc.Pipe;
import org.posixipc.Socket;
import org.posixipc.SocketAddress;
import org.posixipc.SocketPair;

/** Connections of this library's. */
final class PosixEnds {
  private PosixEnds() {}

  static Ends pipe(int capacity) throws IOException {
    Pipe pipe = capacity == 0 ? Pipe.open() : Pipe.open(capacity);
    return new Ends(pipe.readEnd(), pipe.writeEnd());
  }

  static Ends socketPair() throws IOException {
    SocketPair pair = SocketPair.open();
    return new Ends(pair.first(), pair.second());
  }

  static Ends unix() throws IOException {
    try (UnixPath unix = UnixPath.create()) {
      return connect(SocketAddress.unix(unix.path()));
    }
  }

  static Ends tcp() throws IOException {
    return connect(SocketAddress.inet("127.0.0.1", 0));
  }

  private static Ends connect(SocketAddress address) throws IOException {
    try (Listener listener = Listener.bind(address, 1)) {
      Socket writer = Socket.connect(listener.localAddress());
      return new Ends(listener.accept(), writer);
    }
  }
}
