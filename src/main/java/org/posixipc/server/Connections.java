package org.posixipc.server;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.posixipc.Socket;

/** What a server knows of its connections, which all threads of its model tell it. */
final class Connections {
  private static final System.Logger LOGGER = System.getLogger("org.posixipc.server");

  /** Logs a warning. */
  static final FailureListener LOG =
      (what, cause) -> LOGGER.log(System.Logger.Level.WARNING, what, cause);

  static {
    // The JDK's logger reads the time zones from a file at its first line, and never works again if
    // it can't: EMFILE mustn't be that line.
    if (LOGGER.isLoggable(System.Logger.Level.WARNING)) {
      Objects.requireNonNull(ZoneId.systemDefault().getRules());
    }
  }

  /** What is being served, by what ends it: a socket, which is closed, or a process, killed. */
  private final Set<Closeable> active = ConcurrentHashMap.newKeySet();

  /** Processes that accept for themselves, and the lines to them; they end as the others do. */
  private final Set<Closeable> workers = ConcurrentHashMap.newKeySet();

  /** What workers report that they serve. */
  private final LongAdder activeInWorkers = new LongAdder();

  private final LongAdder accepted = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final CountDownLatch stopping = new CountDownLatch(1);

  /** Told of when nothing is active any more while the server stops. */
  private final Object idle = new Object();

  private final FailureListener failures;
  private Runnable changed = () -> {};
  private volatile boolean ended;

  Connections(FailureListener failures) {
    this.failures = failures;
  }

  /** What is told of each change of the counts; said before the server begins. */
  void onChange(Runnable action) {
    changed = action;
  }

  Counts counts() {
    return new Counts(accepted(), active(), refused(), failed());
  }

  /** Workers have counted that, since they last told. */
  void add(Counts change) {
    accepted.add(change.accepted());
    activeInWorkers.add(change.active());
    refused.add(change.refused());
    failed.add(change.failed());
    changed.run();
  }

  long accepted() {
    return accepted.sum();
  }

  int active() {
    return active.size() + activeInWorkers.intValue();
  }

  long refused() {
    return refused.sum();
  }

  long failed() {
    return failed.sum();
  }

  /** A connection came, and is in service from now on until {@link #end}. */
  void accept(Socket socket) {
    accepted.increment();
    begin(socket);
  }

  /** A connection is in service until {@link #end}. */
  void begin(Closeable service) {
    begin(service, active);
  }

  /** A worker is in service until {@link #end}, and counts its connections itself. */
  void beginWorker(Closeable worker) {
    begin(worker, workers);
  }

  private void begin(Closeable service, Set<Closeable> services) {
    services.add(service);
    changed.run();
    // Whoever comes second, this or endAll, sees what the other wrote.
    if (ended) {
      close(service);
    }
  }

  void end(Closeable service) {
    active.remove(service);
    workers.remove(service);
    changed.run();
    if (isStopping() && isIdle()) {
      synchronized (idle) {
        idle.notifyAll();
      }
    }
  }

  /**
   * Serves a connection on this thread, to its end. Nothing is thrown, whatever the handler does.
   */
  void serve(ConnectionHandler handler, Socket socket) {
    try (socket) {
      handler.handle(socket);
    } catch (Throwable e) {
      // Whatever it is, an Error too: it is this connection's, and others go on.
      failed("serving " + socket, e);
    } finally {
      end(socket);
      Thread.interrupted(); // the next connection of this thread isn't the one that was interrupted
    }
  }

  /** Closes a connection that nobody serves. */
  void refuse(Socket socket) {
    refused.increment();
    pass(socket);
  }

  /** Closes what is no longer this process's connection. */
  void pass(Socket socket) {
    close(socket);
    end(socket);
  }

  /** A connection, or a worker, came to a bad end; {@link #endAll} is an end that isn't told. */
  void failed(String what, Throwable cause) {
    failed.increment();
    if (!(ended && cause instanceof ClosedChannelException)) {
      report(what, cause);
    }
  }

  /**
   * Tells the listener. Whatever that throws is for those who look after threads, and ends none.
   */
  void report(String what, Throwable cause) {
    try {
      failures.failed(what, cause);
    } catch (Throwable e) {
      e.addSuppressed(cause);
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }

  boolean isStopping() {
    return stopping.getCount() == 0;
  }

  /** Waits for the server's stop, or for some time; true if it stops. */
  boolean awaitStop(Duration time) throws InterruptedException {
    return stopping.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  void stop() {
    stopping.countDown();
  }

  /** Waits until nothing is in service, or until then; whether nothing is. */
  boolean awaitEnd(long deadline) throws InterruptedException {
    synchronized (idle) {
      // Who ends the last sees that this stops, or this sees that it has ended.
      for (long left = 1; !isIdle() && left > 0; ) {
        left = deadline - System.nanoTime();
        TimeUnit.NANOSECONDS.timedWait(idle, left);
      }
      return isIdle();
    }
  }

  private boolean isIdle() {
    return active.isEmpty() && workers.isEmpty();
  }

  /** Ends what is still in service. */
  void endAll() {
    ended = true;
    active.forEach(this::close);
    workers.forEach(this::close);
  }

  private void close(Closeable service) {
    try {
      service.close();
    } catch (IOException e) {
      report("closing " + service, e);
    }
  }
}
