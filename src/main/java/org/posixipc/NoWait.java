package org.posixipc;

import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.util.function.LongSupplier;
import jnr.constants.platform.Errno;
import jnr.constants.platform.Fcntl;
import org.posixipc.internal.abi.Abi;
import org.posixipc.internal.abi.Iovec;
import org.posixipc.internal.abi.PollFd;
import org.posixipc.libc.LibC;
import org.posixipc.libc.Native;

/**
 * read(2) and its kin for those who wait elsewhere than in them: with a deadline, or on a virtual
 * thread. They don't wait, and O_NONBLOCK, which others may share, stays as it is.
 *
 * <p>It is RWF_NOWAIT of preadv2(2) that does so on Linux. Pipes have it since 6.4, sockets for
 * longer. Elsewhere poll(2) is asked first. Another thread or process may then be faster, and the
 * call waits after all, until there is something or the descriptor is closed.
 */
final class NoWait {
  /** Stands for EAGAIN. */
  static final int WOULD_WAIT = -2;

  private static final int ASK_PLAINLY = -3;
  private static final LibC LIBC = Native.libc();
  private static final int EAGAIN = Abi.host().value(Errno.EAGAIN);
  private static final int EOPNOTSUPP = Abi.host().value(Errno.EOPNOTSUPP);
  private static final int GETPIPE_SZ = (int) Abi.host().find(Fcntl.F_GETPIPE_SZ).orElse(0);
  private static final int FROM_HERE = -1;

  /**
   * A terminal that is ready has room for 256 bytes on Linux, in which each line's end takes two.
   */
  private static final int TERMINAL_WRITE = 128;

  /** Whether pipes have RWF_NOWAIT, which of all have had it last. */
  private static final boolean EXISTS = Abi.host().hasAtomicCloseOnExec() && exists();

  private NoWait() {}

  private static boolean exists() {
    try (Pipe pipe = Pipe.open()) {
      int empty = pipe.readEnd().number;
      Scratch.Area area = new Scratch.Area(Iovec.SIZE + 1);
      Iovec.put(area.buffer, 0, area.address + Iovec.SIZE, 1);
      return Native.linux().preadv2(empty, area.address, 1, FROM_HERE, Iovec.RWF_NOWAIT) < 0
          && Native.errno() == EAGAIN;
    } catch (IOException | UnsatisfiedLinkError e) {
      // No descriptor left for this question, or a C library without the function.
      return false;
    }
  }

  /** How many bytes a stream that is ready takes without waiting, as far as is known. */
  static int most(DescriptorNumber owner) {
    return EXISTS || owner.carries != SocketType.STREAM ? Integer.MAX_VALUE : Pipe.ATOMIC_WRITE;
  }

  /** read(2); -1 and errno, or {@link #WOULD_WAIT}. */
  static long read(DescriptorNumber owner, Scratch scratch, long address, int count)
      throws IOException {
    return readv(owner, scratch, describe(scratch, address, count), 1);
  }

  /** write(2) of {@link #most} bytes; -1 and errno, or {@link #WOULD_WAIT}. */
  static long write(DescriptorNumber owner, Scratch scratch, long address, int count)
      throws IOException {
    int length = Math.min(count, most(owner));
    return writev(owner, scratch, describe(scratch, address, length), 1);
  }

  private static long describe(Scratch scratch, long address, int count) {
    Scratch.Area iovec = scratch.structs(Iovec.SIZE);
    Iovec.put(iovec.buffer, 0, address, count);
    return iovec.address;
  }

  /** readv(2); -1 and errno, or {@link #WOULD_WAIT}. */
  static long readv(DescriptorNumber owner, Scratch scratch, long iovec, int count)
      throws IOException {
    int number = owner.number;
    if (EXISTS) {
      long n =
          outcome(owner, Native.linux().preadv2(number, iovec, count, FROM_HERE, Iovec.RWF_NOWAIT));
      if (n != ASK_PLAINLY) {
        return n;
      }
    }
    LongSupplier plain = () -> LIBC.readv(number, iovec, count);
    return whenReady(owner, scratch, Deadline.READABLE, plain);
  }

  /** writev(2); -1 and errno, or {@link #WOULD_WAIT}. */
  static long writev(DescriptorNumber owner, Scratch scratch, long iovec, int count)
      throws IOException {
    int number = owner.number;
    if (EXISTS) {
      long n =
          outcome(
              owner, Native.linux().pwritev2(number, iovec, count, FROM_HERE, Iovec.RWF_NOWAIT));
      if (n != ASK_PLAINLY) {
        return n;
      }
    }
    int structs = fit(owner, scratch, count);
    LongSupplier plain = () -> LIBC.writev(number, iovec, structs);
    return whenReady(owner, scratch, Deadline.WRITABLE, plain);
  }

  /** Cuts what a plain call writes to what there is room for, if it is ready; how many structs. */
  private static int fit(DescriptorNumber owner, Scratch scratch, int count) {
    return owner.isFile()
        ? count
        : Iovec.limit(scratch.structs(count * Iovec.SIZE).buffer, count, room(owner.number));
  }

  /** How many bytes there is room for, at least, in what has no RWF_NOWAIT and is ready. */
  private static int room(int number) {
    boolean mayBeTerminal = EXISTS && Native.fcntl(number, GETPIPE_SZ, 0) < 0;
    return mayBeTerminal ? TERMINAL_WRITE : Pipe.ATOMIC_WRITE;
  }

  /** What a call without waiting came to; -1 with errno as it was. */
  private static long outcome(DescriptorNumber owner, long n) {
    if (n >= 0) {
      return n;
    }
    int errno = Native.errno();
    if (errno == EAGAIN) {
      // A file that isn't in memory: that it would wait is true, but nothing tells when no more.
      return owner.isFile() ? ASK_PLAINLY : WOULD_WAIT;
    }
    return errno == EOPNOTSUPP ? ASK_PLAINLY : n;
  }

  /** Makes a call that may wait, once poll(2) says that it needn't. */
  static long whenReady(DescriptorNumber owner, Scratch scratch, int events, LongSupplier call)
      throws IOException {
    if (!isReady(owner, scratch, events)) {
      return WOULD_WAIT;
    }
    if (!VirtualThreads.isCurrent()) {
      return call.getAsLong();
    }
    // Should it wait, then it is the carrier that a close has to wake.
    Whereabouts carrier = scratch.whereabouts;
    carrier.ofThisThread();
    carrier.in(owner.number);
    try {
      VarHandle.fullFence(); // A closer looks after it has closed, and this the other way round.
      owner.checkOpen();
      return call.getAsLong();
    } finally {
      carrier.out();
      VarHandle.fullFence();
      if (owner.isClosed()) {
        Whereabouts.awaitSignals();
      }
    }
  }

  /** {@code poll(2)} without waiting. */
  static boolean isReady(DescriptorNumber owner, int events) throws IOException {
    Scratch scratch = ScratchPool.take();
    try {
      return isReady(owner, scratch, events);
    } finally {
      ScratchPool.giveBack(scratch);
    }
  }

  private static boolean isReady(DescriptorNumber owner, Scratch scratch, int events)
      throws IOException {
    Scratch.Area area = scratch.pollFd();
    PollFd.put(area.buffer, 0, owner.number, events);
    while (true) {
      int ready = LIBC.poll(area.address, 1, 0);
      if (ready >= 0) {
        return ready > 0;
      }
      Check.wouldBlock("poll", owner, owner);
    }
  }
}
