package org.posixipc.internal.abi;

import java.nio.ByteBuffer;

/**
 * {@code struct sigaction}: the handler, and then the mask and the flags, which systems place
 * differently.
 *
 * @param size the struct's size
 * @param maskOffset where the signals are that wait while the handler runs
 * @param flagsOffset where the int with SA_RESTART and its like is
 * @see <a href="https://man7.org/linux/man-pages/man2/sigaction.2.html">sigaction(2)</a>
 */
public record SigAction(int size, int maskOffset, int flagsOffset) {
  private static final int HANDLER = 0;

  /** SIG_DFL, on every system. */
  public static final long DEFAULT = 0;

  /**
   * Writes a struct at the buffer's first byte: no signal waits, and a call that the signal
   * interrupts isn't begun again, as there is no SA_RESTART.
   */
  public void put(ByteBuffer struct, long handler) {
    for (int i = 0; i < size; i++) {
      struct.put(i, (byte) 0);
    }
    struct.putLong(HANDLER, handler);
  }

  /** The handler's address, or {@link #DEFAULT}. */
  public long handler(ByteBuffer struct) {
    return struct.getLong(HANDLER);
  }
}
