package org.posixipc;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import jnr.constants.platform.SocketMessage;
import org.posixipc.internal.abi.Abi;
import org.posixipc.libc.LibC;
import org.posixipc.libc.Native;

/**
 * Moves bytes between one buffer and a descriptor whose number is held.
 *
 * <p>A direct buffer's memory goes to the kernel as it is, a heap buffer's bytes by way of the
 * thread's {@link Scratch}. The position moves by what the kernel took or gave, no further.
 */
final class Transfer {
  /** For read(2) and write(2); flags that are 0 or more make it recv(2) and send(2). */
  static final int NO_FLAGS = -1;

  /** For read(2) and write(2) that don't wait. */
  static final int NO_WAIT = -2;

  /** The result that stands for EAGAIN. */
  static final int WOULD_WAIT = NoWait.WOULD_WAIT;

  private static final LibC LIBC = Native.libc();
  private static final int MSG_WAITALL = Abi.host().value(SocketMessage.MSG_WAITALL);

  private Transfer() {}

  /**
   * read(2) or recv(2); -1 at end of file, 0 if the buffer has no room, or WOULD_WAIT. With
   * MSG_TRUNC it may return more than there was room for.
   */
  static int read(DescriptorNumber owner, Scratch scratch, ByteBuffer dst, int flags)
      throws IOException {
    int position = dst.position();
    int room = dst.remaining();
    if (room == 0) {
      return 0;
    }
    int count;
    if (dst.isDirect()) {
      try {
        count = read(owner, scratch, scratch.addressOf(dst) + position, room, flags);
      } finally {
        Reference.reachabilityFence(dst);
      }
    } else {
      int piece = room(owner, room, flags);
      Scratch.Area area = scratch.bytes(piece);
      try {
        count = read(owner, scratch, area.address, piece, flags);
        if (count > 0) {
          dst.put(position, area.buffer, 0, Math.min(count, piece));
        }
      } finally {
        Reference.reachabilityFence(area);
      }
    }
    if (count > 0) {
      dst.position(position + Math.min(count, room));
      return count;
    }
    // Nobody's end of file: a datagram may be empty.
    return count == WOULD_WAIT || owner.carries == SocketType.DGRAM ? count : -1;
  }

  /**
   * write(2) or send(2); 0 if the buffer is empty, or WOULD_WAIT. send(2) with an empty buffer is a
   * message all the same.
   */
  static int write(DescriptorNumber owner, Scratch scratch, ByteBuffer src, int flags)
      throws IOException {
    int position = src.position();
    int length = src.remaining();
    if (length == 0 && (flags < 0 || owner.carries == SocketType.STREAM)) {
      return 0;
    }
    if (!src.isDirect()) {
      return writeHeap(owner, scratch, src, flags);
    }
    int count;
    try {
      count = write(owner, scratch, scratch.addressOf(src) + position, length, flags);
    } finally {
      Reference.reachabilityFence(src);
    }
    if (count > 0) {
      src.position(position + count);
      if (count < length) {
        // The kernel tells of bytes that went before a close cut the call, and not of the cut.
        owner.checkOpen();
      }
    }
    return count;
  }

  /** One call for each piece of a heap buffer, until the kernel takes less than a piece. */
  private static int writeHeap(DescriptorNumber owner, Scratch scratch, ByteBuffer src, int flags)
      throws IOException {
    int position = src.position();
    int length = src.remaining();
    Scratch.Area area = scratch.bytes(piece(owner, length));
    int done = 0;
    try {
      while (true) {
        int piece = piece(owner, length - done);
        area.buffer.put(0, src, position + done, piece);
        int count = write(owner, scratch, area.address, piece, flags);
        if (count == WOULD_WAIT) {
          return done == 0 ? WOULD_WAIT : done;
        }
        done += count;
        src.position(position + done);
        if (done == length) {
          return done;
        }
        owner.checkOpen();
        if (count < piece) {
          return done;
        }
      }
    } finally {
      Reference.reachabilityFence(area);
    }
  }

  /** A stream may be cut anywhere, a message nowhere. */
  static int piece(DescriptorNumber owner, int length) {
    return owner.carries == SocketType.STREAM ? Math.min(length, Scratch.MAX_BYTES) : length;
  }

  /** What MSG_WAITALL waits for is not cut either. */
  static int room(DescriptorNumber owner, int length, int flags) {
    return flags >= 0 && (flags & MSG_WAITALL) != 0 ? length : piece(owner, length);
  }

  private static int read(
      DescriptorNumber owner, Scratch scratch, long address, int count, int flags)
      throws IOException {
    while (true) {
      long n;
      if (flags == NO_FLAGS) {
        n = LIBC.read(owner.number, address, count);
      } else if (flags == NO_WAIT) {
        n = NoWait.read(owner, scratch, address, count);
      } else {
        n = LIBC.recv(owner.number, address, count, flags);
      }
      if (n >= 0 || n == WOULD_WAIT) {
        return (int) n;
      }
      if (Check.wouldBlock(flags < 0 ? "read" : "recv", owner, owner)) {
        return WOULD_WAIT;
      }
    }
  }

  private static int write(
      DescriptorNumber owner, Scratch scratch, long address, int count, int flags)
      throws IOException {
    while (true) {
      long n;
      if (flags == NO_FLAGS) {
        n = LIBC.write(owner.number, address, count);
      } else if (flags == NO_WAIT) {
        n = NoWait.write(owner, scratch, address, count);
      } else {
        n = LIBC.send(owner.number, address, count, flags);
      }
      if (n >= 0 || n == WOULD_WAIT) {
        return (int) n;
      }
      if (Check.wouldBlock(flags < 0 ? "write" : "send", owner, owner)) {
        return WOULD_WAIT;
      }
    }
  }
}
