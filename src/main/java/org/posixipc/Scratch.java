package org.posixipc;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.posixipc.libc.Native;

/**
 * A thread's own memory for its calls: where heap buffers are copied, where structs are written,
 * and the address of the direct buffer that it used last.
 */
final class Scratch {
  /**
   * The bytes of a heap buffer go through here, a stream's in pieces of this size at most, so that
   * a thread never keeps more. It holds a full pipe, and a datagram as large as UDP allows.
   */
  static final int MAX_BYTES = 128 * 1024;

  private static final int MIN_BYTES = 4096;
  private static final int MISSES_BEFORE_REMEMBERING = 16;
  private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

  private Area bytes = new Area(MIN_BYTES);
  private Area structs = new Area(256);
  private Remembered remembered = new Remembered(bytes.buffer, bytes.address);
  private int misses;
  private final VectorTransfer vectorTransfer = new VectorTransfer(this);

  private Scratch() {}

  static Scratch ofThread() {
    return OF_THREAD.get();
  }

  /** Memory for {@code count} bytes of heap buffers; more than {@link #MAX_BYTES} is not kept. */
  Area bytes(int count) {
    if (count > MAX_BYTES) {
      return new Area(count);
    }
    if (bytes.buffer.capacity() < count) {
      bytes = new Area(Integer.highestOneBit(count - 1) << 1);
    }
    return bytes;
  }

  /** What describes several buffers in one call. */
  VectorTransfer vectorTransfer() {
    return vectorTransfer;
  }

  /** Memory for structs of {@code size} bytes together, in native order. */
  Area structs(int size) {
    if (structs.buffer.capacity() < size) {
      structs = new Area(size);
    }
    return structs;
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
    if (last.refersTo(direct)) {
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
