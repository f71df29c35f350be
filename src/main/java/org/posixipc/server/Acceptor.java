package org.posixipc.server;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.posixipc.Listener;
import org.posixipc.Socket;

/** Accepts connections, one by one, and gives each to its model. */
abstract class Acceptor implements Service {
  final Connections connections;
  private final Listener listener;
  private final Backoff backoff = new Backoff(Duration.ofMillis(1), Duration.ofMillis(100));
  private @Nullable String trouble;

  Acceptor(Listener listener, Connections connections) throws IOException {
    if (listener.descriptor().isNonBlocking()) {
      throw new IllegalArgumentException(
          "a server waits for connections in accept, and this is non-blocking: " + listener);
    }
    this.listener = listener;
    this.connections = connections;
  }

  /** Returns when there may be another connection. */
  void awaitRoom() throws InterruptedException {}

  /**
   * Serves a connection or has it served, which ends with {@link Connections#end}.
   *
   * @throws IOException if it can't be served; the connection is refused then
   */
  abstract void receive(Socket socket) throws IOException;

  /** No other connection will be received. */
  void finish() {}

  @Override
  public void stop() {}

  @Override
  public final void run() throws InterruptedException {
    try {
      acceptAll();
    } finally {
      finish();
    }
  }

  private void acceptAll() throws InterruptedException {
    while (!connections.isStopping()) {
      awaitRoom();
      try {
        Socket socket = listener.accept();
        connections.accept(socket);
        receiveOrRefuse(socket);
        trouble = null;
        backoff.reset();
      } catch (ClosedChannelException e) {
        if (!connections.isStopping()) {
          connections.report("accepting from " + listener + ", which is over", e);
        }
        return;
      } catch (IOException | OutOfMemoryError e) {
        pause(e);
      }
    }
  }

  /** An OutOfMemoryError is a thread that the system doesn't give: it may do so later. */
  private void receiveOrRefuse(Socket socket) throws IOException {
    boolean received = false;
    try {
      receive(socket);
      received = true;
    } finally {
      if (!received) {
        connections.refuse(socket);
      }
    }
  }

  /**
   * The errors of accept are one connection's (ECONNABORTED), or pass: where descriptors are short
   * (EMFILE, ENFILE) the connection stays in the backlog, and trying at once would only spin. Each
   * trouble is told once, when it begins.
   */
  private void pause(Throwable e) throws InterruptedException {
    if (!Objects.equals(trouble, e.getMessage())) {
      trouble = e.getMessage();
      connections.report("accepting from " + listener, e);
    }
    connections.awaitStop(backoff.pause());
  }
}
