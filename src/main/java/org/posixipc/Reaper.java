package org.posixipc;

import java.io.IOException;
import jnr.constants.platform.Errno;
import org.jspecify.annotations.Nullable;
import org.posixipc.internal.abi.Abi;
import org.posixipc.internal.abi.Pidfd;
import org.posixipc.libc.Native;

/**
 * Takes the status of each child when it ends, on one thread for all of them, so that none stays a
 * zombie.
 */
abstract class Reaper {
  /** Lazily: a program without children has no such thread. */
  private static final class Host {
    static final Reaper REAPER =
        Abi.host().epollEvent().isPresent() ? new EpollReaper() : new KqueueReaper();
  }

  static Reaper ofThisSystem() {
    return Host.REAPER;
  }

  /** Calls {@link ChildProcess#reap} when the child has ended. */
  abstract void watch(ChildProcess child) throws IOException;

  /** {@code pidfd_open(2)}; null where the system has none. */
  abstract @Nullable FileDescriptor descriptor(int pid) throws IOException;

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
    Thread thread = new Thread(null, work, name, 256 * 1024);
    thread.setDaemon(true);
    thread.start();
  }

  /** For the loop of a thread that nobody reads from: what fails for one child is that child's. */
  static void reap(ChildProcess child) {
    try {
      child.reap();
    } catch (IOException e) {
      System.getLogger("org.posixipc").log(System.Logger.Level.WARNING, "reaping " + child, e);
    }
  }

  /** Whether the system doesn't know the call, or forbids it to this process. */
  static boolean isMissing(PosixException e) {
    return e.is(Errno.ENOSYS) || e.is(Errno.EPERM);
  }
}
