package org.posixipc.server;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import jnr.constants.platform.Errno;
import org.jspecify.annotations.Nullable;
import org.posixipc.Listener;
import org.posixipc.PosixException;
import org.posixipc.Socket;

/** Accepts connections, one by one, and gives each to its model. */
abstract class Acceptor implements Service {
  /**
   * Errors of a connection that was over before anybody took it, rather than of the listener:
   * ECONNABORTED, and the network's errors that wait on a new socket, which accept(2) tells to be
   * treated like EAGAIN.
   */
  private static final List<Errno> OVER_ALREADY =
      List.of(
          Errno.ECONNABORTED,
          Errno.ENETDOWN,
          Errno.EPROTO,
          Errno.ENOPROTOOPT,
          Errno.EHOSTDOWN,
          Errno.EHOSTUNREACH,
          Errno.EOPNOTSUPP,
          Errno.ENETUNREACH);

  private static final int MOST_OVER_IN_A_ROW = 1000;

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
        Socket socket = accept();
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

  /**
   * The next connection that isn't over already. Those that are have left the backlog, so there is
   * nothing to pause for, which would hold up others; and nobody is told, or clients could fill the
   * log by hanging up. But where nothing else comes for long, it is the listener that is wrong.
   */
  private Socket accept() throws IOException {
    for (int over = 0; ; over++) {
      try {
        return listener.accept();
      } catch (PosixException e) {
        if (over == MOST_OVER_IN_A_ROW || !isOverAlready(e)) {
          throw e;
        }
      }
    }
  }

  /** By a loop: a lambda is a class of its own, to be loaded when EMFILE is met. */
  private static boolean isOverAlready(PosixException e) {
    for (Errno errno : OVER_ALREADY) {
      if (e.is(errno)) {
        return true;
      }
    }
    return false;
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
   * Other errors of accept pass. Where descriptors or memory are short (EMFILE, ENFILE, ENOBUFS,
   * ENOMEM), or a rule of the system's forbids it (EPERM), the connection stays in the backlog, and
   * trying at once would only spin. Each trouble is told once, when it begins.
   */
  private void pause(Throwable e) throws InterruptedException {
    if (!Objects.equals(trouble, e.getMessage())) {
      trouble = e.getMessage();
      connections.report("accepting from " + listener, e);
    }
    connections.awaitStop(backoff.pause());
  }
}
