package org.posixipc;

import java.io.IOException;
import org.posixipc.internal.abi.Kevent;
import org.posixipc.libc.DarwinLibC;
import org.posixipc.libc.Native;

/** By macOS's kqueue(2), which has a filter for reading and one for writing. */
final class KqueuePoller extends Poller {
  private static final DarwinLibC LIBC = Native.darwin();
  private static final int EVENTS = 512;
  private static final int TIMESPEC_SIZE = 16;

  private final FileDescriptor queue;
  private final Scratch.Area events = new Scratch.Area(EVENTS * Kevent.SIZE);
  private final Scratch.Area noTime = new Scratch.Area(TIMESPEC_SIZE);

  KqueuePoller() throws IOException {
    queue = new FileDescriptor(Check.call("kqueue", "", LIBC::kqueue), "poller");
  }

  @Override
  FileDescriptor descriptor() {
    return queue;
  }

  @Override
  boolean register(int number, int events) throws PosixException {
    Scratch scratch = ScratchPool.take();
    try {
      Scratch.Area changes = scratch.structs(2 * Kevent.SIZE);
      int count = 0;
      if ((events & ~Deadline.WRITABLE) != 0) {
        Kevent.putOnce(changes.buffer, count++, number, Kevent.EVFILT_READ);
      }
      if ((events & Deadline.WRITABLE) != 0) {
        Kevent.putOnce(changes.buffer, count++, number, Kevent.EVFILT_WRITE);
      }
      int all = count;
      Check.call("kevent", "fd " + number, () -> change(changes, all));
      return true;
    } finally {
      ScratchPool.giveBack(scratch);
    }
  }

  /** One that has been told is gone from the queue already, which is as good. */
  @Override
  void unregister(int number) {
    for (short filter : new short[] {Kevent.EVFILT_READ, Kevent.EVFILT_WRITE}) {
      Scratch.Area changes = new Scratch.Area(Kevent.SIZE);
      Kevent.putDelete(changes.buffer, 0, number, filter);
      change(changes, 1);
    }
  }

  private int change(Scratch.Area changes, int count) {
    return LIBC.kevent(queue.number, changes.address, count, 0, 0, 0);
  }

  @Override
  int dispatch(int timeout) {
    long until = timeout < 0 ? 0 : noTime.address;
    int count = LIBC.kevent(queue.number, 0, 0, events.address, EVENTS, until);
    for (int i = 0; i < count; i++) {
      boolean read = Kevent.filter(events.buffer, i) == Kevent.EVFILT_READ;
      int told = read ? ~Deadline.WRITABLE : Deadline.WRITABLE;
      ready((int) Kevent.data(events.buffer, i), told);
    }
    return count;
  }
}
