package org.posixipc;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;

/**
 * A descriptor's number and the calls that are in the kernel with it.
 *
 * <p>A number that is closed is given to the next file that anybody in this process opens. So it
 * goes back to the kernel only when no call holds it: a call begins with {@link #enter} and ends
 * with {@link #leave}, and whoever is last, the closer or a call, closes.
 */
abstract class DescriptorNumber {
  private static final int CLOSED = 1 << 31;
  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(DescriptorNumber.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** What the kernel knows it by; good between enter and leave alone. */
  final int number;

  /**
   * Bit 31: closed or released; no call may begin. Bits 0 to 30: calls that are in the kernel with
   * the number. The number goes back to the kernel when the word becomes exactly CLOSED, by whoever
   * made it so.
   */
  @SuppressWarnings("unused") // through STATE
  private volatile int state;

  /** Where boundaries are: nowhere in a STREAM, which is all that is not a socket. */
  final SocketType carries;

  DescriptorNumber(int number, SocketType carries) {
    this.number = number;
    this.carries = carries;
  }

  /** Begins a call: until {@link #leave}, the number names this descriptor and no other. */
  final void enter() throws ClosedChannelException {
    int before;
    do {
      before = state;
      if (before < 0) {
        throw new ClosedChannelException();
      }
    } while (!STATE.compareAndSet(this, before, before + 1));
  }

  /** Ends a call. The last one to leave a closed descriptor gives the number back. */
  final void leave() throws IOException {
    int before = (int) STATE.getAndAdd(this, -1);
    if (before == (CLOSED | 1)) {
      Check.close(number, this);
    }
  }

  /** For a call that came back with nothing: throws if a close has overtaken it. */
  final void checkOpen() throws AsynchronousCloseException {
    if (state < 0) {
      throw new AsynchronousCloseException();
    }
  }

  final boolean isClosed() {
    return state < 0;
  }

  /**
   * Lets no further call begin, and gives the number back now or with the last call that is in the
   * kernel with it.
   *
   * @return whether this call was the one that closed
   */
  final boolean closeOnce() throws IOException {
    int before = (int) STATE.getAndBitwiseOr(this, CLOSED);
    if (before == 0) {
      Check.close(number, this);
    }
    return before >= 0;
  }

  /**
   * Lets no further call begin and keeps the number open, for another owner.
   *
   * @throws IllegalStateException if a call is in the kernel with it
   */
  final int releaseOnce() throws ClosedChannelException {
    int before = (int) STATE.compareAndExchange(this, 0, CLOSED);
    if (before < 0) {
      throw new ClosedChannelException();
    }
    if (before > 0) {
      throw new IllegalStateException(
          before + " call(s) of other threads are in the kernel with " + this);
    }
    return number;
  }
}
