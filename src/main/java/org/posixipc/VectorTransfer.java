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
  private final Scratch scratch;
  private Scratch.Area iovec;
  private Scratch.Area bytes;

  /** The first buffer that may have something left. */
  private int first;

  /** How many structs {@link #describe} wrote, and how many bytes they name together. */
  private int structs;

  private int asked;

  /** How many bytes one call may ask for. */
  private int most;

  VectorTransfer(Scratch scratch) {
    this.scratch = scratch;
    this.iovec = scratch.structs(0);
    this.bytes = scratch.bytes(0);
  }

  /** A thread has one, for all its calls: none of them allocates. */
  private static VectorTransfer begin(
      DescriptorNumber owner, Scratch scratch, ByteBuffer[] buffers, int offset, int length) {
    if (owner.carries != SocketType.STREAM && length > Iovec.MAX) {
      throw new IllegalArgumentException(
          "a message has at most " + Iovec.MAX + " buffers, this one has " + length);
    }
    VectorTransfer transfer = scratch.vectorTransfer();
    long heap = 0;
    for (int i = offset; i < offset + length; i++) {
      heap += buffers[i].isDirect() ? 0 : buffers[i].remaining();
    }
    transfer.buffers = buffers;
    transfer.first = offset;
    transfer.most = MAX_TOTAL;
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
    bytes = scratch.bytes(0);
  }

  /** readv(2); -1 at end of file, 0 if there is no room, or WOULD_WAIT. */
  static long read(
      DescriptorNumber owner, Scratch scratch, ByteBuffer[] dsts, int offset, int length, int flags)
      throws IOException {
    VectorTransfer transfer = begin(owner, scratch, dsts, offset, length);
    try {
      transfer.describe(false);
      if (transfer.asked == 0) {
        return 0;
      }
      while (true) {
        long iovec = transfer.iovec.address;
        long n =
            flags == Transfer.NO_WAIT
                ? NoWait.readv(owner, scratch, iovec, transfer.structs)
                : LIBC.readv(owner.number, iovec, transfer.structs);
        if (n >= 0) {
          transfer.advance((int) n, true);
          return n == 0 && owner.carries != SocketType.DGRAM ? -1 : n;
        }
        if (n == Transfer.WOULD_WAIT || Check.wouldBlock("readv", owner, owner)) {
          return Transfer.WOULD_WAIT;
        }
      }
    } finally {
      transfer.end();
    }
  }

  /** writev(2), again while the kernel takes all that one call can describe; or WOULD_WAIT. */
  static long write(
      DescriptorNumber owner, Scratch scratch, ByteBuffer[] srcs, int offset, int length, int flags)
      throws IOException {
    VectorTransfer transfer = begin(owner, scratch, srcs, offset, length);
    boolean waits = flags != Transfer.NO_WAIT;
    transfer.most = waits ? MAX_TOTAL : Math.min(MAX_TOTAL, NoWait.most(owner));
    long done = 0;
    try {
      while (true) {
        transfer.describe(true);
        if (transfer.asked == 0) {
          return done;
        }
        long iovec = transfer.iovec.address;
        long n =
            waits
                ? LIBC.writev(owner.number, iovec, transfer.structs)
                : NoWait.writev(owner, scratch, iovec, transfer.structs);
        if (n >= 0) {
          transfer.advance((int) n, false);
          done += n;
          boolean taken = n == transfer.asked;
          if (!taken || transfer.anyLeft()) {
            owner.checkOpen();
          }
          if (!taken) {
            return done;
          }
        } else if (n == Transfer.WOULD_WAIT || Check.wouldBlock("writev", owner, owner)) {
          return done == 0 ? Transfer.WOULD_WAIT : done;
        }
      }
    } finally {
      transfer.end();
    }
  }

  private boolean anyLeft() {
    return DescriptorChannel.anyRemains(buffers, first, end - first);
  }

  /** Writes an iovec for what is left, as far as one call and the scratch memory go. */
  private void describe(boolean copyOut) {
    structs = 0;
    asked = 0;
    int copied = 0;
    for (int i = first; i < end && structs < Iovec.MAX; i++) {
      ByteBuffer buffer = buffers[i];
      int position = buffer.position();
      int length = Math.min(buffer.remaining(), most - asked);
      long address;
      if (buffer.isDirect()) {
        address = scratch.addressOf(buffer) + position;
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
