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

  public static final short EVFILT_READ = -1;
  public static final short EVFILT_WRITE = -2;
  private static final short EVFILT_PROC = -5;
  private static final short EV_ADD = 0x1;
  private static final short EV_DELETE = 0x2;
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

  /** Writes, as the struct number {@code index}, that {@code filter} is to be told of, once. */
  public static void putOnce(ByteBuffer structs, int index, int number, short filter) {
    put(structs, index * SIZE, number, filter, (short) (EV_ADD | EV_ONESHOT));
  }

  /** Writes, as the struct number {@code index}, that {@code filter} is to be told of no more. */
  public static void putDelete(ByteBuffer structs, int index, int number, short filter) {
    put(structs, index * SIZE, number, filter, EV_DELETE);
  }

  private static void put(ByteBuffer structs, int at, int number, short filter, short flags) {
    structs.putLong(at + IDENT, number);
    structs.putShort(at + FILTER, filter);
    structs.putShort(at + FLAGS, flags);
    structs.putInt(at + FFLAGS, 0);
    structs.putLong(at + DATA, 0);
    structs.putLong(at + UDATA, number);
  }

  /** Which filter the event number {@code index} is of. */
  public static short filter(ByteBuffer structs, int index) {
    return structs.getShort(index * SIZE + FILTER);
  }

  /** What came back with the event number {@code index}. */
  public static long data(ByteBuffer structs, int index) {
    return structs.getLong(index * SIZE + UDATA);
  }
}
