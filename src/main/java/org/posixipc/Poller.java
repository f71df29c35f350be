package org.posixipc;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.posixipc.Waiters.Parked;
import org.posixipc.internal.abi.Abi;
import org.posixipc.internal.abi.Header;

/**
 * Where virtual threads wait for descriptors: the kernel is asked for all of them at once, and
 * those whose descriptor is ready are unparked.
 *
 * <p>It runs on a virtual thread, which asks without waiting and so takes turns, on their carriers,
 * with those that it wakes. When there is nothing to tell it waits itself, in a second one, whose
 * thread is of the platform and does wait in the kernel.
 *
 * <p>The kernel is asked once for each wait and answers once, so that it doesn't tell what nobody
 * wants to know.
 */
abstract class Poller {
  /** What is asked for; the kernel tells of errors and of a peer that is gone unasked. */
  private static final int ASKED =
      Deadline.READABLE
          | Deadline.WRITABLE
          | Abi.host().value(Header.POLLPRI)
          | (int) Abi.host().find(Header.POLLRDHUP).orElse(0);

  private final Waiters.Question question = this::register;

  /** Of descriptors that were ever waited for, by their numbers, until they are closed. */
  private volatile AtomicReferenceArray<@Nullable Waiters> waiters = new AtomicReferenceArray<>(64);

  /** Made for the first wait: a program without virtual threads has none of this. */
  private static volatile @Nullable Poller host;

  private static Poller ofThisSystem() throws IOException {
    Poller known = host;
    return known == null ? make() : known;
  }

  /** Where descriptors are short this wait fails, and the next tries again. */
  private static synchronized Poller make() throws IOException {
    Poller known = host;
    if (known != null) {
      return known;
    }
    Poller master = create();
    Poller made = null;
    boolean runs = false;
    try {
      made = create();
      Reaper.start("posix-ipc master poller", master::run);
      runs = true;
    } finally {
      if (!runs) {
        master.descriptor().close();
        if (made != null) {
          made.descriptor().close();
        }
      }
    }
    Poller poller = made;
    VirtualThreads.start("posix-ipc poller", () -> poller.runBetweenOthers(master));
    host = poller;
    return poller;
  }

  private static Poller create() throws IOException {
    return Abi.host().epollEvent().isPresent() ? new EpollPoller() : new KqueuePoller();
  }

  /**
   * Parks the calling thread until the descriptor is ready. The caller is among those inside.
   *
   * @param target what an interrupt closes
   * @return false if the deadline comes first
   */
  static boolean park(DescriptorChannel owner, Closeable target, int events, Deadline deadline)
      throws IOException {
    return ofThisSystem().await(owner, target, events, deadline);
  }

  private boolean await(DescriptorChannel owner, Closeable target, int events, Deadline deadline)
      throws IOException {
    Parked parked = new Parked(owner, events);
    add(parked);
    try {
      while (!parked.isAwake()) {
        InterruptibleWait.check(target);
        if (!deadline.park(this)) {
          return false;
        }
      }
      owner.checkOpen();
      return true;
    } finally {
      remove(parked);
    }
  }

  /** Begins to wait for several; all are {@link #stop}ped afterwards. */
  static void start(List<Parked> all) throws IOException {
    Poller poller = ofThisSystem();
    for (Parked parked : all) {
      poller.add(parked);
    }
  }

  static void stop(List<Parked> all) {
    all.forEach(Poller::remove);
  }

  private void add(Parked parked) throws PosixException {
    DescriptorNumber owner = parked.owner();
    Waiters list = owner.waiters();
    if (ofNumber(owner.number) != list) {
      put(owner.number, list);
    }
    list.add(parked, question);
  }

  private static void remove(Parked parked) {
    if (!parked.isAwake()) {
      parked.owner().waiters().remove(parked);
    }
  }

  private @Nullable Waiters ofNumber(int number) {
    AtomicReferenceArray<@Nullable Waiters> all = waiters;
    return number < all.length() ? all.get(number) : null;
  }

  private synchronized void put(int number, Waiters list) {
    AtomicReferenceArray<@Nullable Waiters> all = waiters;
    if (number >= all.length()) {
      AtomicReferenceArray<@Nullable Waiters> longer = new AtomicReferenceArray<>(2 * number);
      for (int i = 0; i < all.length(); i++) {
        longer.set(i, all.get(i));
      }
      all = longer;
      waiters = longer;
    }
    all.set(number, list);
  }

  /** For a descriptor that is about to be closed: wakes those that wait for it. */
  static void forget(DescriptorNumber owner, Waiters list) {
    Poller poller = host;
    if (poller == null) {
      return; // nobody could wait
    }
    synchronized (list) {
      poller.unregister(owner.number);
      list.wakeAll();
    }
    poller.drop(owner.number, list);
  }

  /** The number's next owner has a list of its own. */
  private synchronized void drop(int number, Waiters list) {
    if (ofNumber(number) == list) {
      waiters.set(number, null);
    }
  }

  /** What the kernel tells. */
  final void ready(int number, int events) {
    Waiters list = ofNumber(number);
    if (list != null) {
      list.ready(events, ~ASKED, question);
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // a virtual thread's yield lets the others run first
  private void runBetweenOthers(Poller master) {
    while (true) {
      if (dispatch(0) > 0) {
        Thread.yield();
      } else {
        awaitIn(master);
      }
    }
  }

  private void awaitIn(Poller master) {
    try {
      master.await(descriptor(), descriptor(), Deadline.READABLE, Deadline.NEVER);
    } catch (IOException e) {
      throw new IllegalStateException("nobody closes or interrupts the poller", e);
    }
  }

  private void run() {
    while (true) {
      dispatch(-1);
    }
  }

  /** The kernel's queue. */
  abstract FileDescriptor descriptor();

  /**
   * Asks the kernel to tell once when one of the events has come about.
   *
   * @return false for a descriptor that is always ready, such as a file's
   */
  abstract boolean register(int number, int events) throws PosixException;

  /** Asks the kernel to tell no more. */
  abstract void unregister(int number);

  /**
   * Calls {@link #ready} for each descriptor that is.
   *
   * @param timeout milliseconds, or -1 to wait without end
   * @return how many there were, or less than 0
   */
  abstract int dispatch(int timeout);
}
