package org.posixipc;

import java.io.IOException;
import jnr.constants.platform.Errno;
import org.jspecify.annotations.Nullable;
import org.posixipc.internal.abi.Kevent;
import org.posixipc.libc.DarwinLibC;
import org.posixipc.libc.Native;

/** By EVFILT_PROC of macOS's kqueue(2), which tells of a process's end by its number. */
final class KqueueReaper extends Reaper {
  private static final DarwinLibC LIBC = Native.darwin();
  private static final int EVENTS = 64;

  private final FileDescriptor queue;

  KqueueReaper() throws IOException {
    queue = new FileDescriptor(Check.call("kqueue", "", LIBC::kqueue), "reaper");
    start("posix-ipc reaper", this::run);
  }

  @Override
  @Nullable FileDescriptor descriptor(int pid) {
    return null;
  }

  @Override
  void register(ChildProcess child) throws IOException {
    Scratch.Area event = Scratch.ofThread().structs(Kevent.SIZE);
    Kevent.putProcessExit(event.buffer, child.pid(), child.key);
    try {
      queue.held("kevent", child, () -> LIBC.kevent(queue.number, event.address, 1, 0, 0, 0));
    } catch (PosixException e) {
      // It has ended already, and is a zombie.
      if (!e.is(Errno.ESRCH) || !child.reap()) {
        throw e;
      }
    }
  }

  private void run() {
    Scratch.Area events = new Scratch.Area(EVENTS * Kevent.SIZE);
    while (true) {
      int count = LIBC.kevent(queue.number, 0, 0, events.address, EVENTS, 0);
      for (int i = 0; i < count; i++) {
        ended(Kevent.data(events.buffer, i));
      }
    }
  }
}
