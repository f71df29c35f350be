package org.posixipc;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;
import org.posixipc.internal.abi.PollFd;
import org.posixipc.libc.Native;

/**
 * A thread's own memory for its calls: where heap buffers are copied, where structs are written,
 * and the address of the direct buffer that it used last.
 *
 * <p>A platform thread has one for all its life. Virtual threads are too many for that: to move
 * bytes, one borrows it from the {@link ScratchPool} for as long as it is in the kernel, and not
 * while it is parked.
 */
final class Scratch {
  /**
   * The bytes of a heap buffer go through here, a stream's in pieces of this size at most, so that
   * a thread never keeps more. It holds a full pipe, and a datagram as large as UDP allows.
   */
  static final int MAX_BYTES = 128 * 1024;

  private static final int MIN_BYTES = 4096;
  private static final int MIN_STRUCTS = 256;
  private static final int MISSES_BEFORE_REMEMBERING = 16;
  private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::ofNew);

  /** Where its thread is in the kernel, for who wants to wake it. */
  final Whereabouts whereabouts = new Whereabouts();

  private @Nullable Area bytes;
  private @Nullable Area structs;
  private @Nullable Area pollFd;
  private @Nullable Remembered remembered;
  private int misses;
  private @Nullable VectorTransfer vectorTransfer;

  Scratch() {}

  private static Scratch ofNew() {
    Scratch scratch = new Scratch();
    if (!VirtualThreads.isCurrent()) {
      scratch.whereabouts.ofThisThread();
    }
    return scratch;
  }

  /** The calling thread's; a virtual thread's is for calls that are rare, and stays small. */
  static Scratch ofThread() {
    return OF_THREAD.get();
  }

  /** Memory for {@code count} bytes of heap buffers; more than {@link #MAX_BYTES} is not kept. */
  Area bytes(int count) {
    if (count > MAX_BYTES) {
      return new Area(count);
    }
    Area area = bytes;
    if (area == null || area.buffer.capacity() < count) {
      area = new Area(count <= MIN_BYTES ? MIN_BYTES : Integer.highestOneBit(count - 1) << 1);
      bytes = area;
    }
    return area;
  }

  /** What describes several buffers in one call. */
  VectorTransfer vectorTransfer() {
    VectorTransfer transfer = vectorTransfer;
    if (transfer == null) {
      transfer = new VectorTransfer(this);
      vectorTransfer = transfer;
    }
    return transfer;
  }

  /** Memory for structs of {@code size} bytes together, in native order. */
  Area structs(int size) {
    Area area = structs;
    if (area == null || area.buffer.capacity() < size) {
      area = new Area(Math.max(size, MIN_STRUCTS));
      structs = area;
    }
    return area;
  }

  /** Memory for the question whether a descriptor is ready, beside the structs of another call. */
  Area pollFd() {
    Area area = pollFd;
    if (area == null) {
      area = new Area(PollFd.SIZE);
      pollFd = area;
    }
    return area;
  }

  /**
   * The address of a direct buffer's first byte, whatever its position.
   *
   * <p>Asking the JVM costs about as much as the rest of a call's way to the kernel, so the buffer
   * that a thread uses again and again is remembered; weakly, so as not to keep it alive. A buffer
   * takes the place of another only after several misses: a thread that never uses a buffer twice
   * then doesn't allocate a reference for each.
   */
  long addressOf(ByteBuffer direct) {
    Remembered last = remembered;
    if (last != null && last.refersTo(direct)) {
      return last.address;
    }
    long address = Native.address(direct) - direct.position();
    if (++misses >= MISSES_BEFORE_REMEMBERING) {
      misses = 0;
      remembered = new Remembered(direct, address);
    }
    return address;
  }

  /** A direct buffer in native order, with the address of its first byte. */
  static final class Area {
    final ByteBuffer buffer;
    final long address;

    Area(int capacity) {
      buffer = ByteBuffer.allocateDirect(capacity).order(ByteOrder.nativeOrder());
      address = Native.address(buffer);
    }
  }

  private static final class Remembered extends WeakReference<ByteBuffer> {
    final long address;

    Remembered(ByteBuffer direct, long address) {
      super(direct);
      this.address = address;
    }
  }
}
