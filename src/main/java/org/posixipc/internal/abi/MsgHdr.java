package org.posixipc.internal.abi;

import java.nio.ByteBuffer;

/**
 * {@code struct msghdr}: what sendmsg(2) and recvmsg(2) take. Lengths of {@code iov} and {@code
 * control} are 8 bytes on Linux, 4 on macOS.
 *
 * @param size the struct's size
 * @param lengthSize the size of {@code msg_iovlen} and {@code msg_controllen}
 * @param flagsOffset where {@code msg_flags} is
 * @see <a href="https://man7.org/linux/man-pages/man2/recvmsg.2.html">recvmsg(2)</a>
 */
public record MsgHdr(int size, int lengthSize, int flagsOffset) {
  private static final int NAME = 0;
  private static final int NAME_LENGTH = 8;
  private static final int IOV = 16;
  private static final int IOV_LENGTH = 24;
  private static final int CONTROL = 32;
  private static final int CONTROL_LENGTH = 40;

  /** Writes the struct at {@code at}: addresses, 0 for none, and what is at them. */
  public void put(ByteBuffer structs, int at, long name, int nameLength, long iov, int iovLength) {
    structs.putLong(at + NAME, name);
    structs.putLong(at + NAME_LENGTH, nameLength);
    structs.putLong(at + IOV, iov);
    putLength(structs, at + IOV_LENGTH, iovLength);
    putControl(structs, at, 0, 0);
    structs.putInt(at + flagsOffset, 0);
  }

  /** Sets the ancillary data of the struct at {@code at}. */
  public void putControl(ByteBuffer structs, int at, long control, int controlLength) {
    structs.putLong(at + CONTROL, control);
    putLength(structs, at + CONTROL_LENGTH, controlLength);
  }

  /** How long the peer's address is. */
  public int nameLength(ByteBuffer structs, int at) {
    return structs.getInt(at + NAME_LENGTH);
  }

  /** How many bytes of ancillary data there are. */
  public int controlLength(ByteBuffer structs, int at) {
    return lengthSize == Long.BYTES
        ? (int) Math.min(Integer.MAX_VALUE, structs.getLong(at + CONTROL_LENGTH))
        : structs.getInt(at + CONTROL_LENGTH);
  }

  /** MSG_TRUNC, MSG_CTRUNC and so on; good after a call that succeeded, alone. */
  public int flags(ByteBuffer structs, int at) {
    return structs.getInt(at + flagsOffset);
  }

  private void putLength(ByteBuffer structs, int offset, int length) {
    if (lengthSize == Long.BYTES) {
      structs.putLong(offset, length);
    } else {
      structs.putInt(offset, length);
    }
  }
}
