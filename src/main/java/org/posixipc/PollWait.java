package org.posixipc;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import org.posixipc.libc.LibC;
import org.posixipc.libc.Native;

/** The wait of a {@link Poll}: until a descriptor is ready or closed, or the thread interrupted. */
final class PollWait {
  private static final LibC LIBC = Native.libc();

  private final Scratch.Area structs;
  private final int count;
  private final Poll poll;
  private volatile boolean waits;
  private volatile boolean interrupted;

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
    if (deadline.isOver() || Thread.currentThread().isInterrupted()) {
      poll(0);
      return;
    }
    try {
      InterruptibleWait.run(() -> interrupt(where), () -> untilInterrupted(deadline));
    } catch (ClosedByInterruptException e) {
      poll(0);
    }
  }

  private int untilInterrupted(Deadline deadline) throws IOException {
    waits = true;
    try {
      int ready = 0;
      while (ready == 0 && !interrupted) {
        ready = poll(deadline.millisLeft());
        if (deadline.isOver()) {
          break;
        }
      }
      return ready;
    } finally {
      waits = false;
      Whereabouts.awaitSignals();
    }
  }

  /**
   * The thread may be on its way into the call, where a signal would be in vain: so until it is
   * out. Before it {@link #waits}, it may itself be after the lock of the JDK's that is held here,
   * and looks later.
   */
  private void interrupt(Whereabouts where) {
    interrupted = true;
    Retry.asLongAs(() -> where.interruptIf(() -> waits));
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
