package org.posixipc;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;
import org.posixipc.libc.Native;

/**
 * A descriptor's number and the calls that are in the kernel with it.
 *
 * <p>A number that is closed is given to the next file that anybody in this process opens. So it
 * goes back to the kernel only when no call has it: a call begins with {@link #enter} and ends with
 * {@link #leave}, and whoever is last, the closer or a call, closes.
 *
 * <p>A close ends the calls that wait. It puts the {@link DeadDescriptor} in the number's place,
 * which stops those that are on their way into the kernel, and then sends a signal to the threads
 * that are in it, and unparks virtual ones. A call that mustn't be cut like this, because it hands
 * the descriptor on, begins with {@link #hold}: the cut comes after its {@link #unhold}.
 */
abstract class DescriptorNumber {
  private static final long CLOSED = 1L << 63;
  private static final long HOLD = 1L << 32;
  private static final long CALLS = HOLD - 1;
  private static final VarHandle STATE;
  private static final VarHandle WAITERS;

  static {
    try {
      MethodHandles.Lookup here = MethodHandles.lookup();
      STATE = here.findVarHandle(DescriptorNumber.class, "state", long.class);
      WAITERS = here.findVarHandle(DescriptorNumber.class, "waiters", Waiters.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
    try {
      DeadDescriptor.make();
    } catch (PosixException e) {
      // No descriptor is left: the first close that needs it tries again, and throws.
    }
  }

  /** What the kernel knows it by; good between enter and leave alone. */
  final int number;

  /**
   * Bit 63: closed or released; no call may begin. Bits 32 to 62: calls that hold the descriptor,
   * whatever else happens. Bits 0 to 31: calls that a close may cut. The number goes back to the
   * kernel when the word becomes exactly CLOSED, by whoever made it so.
   */
  @SuppressWarnings("unused") // through STATE
  private volatile long state;

  /** Once a virtual thread has waited: a {@link Poller} knows the number then. */
  private volatile @Nullable Waiters waiters;

  /** Whether the number is a file's, once somebody has asked: it doesn't change. */
  private @Nullable Boolean file;

  /** Where boundaries are: nowhere in a STREAM, which is all that is not a socket. */
  final SocketType carries;

  DescriptorNumber(int number, SocketType carries) {
    this.number = number;
    this.carries = carries;
  }

  /**
   * Begins a call that may wait: until {@link #leave}, the number names this descriptor, or the
   * dead one.
   */
  final void enter(Whereabouts thread) throws ClosedChannelException {
    thread.in(number);
    long before;
    do {
      before = state;
      if (before < 0) {
        thread.out();
        Whereabouts.awaitSignals();
        throw new ClosedChannelException();
      }
    } while (!STATE.compareAndSet(this, before, before + 1));
  }

  /** Ends a call. The last one to leave a closed descriptor gives the number back. */
  final void leave(Whereabouts thread) throws IOException {
    thread.out();
    long before = (long) STATE.getAndAdd(this, -1L);
    if (before < 0) {
      Whereabouts.awaitSignals();
      if (before == (CLOSED | 1)) {
        giveBack();
      }
    }
  }

  /** Begins a call of a thread that waits elsewhere than in the kernel. */
  final void enter() throws ClosedChannelException {
    add(1);
  }

  /** Ends it. */
  final void leave() throws IOException {
    if ((long) STATE.getAndAdd(this, -1L) == (CLOSED | 1)) {
      giveBack();
    }
  }

  /** Begins a short call: until {@link #unhold}, the number names this descriptor and no other. */
  final void hold() throws ClosedChannelException {
    add(HOLD);
  }

  /** Ends it. After a close, the last of them cuts the calls that wait. */
  final void unhold() throws IOException {
    while (true) {
      long before = state;
      if (before < 0 && (before & ~CLOSED) >>> 32 == 1) {
        unholdLast();
        return;
      }
      if (STATE.compareAndSet(this, before, before - HOLD)) {
        return;
      }
    }
  }

  /** Nobody will hold a closed descriptor again, and those inside can only become fewer. */
  private void unholdLast() throws IOException {
    try {
      if ((state & CALLS) != 0) {
        cut();
      }
    } finally {
      if ((long) STATE.getAndAdd(this, -HOLD) == (CLOSED | HOLD)) {
        giveBack();
      }
    }
  }

  /** Ends the calls that wait. */
  private void cut() throws IOException {
    try {
      forgetWaiters();
      DeadDescriptor.takePlaceOf(number);
    } finally {
      Whereabouts.interruptThoseIn(number);
    }
  }

  private void giveBack() throws IOException {
    forgetWaiters();
    Check.close(number, this);
  }

  /** Made before it is looked whether this is closed; a closer does the same the other way. */
  final Waiters waiters() {
    Waiters known = waiters;
    return known == null ? makeWaiters() : known;
  }

  private Waiters makeWaiters() {
    Waiters made = new Waiters(this);
    Waiters before = (Waiters) WAITERS.compareAndExchange(this, null, made);
    return before == null ? made : before;
  }

  private void forgetWaiters() {
    Waiters known = waiters;
    if (known != null) {
      Poller.forget(this, known);
    }
  }

  /** Throws if a close has overtaken a call: what the kernel said may be about the dead one. */
  final void checkOpen() throws AsynchronousCloseException {
    if (state < 0) {
      throw new AsynchronousCloseException();
    }
  }

  /** Whether it has an offset, as files do, and pipes, sockets and terminals don't. */
  final boolean isFile() {
    Boolean known = file;
    if (known == null) {
      known = Native.hasOffset(number);
      file = known;
    }
    return known;
  }

  final boolean isClosed() {
    return state < 0;
  }

  /**
   * Lets no further call begin, ends those that wait, and gives the number back now or with the
   * last call that is in the kernel with it.
   *
   * @return whether this call was the one that closed
   */
  final boolean closeOnce() throws IOException {
    long before;
    do {
      before = state;
      if (before < 0) {
        return false;
      }
      // Held, so that the number stays taken until the cut is made.
    } while (!STATE.compareAndSet(this, before, CLOSED | (before == 0 ? 0 : before + HOLD)));
    if (before == 0) {
      giveBack();
    } else {
      unhold();
    }
    return true;
  }

  /**
   * Lets no further call begin and keeps the number open, for another owner.
   *
   * @throws IllegalStateException if a call is in the kernel with it
   */
  final int releaseOnce() throws ClosedChannelException {
    long before = (long) STATE.compareAndExchange(this, 0L, CLOSED);
    if (before < 0) {
      throw new ClosedChannelException();
    }
    if (before > 0) {
      throw new IllegalStateException(
          "calls of other threads are in the kernel with " + this + ": it can't be given away");
    }
    forgetWaiters();
    return number;
  }

  private void add(long what) throws ClosedChannelException {
    long before;
    do {
      before = state;
      if (before < 0) {
        throw new ClosedChannelException();
      }
    } while (!STATE.compareAndSet(this, before, before + what));
  }
}
