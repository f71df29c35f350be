package org.posixipc;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jnr.constants.platform.Errno;
import jnr.constants.platform.WaitFlags;
import org.jspecify.annotations.Nullable;
import org.posixipc.internal.abi.Abi;
import org.posixipc.internal.abi.Pidfd;
import org.posixipc.libc.Native;

/**
 * Takes the status of each child when it ends, on one thread for all of them, so that none stays a
 * zombie.
 */
abstract class Reaper {
  private static final int P_PID = 1;
  private static final int EINTR = Abi.host().value(Errno.EINTR);
  private static final int ENDED =
      Abi.host().value(WaitFlags.WEXITED) | Abi.host().value(WaitFlags.WNOWAIT);

  /** More than siginfo_t of either system: 128 bytes on Linux, 104 on macOS. */
  static final int SIGINFO_SIZE = 128;

  private static @Nullable Reaper host;

  /** Those that wait for their end, by their keys. */
  private final Map<Long, ChildProcess> children = new ConcurrentHashMap<>();

  /** Made for the first child: a program without children has no such thread. */
  static synchronized Reaper ofThisSystem() throws IOException {
    if (host == null) {
      host = Abi.host().epollEvent().isPresent() ? new EpollReaper() : new KqueueReaper();
    }
    return host;
  }

  /** Calls {@link ChildProcess#reap} when the child has ended. */
  final void watch(ChildProcess child) throws IOException {
    children.put(child.key, child);
    boolean registered = false;
    try {
      register(child);
      registered = true;
    } finally {
      if (!registered) {
        forget(child);
      }
    }
  }

  /** Sees to it that {@link #ended} is called with the child's key, soon after its end. */
  abstract void register(ChildProcess child) throws IOException;

  /**
   * {@code pidfd_open(2)}; null where the system has none, or none to give. It is too late to fail:
   * the child's program runs.
   */
  abstract @Nullable FileDescriptor descriptor(int pid);

  /** For a child whose status was taken by whoever waited for it. */
  final void forget(ChildProcess child) {
    children.remove(child.key);
  }

  /** Takes the status of a child that has ended; it may have been taken before. */
  final void ended(long key) {
    ChildProcess child = children.get(key);
    if (child == null) {
      return;
    }
    try {
      if (!child.reap()) {
        // Its end was told before the kernel lets it be waited for, as happens under a tracer.
        awaitEnd(child);
        child.reap();
      }
    } catch (IOException e) {
      System.getLogger("org.posixipc").log(System.Logger.Level.WARNING, "reaping " + child, e);
    }
  }

  /** Where nothing else tells of its end: a thread waits for this child alone. */
  final void awaitOnThread(ChildProcess child) {
    start(
        "posix-ipc waits for " + child,
        () -> {
          awaitEnd(child);
          ended(child.key);
        });
  }

  /** {@code waitid(2)}: waits and leaves the zombie, which keeps its number until it is reaped. */
  static void awaitEnd(ChildProcess child) {
    Scratch.Area info = Scratch.ofThread().structs(SIGINFO_SIZE);
    while (Native.libc().waitid(P_PID, child.pid(), info.address, ENDED) < 0
        && Native.errno() == EINTR) {
      // Once more.
    }
  }

  /** {@code pidfd_send_signal(2)}. */
  static void signal(FileDescriptor pidfd, Signal signal, Object subject) throws IOException {
    pidfd.held(
        "pidfd_send_signal",
        subject,
        () ->
            (int)
                Native.linux().syscall(Pidfd.SYS_SEND_SIGNAL, pidfd.number, signal.number(), 0, 0));
  }

  /** A daemon thread with room for what JNR needs, and no more. */
  static void start(String name, Runnable work) {
    Thread thread = new Thread(null, work, name, 256 * 1024, false);
    thread.setDaemon(true);
    thread.start();
  }
}
