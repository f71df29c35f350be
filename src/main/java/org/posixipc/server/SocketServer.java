package org.posixipc.server;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.posixipc.Listener;
import org.posixipc.Socket;
import org.posixipc.SocketAddress;

/**
 * {@code accept(2)}, again and again: serves the connections of a listener, by a {@link
 * ServerModel}, until it is closed.
 *
 * <p>What goes wrong with one connection ends that connection. What goes wrong with accept(2)
 * passes (descriptors that are short): the server pauses and goes on. A client that is gone again
 * is passed over. What of it is told, {@link FailureListener} says. Any thread may call any method.
 *
 * <pre>{@code
 * Listener listener = Listener.bind(SocketAddress.inet("127.0.0.1", 7));
 * try (SocketServer server = SocketServer.start(listener, ServerModel.serial(handler))) {
 *   ...
 * }
 * }</pre>
 */
public final class SocketServer implements Closeable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Listener listener;
  private final ServerModel model;
  private final Connections connections;
  private final @Nullable ParentLine parentLine;
  private final Service service;
  private final Thread thread;

  private SocketServer(
      Listener listener, ServerModel model, FailureListener failures, @Nullable Socket parent)
      throws IOException {
    this.listener = listener;
    this.model = model;
    this.connections = new Connections(failures);
    this.parentLine = parent == null ? null : new ParentLine(parent, connections);
    this.service = model.begin(listener, connections);
    this.thread = new Thread(this::run, "server of " + listener.localAddress());
  }

  /**
   * Serves a listener; what fails goes to the System.Logger {@code org.posixipc.server}.
   *
   * @param listener is the server's from now on, to close as well
   * @param model who serves
   * @return the server, at work
   * @throws IOException as {@link #start(Listener, ServerModel, FailureListener)} does
   */
  public static SocketServer start(Listener listener, ServerModel model) throws IOException {
    return start(listener, model, Connections.LOG);
  }

  /**
   * Serves a listener.
   *
   * @param listener is the server's from now on, to close as well; it must wait in accept
   * @param model who serves
   * @param failures hears of what fails
   * @return the server, at work
   * @throws IOException if the listener is closed; a failed start leaves it to the caller
   * @throws IllegalArgumentException if the listener is non-blocking, for a model that accepts here
   */
  public static SocketServer start(Listener listener, ServerModel model, FailureListener failures)
      throws IOException {
    return start(listener, model, failures, null);
  }

  /** With a line to the parent of a worker, which is the server's to close from now on. */
  static SocketServer start(
      Listener listener, ServerModel model, FailureListener failures, @Nullable Socket parent)
      throws IOException {
    SocketServer server =
        new SocketServer(listener, model, Objects.requireNonNull(failures), parent);
    server.thread.start();
    if (server.parentLine != null) {
      server.parentLine.start(server);
    }
    return server;
  }

  private void run() {
    try {
      service.run();
    } catch (InterruptedException | RuntimeException e) {
      connections.report("the " + thread.getName() + ", which is over", e);
    }
  }

  /**
   * {@code sendmsg(2)} with SCM_RIGHTS: gives the listener to the process that is to go on, and
   * closes this server once that serves. No client notices: both have the same listener, and its
   * backlog, meanwhile. A Unix listener's path is left to the successor.
   *
   * <p>If the successor goes away before it serves, this server goes on.
   *
   * @param successor a Unix stream to a process that calls {@link #takeOver}; borrowed
   * @param patience how long the handlers that are at work here may take to finish
   * @return whether all did, as {@link #close(Duration)} tells
   * @throws EOFException if the successor went away before it served
   * @throws IOException if it can't be reached, or this server is closed
   */
  public boolean handOver(Socket successor, Duration patience) throws IOException {
    Handover.give(listener, successor);
    // The listener's own close would remove the path, which is the successor's.
    return stop(listener.descriptor(), patience);
  }

  /**
   * {@code recvmsg(2)} with SCM_RIGHTS: goes on with the listener of a server that calls {@link
   * #handOver}; what fails goes to the System.Logger {@code org.posixipc.server}.
   *
   * @param predecessor a Unix stream to that process; borrowed
   * @param model who serves from now on
   * @return a server, at work
   * @throws IOException as {@link #takeOver(Socket, ServerModel, FailureListener)} does
   */
  public static SocketServer takeOver(Socket predecessor, ServerModel model) throws IOException {
    return takeOver(predecessor, model, Connections.LOG);
  }

  /**
   * {@code recvmsg(2)} with SCM_RIGHTS: goes on with the listener of a server that calls {@link
   * #handOver}.
   *
   * @param predecessor a Unix stream to that process; borrowed
   * @param model who serves from now on
   * @param failures hears of what fails
   * @return a server, at work
   * @throws EOFException if the predecessor went away
   * @throws IOException if it can't be reached, or sent something else
   */
  public static SocketServer takeOver(
      Socket predecessor, ServerModel model, FailureListener failures) throws IOException {
    SocketServer server = startOrClose(Handover.receive(predecessor), model, failures);
    boolean told = false;
    try {
      Handover.confirm(predecessor);
      told = true;
      return server;
    } finally {
      if (!told) {
        server.close(Duration.ZERO);
      }
    }
  }

  private static SocketServer startOrClose(
      Listener listener, ServerModel model, FailureListener failures) throws IOException {
    try {
      return start(listener, model, failures);
    } catch (IOException | RuntimeException e) {
      try (listener) {
        throw e;
      }
    }
  }

  /**
   * Where this serves.
   *
   * @return the listener's address
   */
  public SocketAddress localAddress() {
    return listener.localAddress();
  }

  /**
   * How many connections were accepted, those among them that were refused afterwards.
   *
   * @return the count since the start; where workers accept for themselves, what they report
   */
  public long accepted() {
    return connections.accepted();
  }

  /**
   * How many connections are being served, or wait for a thread.
   *
   * @return the count now; where workers accept for themselves, what they report
   */
  public int active() {
    return connections.active();
  }

  /**
   * How many connections were accepted and closed at once, because there was no room for them, or
   * no thread or process could be had.
   *
   * @return the count since the start; where workers accept for themselves, what they report
   */
  public long refused() {
    return connections.refused();
  }

  /**
   * How many connections ended badly: by an exception, or a program that didn't exit with 0.
   *
   * @return the count since the start; where workers accept for themselves, what they report, and
   *     the workers that ended badly
   */
  public long failed() {
    return connections.failed();
  }

  /**
   * Stops: closes the listener, lets the handlers that are at work finish, and then closes the
   * sockets, or kills the processes, of those that didn't. A handler that calls this waits for
   * itself, in vain.
   *
   * <p>An interrupt takes away the patience, and stays set.
   *
   * @param patience how long they may take
   * @return true if all finished in time
   * @throws IOException if the listener's close fails; the server is stopped all the same
   * @throws IllegalArgumentException if {@code patience} is negative
   */
  public boolean close(Duration patience) throws IOException {
    return stop(listener, patience);
  }

  /**
   * Stops, as {@link #close(Duration)} does, with a patience of 10 seconds.
   *
   * @throws IOException if the listener's close fails; the server is stopped all the same
   */
  @Override
  public void close() throws IOException {
    close(PATIENCE);
  }

  /** The source of connections is the listener, or its descriptor alone. */
  private boolean stop(Closeable source, Duration patience) throws IOException {
    if (patience.isNegative()) {
      throw new IllegalArgumentException("patience is zero or more, this is " + patience);
    }
    long deadline = System.nanoTime() + TimeUnit.NANOSECONDS.convert(patience);
    boolean finished;
    connections.stop();
    try (source) {
      service.stop();
    } finally {
      finished = finish(deadline);
      if (parentLine != null) {
        parentLine.close();
      }
    }
    return finished;
  }

  private boolean finish(long deadline) {
    try {
      TimeUnit.NANOSECONDS.timedJoin(thread, deadline - System.nanoTime());
      return !thread.isAlive() && connections.awaitEnd(deadline);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      connections.endAll();
    }
  }

  /** {@code pool of 16 at unix:/run/x.sock}. */
  @Override
  public String toString() {
    return model + " at " + listener.localAddress();
  }
}
