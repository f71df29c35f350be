package org.posixipc;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What virtual threads borrow their {@link Scratch} from, for as long as they are in the kernel.
 *
 * <p>No more of them are there at a time than have a carrier, whatever their number. A place that
 * is empty, or taken, is no reason to wait: a new one is made, or let go.
 */
final class ScratchPool {
  /** More than there are carriers, mostly; a power of 2. */
  private static final int PLACES = 64;

  private static final AtomicReferenceArray<Scratch> POOL = new AtomicReferenceArray<>(PLACES);

  private ScratchPool() {}

  /** The calling thread's until {@link #giveBack}, and to be used within this call alone. */
  static Scratch take() {
    if (!VirtualThreads.isCurrent()) {
      return Scratch.ofThread();
    }
    for (int i = 0; i < PLACES; i++) {
      Scratch scratch = POOL.get(i) == null ? null : POOL.getAndSet(i, null);
      if (scratch != null) {
        return scratch;
      }
    }
    return new Scratch();
  }

  static void giveBack(Scratch scratch) {
    if (!VirtualThreads.isCurrent()) {
      return;
    }
    for (int i = 0; i < PLACES; i++) {
      if (POOL.get(i) == null && POOL.compareAndSet(i, null, scratch)) {
        return;
      }
    }
  }
}
