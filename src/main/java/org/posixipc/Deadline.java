package org.posixipc;

import java.io.IOException;
import java.nio.channels.InterruptedByTimeoutException;
import java.time.Duration;
import org.posixipc.internal.abi.Abi;
import org.posixipc.internal.abi.Header;
import org.posixipc.internal.abi.PollFd;
import org.posixipc.libc.LibC;
import org.posixipc.libc.Native;

/** A moment on the monotonic clock, and waiting for a descriptor until then. */
final class Deadline {
  static final int READABLE = Abi.host().value(Header.POLLIN);
  static final int WRITABLE = Abi.host().value(Header.POLLOUT);

  private static final LibC LIBC = Native.libc();
  private static final long MAX_SECONDS = Long.MAX_VALUE / 2 / 1_000_000_000L;
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** So far away, 146 years, that it doesn't come. */
  static final Deadline NEVER = new Deadline(System.nanoTime() + Long.MAX_VALUE / 2);

  private final long end;

  private Deadline(long end) {
    this.end = end;
  }

  /**
   * The moment that comes {@code timeout} from now.
   *
   * @throws IllegalArgumentException if {@code timeout} is negative
   */
  static Deadline after(Duration timeout) {
    if (timeout.isNegative()) {
      throw new IllegalArgumentException("a timeout is zero or more, this one is " + timeout);
    }
    return timeout.toSeconds() >= MAX_SECONDS
        ? NEVER
        : new Deadline(System.nanoTime() + timeout.toNanos());
  }

  /**
   * {@code poll(2)}: waits until the descriptor is ready, hung up or in error, so that a call on it
   * answers at once.
   *
   * @throws InterruptedByTimeoutException if the moment comes first
   */
  void await(DescriptorNumber owner, int events) throws IOException {
    if (!reached(owner, events)) {
      throw new InterruptedByTimeoutException();
    }
  }

  /** As {@link #await}; false if the moment comes first. */
  boolean reached(DescriptorNumber owner, int events) throws IOException {
    Scratch.Area area = Scratch.ofThread().structs(PollFd.SIZE);
    while (true) {
      PollFd.put(area.buffer, 0, owner.number, events);
      int ready = LIBC.poll(area.address, 1, millisLeft());
      if (ready > 0) {
        return true;
      }
      if (ready < 0) {
        Check.wouldBlock("poll", owner);
      }
      owner.checkOpen();
      if (ready == 0 && isOver()) {
        return false;
      }
    }
  }

  boolean isOver() {
    return end - System.nanoTime() <= 0;
  }

  /** Rounded up: a wait must not end before its time, nor spin through the last millisecond. */
  int millisLeft() {
    long nanos = Math.max(0, end - System.nanoTime());
    return (int) Math.min(Integer.MAX_VALUE, (nanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
  }
}
