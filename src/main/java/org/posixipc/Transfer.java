package org.posixipc;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import org.posixipc.libc.LibC;
import org.posixipc.libc.Native;

/**
 * Moves bytes between one buffer and a descriptor whose number is held.
 *
 * <p>A direct buffer's memory goes to the kernel as it is, a heap buffer's bytes by way of the
 * thread's {@link Scratch}. The position moves by what the kernel took or gave, no further.
 */
final class Transfer {
  private static final LibC LIBC = Native.libc();
  private static final int WOULD_BLOCK = -2;

  private Transfer() {}

  /** read(2); -1 at end of file, 0 if the buffer has no room or the call would have to wait. */
  static int read(DescriptorNumber owner, ByteBuffer dst) throws IOException {
    int position = dst.position();
    int room = dst.remaining();
    if (room == 0) {
      return 0;
    }
    int count;
    if (dst.isDirect()) {
      try {
        count = read(owner, Scratch.ofThread().addressOf(dst) + position, room);
      } finally {
        Reference.reachabilityFence(dst);
      }
    } else {
      int piece = Math.min(room, Scratch.MAX_BYTES);
      Scratch.Area area = Scratch.ofThread().bytes(piece);
      count = read(owner, area.address, piece);
      if (count > 0) {
        dst.put(position, area.buffer, 0, count);
      }
    }
    if (count > 0) {
      dst.position(position + count);
      return count;
    }
    return count == WOULD_BLOCK ? 0 : -1;
  }

  /** write(2); 0 if the buffer is empty or the call would have to wait. */
  static int write(DescriptorNumber owner, ByteBuffer src) throws IOException {
    int position = src.position();
    int length = src.remaining();
    if (length == 0) {
      return 0;
    }
    if (!src.isDirect()) {
      return writeHeap(owner, src, position, length);
    }
    int count;
    try {
      count = write(owner, Scratch.ofThread().addressOf(src) + position, length);
    } finally {
      Reference.reachabilityFence(src);
    }
    if (count == WOULD_BLOCK) {
      return 0;
    }
    src.position(position + count);
    return count;
  }

  /** One write(2) for each piece of a heap buffer, until the kernel takes less than a piece. */
  private static int writeHeap(DescriptorNumber owner, ByteBuffer src, int position, int length)
      throws IOException {
    Scratch.Area area = Scratch.ofThread().bytes(Math.min(length, Scratch.MAX_BYTES));
    int done = 0;
    while (true) {
      int piece = Math.min(length - done, Scratch.MAX_BYTES);
      area.buffer.put(0, src, position + done, piece);
      int count = write(owner, area.address, piece);
      if (count == WOULD_BLOCK) {
        return done;
      }
      done += count;
      src.position(position + done);
      if (count < piece || done == length) {
        return done;
      }
      owner.checkOpen();
    }
  }

  private static int read(DescriptorNumber owner, long address, int count) throws IOException {
    while (true) {
      long n = LIBC.read(owner.number, address, count);
      if (n >= 0) {
        return (int) n;
      }
      if (Check.wouldBlock("read", owner)) {
        return WOULD_BLOCK;
      }
    }
  }

  private static int write(DescriptorNumber owner, long address, int count) throws IOException {
    while (true) {
      long n = LIBC.write(owner.number, address, count);
      if (n >= 0) {
        return (int) n;
      }
      if (Check.wouldBlock("write", owner)) {
        return WOULD_BLOCK;
      }
    }
  }
}
