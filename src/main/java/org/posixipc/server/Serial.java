package org.posixipc.server;

import java.io.IOException;
import org.posixipc.Listener;
import org.posixipc.Socket;

/** One connection after the other, on the accepting thread. */
final class Serial extends Acceptor {
  private final ConnectionHandler handler;

  Serial(Listener listener, Connections connections, ConnectionHandler handler) throws IOException {
    super(listener, connections);
    this.handler = handler;
  }

  @Override
  void receive(Socket socket) {
    connections.serve(handler, socket);
  }
}
