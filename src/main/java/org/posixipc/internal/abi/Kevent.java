package org.posixipc.internal.abi;

import java.nio.ByteBuffer;

/**
 * {@code struct kevent} of macOS: ident, filter, flags, fflags, data, udata; and the numbers by
 * which a queue watches for a process's end.
 */
public final class Kevent {
  public static final int SIZE = 32;

  private static final int IDENT = 0;
  private static final int FILTER = 8;
  private static final int FLAGS = 10;
  private static final int FFLAGS = 12;
  private static final int DATA = 16;
  private static final int UDATA = 24;

  private static final short EVFILT_PROC = -5;
  private static final short EV_ADD = 0x1;
  private static final short EV_ONESHOT = 0x10;
  private static final int NOTE_EXIT = 0x80000000;

  private Kevent() {}

  /**
   * Writes, at the buffer's first byte, that the end of {@code pid} is to be told, once, with data.
   */
  public static void putProcessExit(ByteBuffer structs, int pid, long data) {
    structs.putLong(IDENT, pid);
    structs.putShort(FILTER, EVFILT_PROC);
    structs.putShort(FLAGS, (short) (EV_ADD | EV_ONESHOT));
    structs.putInt(FFLAGS, NOTE_EXIT);
    structs.putLong(DATA, 0);
    structs.putLong(UDATA, data);
  }

  /** What came back with the event number {@code index}. */
  public static long data(ByteBuffer structs, int index) {
    return structs.getLong(index * SIZE + UDATA);
  }
}
