package org.posixipc;

import jnr.constants.platform.Fcntl;
import jnr.constants.platform.OpenFlags;
import org.posixipc.internal.abi.Abi;
import org.posixipc.internal.abi.Header;
import org.posixipc.libc.LibC;
import org.posixipc.libc.Native;

/**
 * The read end of a pipe that nobody writes: whatever is done with it returns at once, with end of
 * file or an error. (A socket wouldn't do: connect(2) on a Unix one waits for room in the backlog
 * before it looks whether the socket can be connected at all.)
 *
 * <p>It takes the place of a descriptor that is closed while threads are in the kernel with its
 * number, so that those who are about to wait don't. One serves all.
 */
final class DeadDescriptor {
  private static final LibC LIBC = Native.libc();
  private static final Abi ABI = Abi.host();
  private static final int O_CLOEXEC = ABI.value(OpenFlags.O_CLOEXEC);

  private static int number = -1;

  private DeadDescriptor() {}

  /**
   * Makes it, ahead of its use: a process that has run out of descriptors couldn't.
   *
   * @throws PosixException {@code EMFILE} if that is so already
   */
  static synchronized int make() throws PosixException {
    if (number < 0) {
      Scratch.Area ends = new Scratch.Area(2 * Integer.BYTES);
      if (ABI.hasAtomicCloseOnExec()) {
        Check.call("pipe2", "", () -> Native.linux().pipe2(ends.address, O_CLOEXEC));
      } else {
        Check.call("pipe", "", () -> LIBC.pipe(ends.address));
      }
      Check.close(ends.buffer.getInt(Integer.BYTES), "");
      int dead = ends.buffer.getInt(0);
      closeOnExec(dead);
      number = dead;
    }
    return number;
  }

  /**
   * {@code dup3(2)}, {@code dup2(2)} where there is none: makes an open number name this. What it
   * named is closed, as far as nobody is in the kernel with it.
   */
  static void takePlaceOf(int open) throws PosixException {
    int dead = make();
    if (ABI.hasAtomicCloseOnExec()) {
      Check.call("dup3", open, () -> Native.linux().dup3(dead, open, O_CLOEXEC));
    } else {
      Check.call("dup2", open, () -> LIBC.dup2(dead, open));
      closeOnExec(open);
    }
  }

  private static void closeOnExec(int open) throws PosixException {
    if (!ABI.hasAtomicCloseOnExec()) {
      int set = ABI.value(Fcntl.F_SETFD);
      int flag = ABI.value(Header.FD_CLOEXEC);
      Check.call("fcntl", open, () -> Native.fcntl(open, set, flag));
    }
  }
}
