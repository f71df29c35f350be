package org.posixipc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jnr.constants.platform.Errno;
import jnr.constants.platform.WaitFlags;
import org.jspecify.annotations.Nullable;
import org.posixipc.internal.abi.Abi;
import org.posixipc.internal.abi.EpollEvent;
import org.posixipc.internal.abi.Pidfd;
import org.posixipc.libc.LinuxLibC;
import org.posixipc.libc.Native;

/**
 * By pidfds, which become readable when their process ends, and epoll. Linux before 5.3 has no
 * pidfds: there a thread a child waits, and leaves the status in place until it is taken under the
 * lock that keeps signals from a number that was given away.
 */
final class EpollReaper extends Reaper {
  private static final LinuxLibC LIBC = Native.linux();
  private static final EpollEvent EVENT = Abi.host().epollEvent().orElseThrow();
  private static final int EVENTS = 64;
  private static final int EINTR = Abi.host().value(Errno.EINTR);
  private static final int P_PID = 1;
  private static final int WEXITED = Abi.host().value(WaitFlags.WEXITED);
  private static final int WNOWAIT = Abi.host().value(WaitFlags.WNOWAIT);

  private final FileDescriptor epoll;
  private final Map<Long, ChildProcess> children = new ConcurrentHashMap<>();

  EpollReaper() {
    try {
      int number = Check.call("epoll_create1", "", () -> LIBC.epoll_create1(EpollEvent.CLOEXEC));
      epoll = new FileDescriptor(number, "reaper");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start("posix-ipc reaper", this::run);
  }

  @Override
  @Nullable FileDescriptor descriptor(int pid) throws IOException {
    try {
      // close-on-exec by itself.
      int number =
          Check.call("pidfd_open", pid, () -> (int) LIBC.syscall(Pidfd.SYS_OPEN, pid, 0, 0, 0));
      return new FileDescriptor(number, "pidfd of " + pid);
    } catch (PosixException e) {
      if (isMissing(e)) {
        return null;
      }
      throw e;
    }
  }

  @Override
  void watch(ChildProcess child) throws IOException {
    FileDescriptor pidfd = child.pidfd();
    if (pidfd == null) {
      start("posix-ipc waits for " + child, () -> awaitAndReap(child));
      return;
    }
    long key = child.pid();
    children.put(key, child);
    Scratch.Area event = Scratch.ofThread().structs(EVENT.size());
    EVENT.put(event.buffer, EpollEvent.IN | EpollEvent.ONESHOT, key);
    try {
      epoll.held(
          "epoll_ctl",
          child,
          () -> LIBC.epoll_ctl(epoll.number, EpollEvent.CTL_ADD, pidfd.number, event.address));
    } catch (IOException e) {
      children.remove(key, child);
      throw e;
    }
  }

  /** The zombie keeps its number until it is reaped, under the lock. */
  private static void awaitAndReap(ChildProcess child) {
    while (Native.libc().waitid(P_PID, child.pid(), 0, WEXITED | WNOWAIT) < 0
        && Native.errno() == EINTR) {
      // Once more.
    }
    reap(child);
  }

  /** A child that was reaped meanwhile closed its pidfd, which took it out of the epoll. */
  private void run() {
    Scratch.Area events = new Scratch.Area(EVENTS * EVENT.size());
    while (true) {
      int count = LIBC.epoll_wait(epoll.number, events.address, EVENTS, -1);
      for (int i = 0; i < count; i++) {
        ChildProcess child = children.remove(EVENT.data(events.buffer, i));
        if (child != null) {
          reap(child);
        }
      }
    }
  }
}
