package org.posixipc;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The virtual threads that wait for one descriptor. The list is changed, and the kernel asked,
 * under this object's lock; so after a close's {@link #wakeAll} nothing about it reaches the
 * kernel.
 */
final class Waiters {
  private final DescriptorNumber owner;
  private @Nullable Parked first;

  Waiters(DescriptorNumber owner) {
    this.owner = owner;
  }

  /** A thread that waits. */
  static final class Parked {
    private final Thread thread = Thread.currentThread();
    private final DescriptorNumber owner;
    private final int events;
    private @Nullable Parked next;
    private volatile boolean awake;

    Parked(DescriptorNumber owner, int events) {
      this.owner = owner;
      this.events = events;
    }

    DescriptorNumber owner() {
      return owner;
    }

    /** Whether it has something to look at: the descriptor is ready, or closed. */
    boolean isAwake() {
      return awake;
    }

    private void wake() {
      awake = true;
      LockSupport.unpark(thread);
    }
  }

  /** Asks the kernel to tell once of some events. */
  interface Question {
    /** False for a descriptor that is always ready. */
    boolean ask(int number, int events) throws PosixException;
  }

  /** Adds a thread, unless its descriptor is closed or always ready: then it is awake. */
  synchronized void add(Parked parked, Question question) throws PosixException {
    if (owner.isClosed()) {
      parked.awake = true;
      return;
    }
    parked.next = first;
    first = parked;
    boolean asked = false;
    try {
      asked = question.ask(owner.number, events());
    } finally {
      if (!asked) {
        first = parked.next;
        parked.awake = true;
      }
    }
  }

  /** Takes away a thread that waits no more, whatever the reason. */
  synchronized void remove(Parked parked) {
    if (first == parked) {
      first = parked.next;
      return;
    }
    for (Parked before = first; before != null; before = before.next) {
      if (before.next == parked) {
        before.next = parked.next;
        return;
      }
    }
  }

  /**
   * Wakes those for whom the kernel's answer is, and asks again for the rest: it was asked for all
   * of them, and answers once.
   *
   * @param unasked what the kernel tells everybody, such as an error
   */
  synchronized void ready(int events, int unasked, Question question) {
    Parked rest = null;
    for (Parked parked = first; parked != null; ) {
      Parked next = parked.next;
      if ((events & (parked.events | unasked)) != 0) {
        parked.wake();
      } else {
        parked.next = rest;
        rest = parked;
      }
      parked = next;
    }
    first = rest;
    if (rest != null) {
      askAgain(question);
    }
  }

  private void askAgain(Question question) {
    try {
      question.ask(owner.number, events());
    } catch (PosixException e) {
      // They ask themselves, and are told.
      wakeAll();
    }
  }

  synchronized void wakeAll() {
    for (Parked parked = first; parked != null; parked = parked.next) {
      parked.wake();
    }
    first = null;
  }

  private int events() {
    int events = 0;
    for (Parked parked = first; parked != null; parked = parked.next) {
      events |= parked.events;
    }
    return events;
  }
}
