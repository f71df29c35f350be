package org.posixipc.server;

import java.io.IOException;
import java.util.concurrent.ThreadFactory;
import org.posixipc.Listener;
import org.posixipc.Socket;

/** Each connection has a thread of its own, which lives as long. */
final class ThreadPerConnection extends Acceptor {
  private final ConnectionHandler handler;
  private final ThreadFactory threads;

  ThreadPerConnection(
      Listener listener, Connections connections, ConnectionHandler handler, ThreadFactory threads)
      throws IOException {
    super(listener, connections);
    this.handler = handler;
    this.threads = threads;
  }

  @Override
  void receive(Socket socket) {
    threads.newThread(() -> connections.serve(handler, socket)).start();
  }
}
