package org.posixipc;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what the kernel doesn't tell, such as room at a peer: more and more seldom. */
final class Retry {
  private static final long MIN_NANOS = TimeUnit.MICROSECONDS.toNanos(100);
  private static final long MAX_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private long pause = MIN_NANOS;

  /** Parks for a while, not past the deadline; an interrupt ends it. */
  void await(Deadline deadline) {
    LockSupport.parkNanos(Math.min(pause, deadline.nanosLeft()));
    pause = Math.min(2 * pause, MAX_NANOS);
  }

  /**
   * Tries while it has to be tried again, with a short pause each time. A thread that is
   * interrupted wouldn't park: its flag is put aside meanwhile.
   */
  static void asLongAs(BooleanSupplier again) {
    boolean interrupted = false;
    try {
      while (again.getAsBoolean()) {
        interrupted |= Thread.interrupted();
        LockSupport.parkNanos(MIN_NANOS);
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
