package org.posixipc;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
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
  static final Deadline NEVER =
      new Deadline(System.nanoTime() + Long.MAX_VALUE / 2, Duration.ofSeconds(MAX_SECONDS));

  private final long end;
  private final Duration timeout;

  private Deadline(long end, Duration timeout) {
    this.end = end;
    this.timeout = timeout;
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
        : new Deadline(System.nanoTime() + timeout.toNanos(), timeout);
  }

  /** How long it was from the beginning. */
  Duration timeout() {
    return timeout;
  }

  /**
   * Waits until the descriptor is ready, hung up or in error, so that a call on it answers at once:
   * with {@code poll(2)}, on a virtual thread parked. The caller is among those inside.
   *
   * @return false if the moment comes first
   * @throws ClosedByInterruptException if the thread is interrupted; the owner is closed then
   * @throws AsynchronousCloseException if the owner is closed
   */
  boolean reached(DescriptorChannel owner, int events) throws IOException {
    return reached(owner, owner, events);
  }

  /** The same where an interrupt closes something else, which has the descriptor. */
  boolean reached(DescriptorChannel owner, Closeable target, int events) throws IOException {
    InterruptibleWait.check(target);
    if (this != NEVER && isOver()) {
      return NoWait.isReady(owner, events);
    }
    return VirtualThreads.isCurrent()
        ? Poller.park(owner, target, events, this)
        : InterruptibleWait.run(target, () -> poll(owner, events));
  }

  private boolean poll(DescriptorChannel owner, int events) throws IOException {
    Scratch.Area area = Scratch.ofThread().pollFd();
    while (true) {
      PollFd.put(area.buffer, 0, owner.number, events);
      int ready = LIBC.poll(area.address, 1, millisLeft());
      if (ready > 0) {
        return true;
      }
      if (ready < 0) {
        Check.wouldBlock("poll", owner, owner);
      }
      owner.checkOpen();
      if (ready == 0 && isOver()) {
        return false;
      }
    }
  }

  /** What the future completes with; nothing if the moment comes first. */
  <T> Optional<T> join(CompletableFuture<T> future) throws IOException {
    try (InterruptFlag flag = new InterruptFlag()) {
      while (true) {
        flag.putAside();
        try {
          return Optional.of(future.get(end - System.nanoTime(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
          return Optional.empty();
        } catch (ExecutionException e) {
          throw e.getCause() instanceof PosixException cause ? cause : new IOException(e);
        }
      }
    }
  }

  boolean isOver() {
    return end - System.nanoTime() <= 0;
  }

  /** Until it comes; 0 or less once it has. */
  long nanosLeft() {
    return end - System.nanoTime();
  }

  /** Parks the calling thread, until it comes at most; false if it has come. */
  boolean park(Object blocker) {
    if (this == NEVER) {
      LockSupport.park(blocker);
      return true;
    }
    long left = end - System.nanoTime();
    if (left <= 0) {
      return false;
    }
    LockSupport.parkNanos(blocker, left);
    return true;
  }

  /** Rounded up: a wait must not end before its time, nor spin through the last millisecond. */
  int millisLeft() {
    long nanos = Math.max(0, end - System.nanoTime());
    return (int) Math.min(Integer.MAX_VALUE, (nanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
  }
}
