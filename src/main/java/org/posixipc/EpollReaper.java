package org.posixipc;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.posixipc.internal.abi.Abi;
import org.posixipc.internal.abi.EpollEvent;
import org.posixipc.internal.abi.Pidfd;
import org.posixipc.libc.LinuxLibC;
import org.posixipc.libc.Native;

/**
 * By pidfds, which become readable when their process ends, and epoll. Linux before 5.3 has no
 * pidfds, and a process may have no descriptor left for one: a thread waits for such a child, and
 * leaves the status in place until it is taken under the lock that keeps signals from a number that
 * was given away.
 */
final class EpollReaper extends Reaper {
  private static final LinuxLibC LIBC = Native.linux();
  private static final EpollEvent EVENT = Abi.host().epollEvent().orElseThrow();
  private static final int EVENTS = 64;

  private final FileDescriptor epoll;

  EpollReaper() throws IOException {
    int number = Check.call("epoll_create1", "", () -> LIBC.epoll_create1(EpollEvent.CLOEXEC));
    epoll = new FileDescriptor(number, "reaper");
    start("posix-ipc reaper", this::run);
  }

  @Override
  @Nullable FileDescriptor descriptor(int pid) {
    try {
      // close-on-exec by itself.
      int number =
          Check.call("pidfd_open", pid, () -> (int) LIBC.syscall(Pidfd.SYS_OPEN, pid, 0, 0, 0));
      return new FileDescriptor(number, "pidfd of " + pid);
    } catch (PosixException e) {
      return null;
    }
  }

  @Override
  void register(ChildProcess child) {
    FileDescriptor pidfd = child.pidfd();
    if (pidfd == null || !added(child, pidfd)) {
      awaitOnThread(child);
    }
  }

  private boolean added(ChildProcess child, FileDescriptor pidfd) {
    Scratch.Area event = Scratch.ofThread().structs(EVENT.size());
    EVENT.put(event.buffer, EpollEvent.IN | EpollEvent.ONESHOT, child.key);
    return LIBC.epoll_ctl(epoll.number, EpollEvent.CTL_ADD, pidfd.number, event.address) == 0;
  }

  /** A child that was reaped meanwhile closed its pidfd, which took it out of the epoll. */
  private void run() {
    Scratch.Area events = new Scratch.Area(EVENTS * EVENT.size());
    while (true) {
      int count = LIBC.epoll_wait(epoll.number, events.address, EVENTS, -1);
      for (int i = 0; i < count; i++) {
        ended(EVENT.data(events.buffer, i));
      }
    }
  }
}
