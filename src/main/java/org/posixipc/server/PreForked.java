package org.posixipc.server;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.posixipc.Listener;
import org.posixipc.Spawn;

/** Processes that share the listener. This one watches over them. */
final class PreForked implements Service {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private final Connections connections;
  private final Spawn worker;
  private final List<Place> places = new ArrayList<>();

  /** Places without a worker, each until its pause is over. */
  private final DelayQueue<Place> vacant = new DelayQueue<>();

  PreForked(Listener listener, Connections connections, Spawn worker, int workers) {
    this.connections = connections;
    this.worker = worker.descriptor(0, listener);
    for (int i = 0; i < workers; i++) {
      places.add(new Place());
    }
  }

  @Override
  public void run() throws InterruptedException {
    vacant.addAll(places);
    try {
      for (Place next = vacant.take(); !connections.isStopping(); next = vacant.take()) {
        next.fill();
      }
    } finally {
      places.forEach(Place::terminate);
    }
  }

  /** A place that is due wakes {@link #run}. */
  @Override
  public void stop() {
    vacant.add(new Place());
  }

  /** Where a worker is, or will be. */
  private final class Place implements Delayed {
    private final Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
    private @Nullable ServingProcess process;
    private long began;
    private volatile long due = System.nanoTime();

    /** An OutOfMemoryError is a thread that the system doesn't give: it may do so later. */
    void fill() {
      began = System.nanoTime();
      try {
        process = WorkerLine.start(worker, connections, this::vacate);
      } catch (IOException | OutOfMemoryError e) {
        connections.report("starting a worker", e);
        vacate();
      }
    }

    private void vacate() {
      long now = System.nanoTime();
      backoff.wentWellFor(Duration.ofNanos(now - began));
      due = now + backoff.pause().toNanos();
      vacant.add(this);
    }

    void terminate() {
      if (process != null) {
        process.terminate();
      }
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(due - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }
}
