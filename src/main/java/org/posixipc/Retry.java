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
   * Tries while it has to be tried again, with a short pause each time, on a thread that is
   * interrupted too.
   */
  static void asLongAs(BooleanSupplier again) {
    try (InterruptFlag flag = new InterruptFlag()) {
      while (again.getAsBoolean()) {
        flag.putAside();
        LockSupport.parkNanos(MIN_NANOS);
      }
    }
  }
}
