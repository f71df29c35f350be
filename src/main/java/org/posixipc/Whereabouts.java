package org.posixipc;

import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.BooleanSupplier;
import org.posixipc.libc.Native;

/**
 * Where a thread is in the kernel: with which descriptor's number, so that a close can wake those
 * that wait there, and no others.
 *
 * <p>Its own thread writes it, with plain stores on either side of a call. They are ordered by the
 * descriptor's state word: a thread says where it will be and then counts itself in; it says that
 * it is nowhere and then counts itself out. So a closer, which has set the word's closed bit before
 * it looks, sees every thread that it let in.
 */
final class Whereabouts {
  private static final int NOWHERE = -1;

  /** In poll(2), with several numbers. */
  private static final int SEVERAL = -2;

  private static final int[] NONE = {};

  /** Of all threads; one that has ended is forgotten with it. It is the lock for signals too. */
  private static final Set<Whereabouts> ALL = Collections.newSetFromMap(new WeakHashMap<>());

  private int number = NOWHERE;
  private int[] numbers = NONE;

  /** As pthread_kill(3) knows it. */
  private long thread;

  Whereabouts() {}

  /**
   * The calling thread's from now on, and to be found by who closes. A virtual thread that has to
   * wait for the lock may change its carrier, and asks which it is on after that.
   */
  void ofThisThread() {
    synchronized (ALL) {
      ALL.add(this);
      thread = Native.signals().pthread_self();
    }
  }

  /** The thread will be in the kernel with a number, next. */
  void in(int descriptor) {
    number = descriptor;
  }

  /** The thread will be in poll(2), next. */
  void in(int[] descriptors) {
    numbers = descriptors;
    number = SEVERAL;
  }

  /** The thread is out of the kernel. */
  void out() {
    number = NOWHERE;
  }

  /**
   * Waits until nobody is about to send a signal to the calling thread, which has said that it is
   * out: it might end, and the signal would go to whoever has its number then.
   */
  static void awaitSignals() {
    synchronized (ALL) {
      // Those who send have this lock.
    }
  }

  /** Ends the calls of all threads that are in the kernel with a number, with EINTR. */
  static void interruptThoseIn(int descriptor) {
    synchronized (ALL) {
      for (Whereabouts whereabouts : ALL) {
        if (whereabouts.isIn(descriptor)) {
          WakeSignal.send(whereabouts.thread);
        }
      }
    }
  }

  /** Ends the call that the thread is in, with EINTR, if it waits still; false if not. */
  boolean interruptIf(BooleanSupplier waits) {
    synchronized (ALL) {
      if (!waits.getAsBoolean()) {
        return false;
      }
      WakeSignal.send(thread);
      return true;
    }
  }

  private boolean isIn(int descriptor) {
    int in = number;
    return in == descriptor
        || (in == SEVERAL && Arrays.stream(numbers).anyMatch(one -> one == descriptor));
  }
}
