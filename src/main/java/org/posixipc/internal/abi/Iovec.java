package org.posixipc.internal.abi;

import java.nio.ByteBuffer;

/**
 * {@code struct iovec { void *iov_base; size_t iov_len; }}, the same on every 64-bit system.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/iovec.3type.html">iovec(3type)</a>
 */
public final class Iovec {
  public static final int SIZE = 16;

  /** How many one call may take. */
  public static final int MAX = Abi.host().value(Header.IOV_MAX);

  /** Of preadv2(2) and pwritev2(2), which Linux has: fail with EAGAIN rather than wait. */
  public static final int RWF_NOWAIT = 0x8;

  private static final int BASE = 0;
  private static final int LEN = 8;

  private Iovec() {}

  /**
   * Shortens an array that begins at the buffer's first byte to {@code most} bytes together.
   *
   * @return how many structs are left of {@code count}
   */
  public static int limit(ByteBuffer structs, int count, long most) {
    long left = most;
    for (int i = 0; i < count; i++) {
      long length = structs.getLong(i * SIZE + LEN);
      if (length >= left) {
        structs.putLong(i * SIZE + LEN, left);
        return i + 1;
      }
      left -= length;
    }
    return count;
  }

  /** Writes the struct number {@code index} of an array that begins at the buffer's first byte. */
  public static void put(ByteBuffer structs, int index, long base, long length) {
    structs.putLong(index * SIZE + BASE, base);
    structs.putLong(index * SIZE + LEN, length);
  }
}
