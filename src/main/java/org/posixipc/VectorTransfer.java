package org.posixipc;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.posixipc.internal.abi.Iovec;
import org.posixipc.libc.LibC;
import org.posixipc.libc.Native;

/**
 * Moves bytes between several buffers and a descriptor whose number is held, in one call: the
 * gathering and scattering twins of {@link Transfer}, under the same rules.
 */
final class VectorTransfer {
  private static final LibC LIBC = Native.libc();

  /** Linux moves no more in one call, whatever is asked; macOS refuses above INT_MAX. */
  private static final int MAX_TOTAL = 0x7ffff000;

  private static final ByteBuffer[] NO_BUFFERS = {};

  private ByteBuffer[] buffers = NO_BUFFERS;
  private int end;
  private Scratch.Area iovec;
  private Scratch.Area bytes;

  /** The first buffer that may have something left. */
  private int first;

  /** How many structs {@link #describe} wrote, and how many bytes they name together. */
  private int structs;

  private int asked;

  VectorTransfer(Scratch scratch) {
    this.iovec = scratch.structs(0);
    this.bytes = scratch.bytes(0);
  }

  /** A thread has one, for all its calls: none of them allocates. */
  private static VectorTransfer begin(
      DescriptorNumber owner, ByteBuffer[] buffers, int offset, int length) {
    if (owner.carries != SocketType.STREAM && length > Iovec.MAX) {
      throw new IllegalArgumentException(
          "a message has at most " + Iovec.MAX + " buffers, this one has " + length);
    }
    Scratch scratch = Scratch.ofThread();
    VectorTransfer transfer = scratch.vectorTransfer();
    long heap = 0;
    for (int i = offset; i < offset + length; i++) {
      heap += buffers[i].isDirect() ? 0 : buffers[i].remaining();
    }
    transfer.buffers = buffers;
    transfer.first = offset;
    transfer.end = offset + length;
    transfer.iovec = scratch.structs(Math.min(length, Iovec.MAX) * Iovec.SIZE);
    transfer.bytes = scratch.bytes(Transfer.piece(owner, (int) Math.min(heap, MAX_TOTAL)));
    return transfer;
  }

  /**
   * Lets go of the caller's buffers. Until here the fields keep them reachable, and with them the
   * memory that the kernel was given.
   */
  private void end() {
    buffers = NO_BUFFERS;
    bytes = Scratch.ofThread().bytes(0);
  }

  /** readv(2); -1 at end of file, 0 if there is no room or the call would have to wait. */
  static long read(DescriptorNumber owner, ByteBuffer[] dsts, int offset, int length)
      throws IOException {
    VectorTransfer transfer = begin(owner, dsts, offset, length);
    try {
      transfer.describe(false);
      if (transfer.asked == 0) {
        return 0;
      }
      while (true) {
        long n = LIBC.readv(owner.number, transfer.iovec.address, transfer.structs);
        if (n >= 0) {
          transfer.advance((int) n, true);
          return n == 0 && owner.carries != SocketType.DGRAM ? -1 : n;
        }
        if (Check.wouldBlock("readv", owner)) {
          return 0;
        }
      }
    } finally {
      transfer.end();
    }
  }

  /** writev(2), again while the kernel takes all that one call can describe. */
  static long write(DescriptorNumber owner, ByteBuffer[] srcs, int offset, int length)
      throws IOException {
    VectorTransfer transfer = begin(owner, srcs, offset, length);
    long done = 0;
    try {
      while (true) {
        transfer.describe(true);
        if (transfer.asked == 0) {
          return done;
        }
        long n = LIBC.writev(owner.number, transfer.iovec.address, transfer.structs);
        if (n >= 0) {
          transfer.advance((int) n, false);
          done += n;
          if (n < transfer.asked) {
            return done;
          }
          owner.checkOpen();
        } else if (Check.wouldBlock("writev", owner)) {
          return done;
        }
      }
    } finally {
      transfer.end();
    }
  }

  /** Writes an iovec for what is left, as far as one call and the scratch memory go. */
  private void describe(boolean copyOut) {
    structs = 0;
    asked = 0;
    int copied = 0;
    for (int i = first; i < end && structs < Iovec.MAX; i++) {
      ByteBuffer buffer = buffers[i];
      int position = buffer.position();
      int length = Math.min(buffer.remaining(), MAX_TOTAL - asked);
      long address;
      if (buffer.isDirect()) {
        address = Scratch.ofThread().addressOf(buffer) + position;
      } else {
        length = Math.min(length, bytes.buffer.capacity() - copied);
        address = bytes.address + copied;
        if (copyOut) {
          bytes.buffer.put(copied, buffer, position, length);
        }
        copied += length;
      }
      if (length > 0) {
        Iovec.put(iovec.buffer, structs++, address, length);
        asked += length;
      }
      if (length < buffer.remaining()) {
        return;
      }
    }
  }

  /** Moves the positions over {@code count} bytes, in order. */
  private void advance(int count, boolean copyIn) {
    int left = count;
    int copied = 0;
    while (left > 0 && first < end) {
      ByteBuffer buffer = buffers[first];
      int position = buffer.position();
      int part = Math.min(left, buffer.remaining());
      if (copyIn && !buffer.isDirect()) {
        buffer.put(position, bytes.buffer, copied, part);
        copied += part;
      }
      buffer.position(position + part);
      left -= part;
      if (left > 0) {
        first++;
      }
    }
  }
}
