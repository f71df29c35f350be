package org.posixipc.server;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.posixipc.Socket;

/**
 * A worker's line to the server that started it, whose end alone keeps it open: end of file means
 * that it is gone, however it went.
 *
 * <p>Reports have a thread of their own. A server that reads none, stopped by a signal for one,
 * must not stop its workers: what changes meanwhile goes into the next report.
 */
final class ParentLine implements Closeable {
  /** For the last report, to a server that may have stopped reading. */
  private static final long PATIENCE_SECONDS = 1;

  private static final Duration AS_LONG_AS_IT_TAKES = Duration.ofNanos(Long.MAX_VALUE);

  private final Socket parent;
  private final Connections connections;
  private final Thread reporter = new Thread(this::reportAll, "reports to the parent");

  /** A permit, or a few, if something has changed since the last report began. */
  private final Semaphore news = new Semaphore(0);

  private volatile boolean over;

  ParentLine(Socket parent, Connections connections) {
    this.parent = parent;
    this.connections = connections;
    connections.onChange(this::tell);
  }

  /** These threads keep no process alive that has nothing else to do. */
  void start(SocketServer server) {
    Thread watcher = new Thread(() -> watch(server), "waits for the parent's end");
    watcher.setDaemon(true);
    watcher.start();
    reporter.setDaemon(true);
    reporter.start();
  }

  private void tell() {
    if (news.availablePermits() == 0) {
      news.release();
    }
  }

  private void reportAll() {
    ByteBuffer record = ByteBuffer.allocate(Counts.BYTES);
    try {
      boolean last;
      do {
        news.acquire();
        news.drainPermits();
        last = over; // what was counted before the close is in the report
        connections.counts().put(record.clear());
        parent.write(record.flip());
      } while (!last);
    } catch (IOException | InterruptedException e) {
      // Nobody reads it any more.
    }
  }

  private void watch(SocketServer server) {
    try {
      parent.read(ByteBuffer.allocate(1));
    } catch (ClosedChannelException e) {
      return; // closed here
    } catch (IOException e) {
      // ECONNRESET: it is gone, and hadn't read all reports.
    }
    // What serves may be virtual threads alone, which keep no process alive.
    new Thread(() -> finish(server), "finishes without a parent").start();
  }

  private static void finish(SocketServer server) {
    try {
      server.close(AS_LONG_AS_IT_TAKES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    try (parent) {
      over = true;
      news.release();
      TimeUnit.SECONDS.timedJoin(reporter, PATIENCE_SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
