package org.posixipc;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.posixipc.libc.LibC;
import org.posixipc.libc.Native;

/** The wait of a {@link Poll}: until a descriptor is ready or closed, or the thread interrupted. */
final class PollWait {
  private static final LibC LIBC = Native.libc();
  private static final long RETRY_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

  private final Scratch.Area structs;
  private final int count;
  private final Poll poll;

  /**
   * A wait.
   *
   * @param structs where the kernel stores what it tells
   * @param count how many structs
   * @param poll writes them, and knows whether one of its descriptors was closed
   */
  PollWait(Scratch.Area structs, int count, Poll poll) {
    this.structs = structs;
    this.count = count;
    this.poll = poll;
  }

  /** Waits in poll(2), on a platform thread. A close ends the call with EINTR. */
  void inCall(Deadline deadline, Whereabouts where) throws IOException {
    Thread thread = Thread.currentThread();
    if (deadline.isOver() || thread.isInterrupted()) {
      poll(0);
      return;
    }
    AtomicBoolean interrupted = new AtomicBoolean();
    try {
      InterruptibleWait.run(
          () -> {
            interrupted.set(true);
            if (Thread.currentThread() != thread) {
              endCall(where);
            }
          },
          () -> untilInterrupted(deadline, where, interrupted));
    } catch (ClosedByInterruptException e) {
      poll(0);
    }
  }

  private int untilInterrupted(Deadline deadline, Whereabouts where, AtomicBoolean interrupted)
      throws IOException {
    try {
      int ready = 0;
      while (ready == 0 && !interrupted.get()) {
        ready = poll(deadline.millisLeft());
        if (deadline.isOver()) {
          break;
        }
      }
      return ready;
    } finally {
      // Who interrupts keeps a lock of the JDK's until this is seen, and the wait ends with it.
      where.out();
      Whereabouts.awaitSignals();
    }
  }

  /** The thread may be on its way into the call, where a signal would be in vain. */
  private static void endCall(Whereabouts where) {
    while (where.interruptPoll()) {
      LockSupport.parkNanos(RETRY_NANOS);
    }
  }

  /** Waits parked, on a virtual thread. */
  void parked(Deadline deadline) throws IOException {
    while (poll(0) == 0 && !deadline.isOver() && !Thread.currentThread().isInterrupted()) {
      List<Waiters.Parked> all = poll.parked();
      try {
        Poller.start(all);
        while (all.stream().noneMatch(Waiters.Parked::isAwake)
            && !Thread.currentThread().isInterrupted()
            && deadline.park(this)) {
          // Unparked, for whatever reason.
        }
      } finally {
        Poller.stop(all);
      }
    }
  }

  /** {@code poll(2)}; 0 also if a signal interrupted it. */
  private int poll(int millis) throws IOException {
    poll.describe();
    int ready = LIBC.poll(structs.address, count, millis);
    if (ready < 0) {
      Check.interrupted("poll", count + " descriptors");
      poll.describe();
    }
    poll.checkStillOpen();
    return Math.max(ready, 0);
  }
}
