package org.posixipc.server;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.posixipc.Listener;
import org.posixipc.Socket;

/** A fixed number of threads, and a queue with an end. */
final class BoundedPool extends Acceptor {
  private final ConnectionHandler handler;
  private final Overload overload;
  private final ExecutorService pool;

  /** A permit for each thread and each place in the queue: what bounds the pool's own queue. */
  private final Semaphore room;

  BoundedPool(Listener listener, Connections connections, ConnectionHandler handler, Limits limits)
      throws IOException {
    super(listener, connections);
    this.handler = handler;
    this.overload = limits.overload;
    this.room = new Semaphore(limits.threads + limits.queue);
    this.pool =
        Executors.newFixedThreadPool(
            limits.threads, ServerModel.threads("pool of " + listener.localAddress()));
  }

  /** How many threads, how many connections that wait, and what becomes of more. */
  record Limits(int threads, int queue, Overload overload) {
    Limits {
      if (threads < 1 || queue < 0) {
        throw new IllegalArgumentException(
            "a pool has one thread at least, and a queue of 0 or more, not "
                + threads
                + ", "
                + queue);
      }
    }
  }

  /** This thread alone takes permits: what is there now will be there after accept. */
  @Override
  void awaitRoom() throws InterruptedException {
    if (overload == Overload.WAIT_IN_BACKLOG) {
      room.acquire();
      room.release();
    }
  }

  @Override
  void receive(Socket socket) {
    if (room.tryAcquire()) {
      enqueue(socket);
    } else if (overload == Overload.CALLER_RUNS) {
      connections.serve(handler, socket);
    } else {
      connections.refuse(socket);
    }
  }

  private void enqueue(Socket socket) {
    boolean queued = false;
    try {
      pool.execute(() -> serve(socket));
      queued = true;
    } finally {
      if (!queued) {
        room.release();
      }
    }
  }

  private void serve(Socket socket) {
    try {
      connections.serve(handler, socket);
    } finally {
      room.release();
    }
  }

  @Override
  public void stop() {
    room.release();
  }

  @Override
  void finish() {
    pool.shutdown(); // what is queued is served all the same
  }
}
