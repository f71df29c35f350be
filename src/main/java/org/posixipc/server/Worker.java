package org.posixipc.server;

import java.io.IOException;
import org.posixipc.Listener;
import org.posixipc.Socket;

/**
 * A process that {@link ServerModel#preForked} starts, seen from within: serves the listener that
 * it shares with its siblings.
 *
 * <p>The listener is descriptor 0. Descriptor 3 is one end of a Unix stream, a line to the server
 * that started it. Over it, the worker reports its counts, and the server's have them from then on.
 * It reads end of file when the server's process is gone, by kill -9 or any other end: the worker
 * stops accepting then, finishes its connections, however long they take, and has nothing left to
 * do. SIGTERM is the program's own to heed: by a shutdown hook that closes the server, for one.
 *
 * <p>Workers that are no such program need none of it. They report nothing, and who wants to end
 * with the server reads descriptor 3 to its end.
 */
public final class Worker {
  /** The worker's number for its end of the line. */
  static final int LINE = 3;

  /** Its environment has the number too: descriptor 3 of another process is something else. */
  static final String VARIABLE = "POSIXIPC_WORKER";

  private Worker() {}

  /**
   * Serves; what fails goes to the System.Logger {@code org.posixipc.server}.
   *
   * @param model who serves
   * @return the server, at work
   * @throws IOException as {@link #start(ServerModel, FailureListener)} does
   */
  public static SocketServer start(ServerModel model) throws IOException {
    return start(model, Connections.LOG);
  }

  /**
   * Serves.
   *
   * @param model who serves
   * @param failures hears of what fails here; the parent's listener doesn't
   * @return the server, at work
   * @throws IOException if descriptors 0 and 3 aren't what they should be
   * @throws IllegalStateException if this process wasn't started as a worker
   */
  public static SocketServer start(ServerModel model, FailureListener failures) throws IOException {
    if (System.getenv(VARIABLE) == null) {
      throw new IllegalStateException(
          "no worker of pre-forked ones: " + VARIABLE + " is not in the environment");
    }
    Socket line = Socket.inherited(LINE);
    try {
      return SocketServer.start(Listener.adopt(0), model, failures, line);
    } catch (IOException | RuntimeException e) {
      try (line) {
        throw e;
      }
    }
  }
}
