package org.posixipc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.util.function.BooleanSupplier;
import jnr.constants.platform.SocketMessage;
import org.jspecify.annotations.Nullable;
import org.posixipc.internal.abi.Abi;

/**
 * Calls of those who don't wait in them: with a deadline, or on a virtual thread, whose carrier
 * then goes on. Such a call is tried; where it would have to wait, the descriptor is waited for,
 * and it is tried again.
 *
 * <p>Without a deadline it is a plain call: it waits without end, but not for a descriptor with
 * O_NONBLOCK, nor with MSG_DONTWAIT.
 */
final class Waiting {
  private static final int MSG_DONTWAIT = Abi.host().value(SocketMessage.MSG_DONTWAIT);
  private static final int MSG_WAITALL = Abi.host().value(SocketMessage.MSG_WAITALL);
  private static final int MSG_PEEK = Abi.host().value(SocketMessage.MSG_PEEK);
  private static final long WOULD_WAIT = NoWait.WOULD_WAIT;

  private Waiting() {}

  /** A call that doesn't wait. */
  interface Attempt {
    /** A count, -1 for the end of file, or {@link NoWait#WOULD_WAIT}; with {@code flags}. */
    long make(Scratch scratch, int flags) throws IOException;
  }

  /** Whether a call waits in the kernel itself. */
  static boolean isInCall(@Nullable Deadline deadline) {
    return deadline == null && !VirtualThreads.isCurrent();
  }

  /** Lets {@code body} make calls with the number, which a close may cut. */
  static <T> T inside(DescriptorNumber owner, InterruptibleWait.Body<T> body) throws IOException {
    if (VirtualThreads.isCurrent()) {
      owner.enter();
      try {
        return untilClosed(owner, body);
      } finally {
        owner.leave();
      }
    }
    Whereabouts thread = Scratch.ofThread().whereabouts;
    owner.enter(thread);
    try {
      return untilClosed(owner, body);
    } finally {
      owner.leave(thread);
    }
  }

  /** What holds the descriptor on the way finds it closed: that was after this call began. */
  private static <T> T untilClosed(DescriptorNumber owner, InterruptibleWait.Body<T> body)
      throws IOException {
    try {
      return body.call();
    } catch (AsynchronousCloseException e) {
      throw e;
    } catch (ClosedChannelException e) {
      owner.checkOpen();
      throw e;
    }
  }

  /** Takes bytes or a message as soon as there are any; what it returns is the attempt's. */
  static long read(DescriptorChannel owner, int flags, @Nullable Deadline deadline, Attempt attempt)
      throws IOException {
    return inside(
        owner,
        () -> {
          InterruptibleWait.check(owner);
          long count;
          while ((count = make(owner, flags, attempt)) == WOULD_WAIT) {
            if (deadline == null && mustNotWait(owner, flags)) {
              return 0L;
            }
            await(owner, Deadline.READABLE, deadline, 0);
          }
          return count;
        });
  }

  /** recv(2): with MSG_WAITALL, until the buffer is full or the stream ends. */
  static long receive(
      DescriptorChannel owner, ByteBuffer dst, int flags, @Nullable Deadline deadline)
      throws IOException {
    Attempt attempt = (scratch, how) -> Transfer.read(owner, scratch, dst, how);
    long count = read(owner, flags, deadline, attempt);
    if (owner.carries != SocketType.STREAM || !isSet(flags, MSG_WAITALL, MSG_PEEK)) {
      return count;
    }
    long all = count;
    while (count > 0 && dst.hasRemaining()) {
      count = read(owner, flags, deadline, attempt);
      all += Math.max(count, 0);
    }
    return all;
  }

  /**
   * Gives bytes, all of them, or a message as soon as there is room.
   *
   * @param more whether the attempts so far have left something of a stream's bytes
   * @return the count of bytes
   */
  static long write(
      DescriptorChannel owner,
      int flags,
      @Nullable Deadline deadline,
      Attempt attempt,
      BooleanSupplier more)
      throws IOException {
    return inside(
        owner,
        () -> {
          InterruptibleWait.check(owner);
          long done = 0;
          Retry retry = null;
          while (true) {
            long count = make(owner, flags, attempt);
            done += Math.max(count, 0);
            boolean rest = owner.carries == SocketType.STREAM && more.getAsBoolean();
            if (count != WOULD_WAIT && !rest) {
              return done;
            }
            if (deadline == null && mustNotWait(owner, flags)) {
              return done;
            }
            await(owner, Deadline.WRITABLE, deadline, done);
            if (count == WOULD_WAIT && owner.carries == SocketType.DGRAM) {
              // It is the receiver that has no room, and this socket may be writable meanwhile.
              if (retry != null) {
                retry.await(deadline == null ? Deadline.NEVER : deadline);
              } else {
                retry = new Retry();
              }
            }
          }
        });
  }

  private static long make(DescriptorChannel owner, int flags, Attempt attempt) throws IOException {
    Scratch scratch = ScratchPool.take();
    try {
      long count = attempt.make(scratch, flags < 0 ? Transfer.NO_WAIT : flags | MSG_DONTWAIT);
      if (count <= 0) {
        owner.checkOpen();
      }
      return count;
    } finally {
      ScratchPool.giveBack(scratch);
    }
  }

  /** Waits until the owner is ready; {@code done} bytes went before. */
  static void await(DescriptorChannel owner, int events, @Nullable Deadline deadline, long done)
      throws IOException {
    Deadline until = deadline == null ? Deadline.NEVER : deadline;
    if (!until.reached(owner, events)) {
      throw new CallTimeoutException(owner, until.timeout(), done);
    }
  }

  private static boolean mustNotWait(DescriptorChannel owner, int flags) throws IOException {
    return isSet(flags, MSG_DONTWAIT, 0) || owner.mustNotWait();
  }

  private static boolean isSet(int flags, int flag, int butNot) {
    return flags >= 0 && (flags & flag) != 0 && (flags & butNot) == 0;
  }
}
