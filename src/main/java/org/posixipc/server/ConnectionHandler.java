package org.posixipc.server;

import java.io.IOException;
import org.posixipc.Socket;

/** Serves a connection, from its beginning to its end. */
@FunctionalInterface
public interface ConnectionHandler {
  /**
   * Serves a connection, which is done when this returns: the server closes the socket then.
   *
   * <p>What it throws ends this connection alone, and goes to the server's {@link FailureListener}.
   * A server that stops closes the socket of a handler that takes too long: a call that waits on it
   * ends with {@link java.nio.channels.AsynchronousCloseException}.
   *
   * @param connection with a client; the server's to close
   * @throws IOException if the client or its network failed
   */
  void handle(Socket connection) throws IOException;
}
