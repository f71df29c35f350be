package org.posixipc;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
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

  /**
   * Those that wait, by their descriptors' numbers. A list is changed, and the kernel is asked,
   * under the map's lock of its number; so after {@link #forget} nothing about a descriptor that is
   * closed reaches the kernel.
   */
  private final Map<Integer, List<Parked>> waiting = new ConcurrentHashMap<>();

  /** Made for the first wait: a program without virtual threads has none of this. */
  private static final class OfThisSystem {
    static final Poller MASTER = create();
    static final Poller POLLER = create();

    static {
      Reaper.start("posix-ipc master poller", MASTER::run);
      VirtualThreads.start("posix-ipc poller", POLLER::runBetweenOthers);
    }

    private static Poller create() {
      try {
        return Abi.host().epollEvent().isPresent() ? new EpollPoller() : new KqueuePoller();
      } catch (IOException e) {
        throw new IllegalStateException("virtual threads can't wait for descriptors", e);
      }
    }
  }

  /** A thread that waits for a descriptor. */
  static final class Parked {
    private final Thread thread = Thread.currentThread();
    private final DescriptorNumber owner;
    private final int events;
    private volatile boolean awake;
    private @Nullable PosixException failure;

    Parked(DescriptorNumber owner, int events) {
      this.owner = owner;
      this.events = events;
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

  /**
   * Parks the calling thread until the descriptor is ready. The caller is among those inside.
   *
   * @param target what an interrupt closes
   * @return false if the deadline comes first
   */
  static boolean park(DescriptorChannel owner, Closeable target, int events, Deadline deadline)
      throws IOException {
    return OfThisSystem.POLLER.await(owner, target, events, deadline);
  }

  private boolean await(DescriptorChannel owner, Closeable target, int events, Deadline deadline)
      throws IOException {
    Parked parked = new Parked(owner, events);
    add(parked);
    try {
      while (!parked.awake) {
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

  /** Begins to wait for several; each is {@link #stop}ped afterwards. */
  static void start(List<Parked> all) throws IOException {
    for (Parked parked : all) {
      OfThisSystem.POLLER.add(parked);
    }
  }

  static void stop(List<Parked> all) {
    all.forEach(OfThisSystem.POLLER::remove);
  }

  /** For a descriptor that is about to be closed: wakes those that wait for it. */
  static void forget(DescriptorNumber owner) {
    Poller poller = OfThisSystem.POLLER;
    poller.waiting.compute(
        owner.number,
        (number, list) -> {
          poller.unregister(number);
          if (list != null) {
            list.forEach(Parked::wake);
          }
          return null;
        });
  }

  private void add(Parked parked) throws PosixException {
    DescriptorNumber owner = parked.owner;
    // Said before it is looked whether the owner is closed; a closer does the same the other way.
    owner.polled = true;
    waiting.compute(
        owner.number,
        (number, list) -> {
          List<Parked> all = list == null ? new ArrayList<>(1) : list;
          all.add(parked);
          if (owner.isClosed() || !registered(parked, all)) {
            all.remove(parked);
            parked.awake = true;
          }
          return all.isEmpty() ? null : all;
        });
    if (parked.failure != null) {
      throw parked.failure;
    }
  }

  /** False for what is always ready, or can't be waited for. */
  private boolean registered(Parked parked, List<Parked> all) {
    try {
      return register(parked.owner.number, events(all));
    } catch (PosixException e) {
      parked.failure = e;
      return false;
    }
  }

  private void remove(Parked parked) {
    if (!parked.awake) {
      waiting.computeIfPresent(
          parked.owner.number,
          (number, list) -> {
            list.remove(parked);
            return list.isEmpty() ? null : list;
          });
    }
  }

  private static int events(List<Parked> all) {
    int events = 0;
    for (Parked parked : all) {
      events |= parked.events;
    }
    return events;
  }

  /** What the kernel tells; an error is for all that wait. */
  final void ready(int descriptor, int events) {
    waiting.computeIfPresent(
        descriptor,
        (number, list) -> {
          list.removeIf(
              parked -> {
                boolean itsOwn = (events & (parked.events | ~ASKED)) != 0;
                if (itsOwn) {
                  parked.wake();
                }
                return itsOwn;
              });
          if (!list.isEmpty()) {
            askAgain(number, list);
          }
          return list.isEmpty() ? null : list;
        });
  }

  /** The kernel was asked for all of them, and answered once. */
  private void askAgain(int number, List<Parked> rest) {
    try {
      register(number, events(rest));
    } catch (PosixException e) {
      // They ask themselves, and are told.
      rest.forEach(Parked::wake);
      rest.clear();
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // a virtual thread's yield lets the others run first
  private void runBetweenOthers() {
    while (true) {
      if (dispatch(0) > 0) {
        Thread.yield();
      } else {
        awaitMaster();
      }
    }
  }

  private void awaitMaster() {
    try {
      OfThisSystem.MASTER.await(descriptor(), descriptor(), Deadline.READABLE, Deadline.NEVER);
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
