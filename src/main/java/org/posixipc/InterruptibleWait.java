package org.posixipc;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.spi.AbstractInterruptibleChannel;

/**
 * A platform thread's wait in the kernel that {@link Thread#interrupt} ends, as {@link
 * java.nio.channels.InterruptibleChannel} has it: by closing what the thread waits for.
 *
 * <p>The JDK lets a thread that is about to wait leave word of what an interrupt is to do, before
 * and after each call, waiting or not. Around a write and a read of one byte that took 1,164 ns
 * instead of 1,084 (JDK 17; 1,189 instead of 1,105 on 25), which is all that is left between such a
 * pair and 1.36 times C's. So the plain transfers of a platform thread go without, and those who
 * wait with a deadline, or for a connection, have it.
 */
final class InterruptibleWait extends AbstractInterruptibleChannel {
  private final Closeable target;

  private InterruptibleWait(Closeable target) {
    this.target = target;
  }

  /** A wait, and what it comes to. */
  interface Body<T> {
    T call() throws IOException;
  }

  /**
   * Waits.
   *
   * @param target what an interrupt closes
   * @throws ClosedByInterruptException if the thread is or was interrupted meanwhile; its flag is
   *     kept, and what {@code body} came to is lost
   */
  static <T> T run(Closeable target, Body<T> body) throws IOException {
    InterruptibleWait wait = new InterruptibleWait(target);
    boolean done = false;
    wait.begin();
    try {
      T result = body.call();
      done = true;
      return result;
    } finally {
      wait.end(done);
    }
  }

  @Override
  protected void implCloseChannel() throws IOException {
    target.close();
  }

  /** For a thread that was interrupted before: closes, as {@link #run} would have. */
  static void check(Closeable target) throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      try (target) {
        throw new ClosedByInterruptException();
      }
    }
  }
}
