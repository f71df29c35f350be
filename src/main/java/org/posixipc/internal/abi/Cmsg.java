package org.posixipc.internal.abi;

import java.nio.ByteBuffer;

/**
 * {@code struct cmsghdr}: ancillary data, a row of messages of a length, a level, a type and data.
 *
 * @param lengthSize the size of {@code cmsg_len}
 * @param alignment what each message's beginning is a multiple of
 * @see <a href="https://man7.org/linux/man-pages/man3/cmsg.3.html">cmsg(3)</a>
 */
public record Cmsg(int lengthSize, int alignment) {
  /** Takes the messages of a walk. */
  public interface Visitor {
    /**
     * One message, whose data are {@code length} bytes at {@code offset} of the buffer; never
     * beyond what the kernel says that it wrote.
     */
    void message(int level, int type, int offset, int length);
  }

  /** CMSG_LEN: a header and its data. */
  public int length(int data) {
    return headerSize() + data;
  }

  /** CMSG_SPACE: a header, its data, and what aligns the next. */
  public int space(int data) {
    return align(headerSize()) + align(data);
  }

  /** Writes a header at {@code at}; returns where its data goes. */
  public int put(ByteBuffer structs, int at, int level, int type, int data) {
    if (lengthSize == Long.BYTES) {
      structs.putLong(at, length(data));
    } else {
      structs.putInt(at, length(data));
    }
    structs.putInt(at + lengthSize, level);
    structs.putInt(at + lengthSize + Integer.BYTES, type);
    return at + headerSize();
  }

  /**
   * Visits the messages that stand from {@code start} to {@code end}. A header that is cut off, or
   * says that it is shorter than itself, ends the walk; data that would go beyond {@code end} is
   * cut there: macOS gives the full length of a message that it cut.
   */
  public void walk(ByteBuffer structs, int start, int end, Visitor visitor) {
    int limit = Math.min(end, structs.capacity());
    long at = start;
    while (at + headerSize() <= limit) {
      int header = (int) at;
      long length =
          lengthSize == Long.BYTES ? structs.getLong(header) : structs.getInt(header) & 0xffffffffL;
      if (length < headerSize()) {
        return;
      }
      int data = header + headerSize();
      visitor.message(
          structs.getInt(header + lengthSize),
          structs.getInt(header + lengthSize + Integer.BYTES),
          data,
          (int) Math.min(length - headerSize(), limit - data));
      if (length > limit - at) {
        return;
      }
      at += align((int) length);
    }
  }

  private int headerSize() {
    return lengthSize + 2 * Integer.BYTES;
  }

  private int align(int size) {
    return (size + alignment - 1) & -alignment;
  }
}
