package org.posixipc;

import java.io.IOException;
import jnr.constants.platform.Errno;
import org.posixipc.internal.abi.Abi;
import org.posixipc.internal.abi.EpollEvent;
import org.posixipc.libc.LinuxLibC;
import org.posixipc.libc.Native;

/** By epoll(7), whose events are those of poll(2). */
final class EpollPoller extends Poller {
  private static final LinuxLibC LIBC = Native.linux();
  private static final EpollEvent EVENT = Abi.host().epollEvent().orElseThrow();
  private static final int ENOENT = Abi.host().value(Errno.ENOENT);
  private static final int EPERM = Abi.host().value(Errno.EPERM);
  private static final int EVENTS = 512;

  private final FileDescriptor epoll;
  private final Scratch.Area events = new Scratch.Area(EVENTS * EVENT.size());

  EpollPoller() throws IOException {
    int number = Check.call("epoll_create1", "", () -> LIBC.epoll_create1(EpollEvent.CLOEXEC));
    epoll = new FileDescriptor(number, "poller");
  }

  @Override
  FileDescriptor descriptor() {
    return epoll;
  }

  /** Known from an earlier wait, mostly. */
  @Override
  boolean register(int number, int events) throws PosixException {
    Scratch scratch = ScratchPool.take();
    try {
      Scratch.Area event = scratch.structs(EVENT.size());
      EVENT.put(event.buffer, events | EpollEvent.ONESHOT, number);
      if (control(EpollEvent.CTL_MOD, number, event.address) == 0) {
        return true;
      }
      int errno = Native.errno();
      if (errno == ENOENT) {
        if (control(EpollEvent.CTL_ADD, number, event.address) == 0) {
          return true;
        }
        errno = Native.errno();
      }
      if (errno == EPERM) {
        return false;
      }
      throw Check.failure("epoll_ctl", "fd " + number, errno);
    } finally {
      ScratchPool.giveBack(scratch);
    }
  }

  /** It may be gone from the queue already, which is as good. */
  @Override
  void unregister(int number) {
    control(EpollEvent.CTL_DEL, number, 0);
  }

  private int control(int operation, int number, long event) {
    return LIBC.epoll_ctl(epoll.number, operation, number, event);
  }

  @Override
  int dispatch(int timeout) {
    int count = LIBC.epoll_wait(epoll.number, events.address, EVENTS, timeout);
    for (int i = 0; i < count; i++) {
      ready((int) EVENT.data(events.buffer, i), EVENT.events(events.buffer, i));
    }
    return count;
  }
}
