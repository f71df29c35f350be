package org.posixipc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.ScatteringByteChannel;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The part of {@link FileDescriptor} that moves bytes. */
abstract sealed class DescriptorChannel extends DescriptorNumber
    implements ByteChannel, GatheringByteChannel, ScatteringByteChannel permits FileDescriptor {
  DescriptorChannel(int number, SocketType carries) {
    super(number, carries);
  }

  /**
   * {@code read(2)}: takes bytes from this descriptor.
   *
   * <p>One call to the kernel. It blocks while nothing is there and somebody can still write; a
   * short count is normal. A direct buffer is filled in place; a heap buffer by way of memory of
   * this thread's, 128 KiB at a time.
   *
   * <p>{@link Thread#interrupt} doesn't end it on a platform thread; {@link #close} does, or a
   * deadline. A virtual thread parks while it waits, and an interrupt closes this.
   *
   * @param dst where the bytes go, from its position to its limit; the position moves by the count
   * @return the count of bytes; 0 if {@code dst} has no room, or if this descriptor is non-blocking
   *     and has nothing yet; -1 at end of file
   * @throws PosixException {@code EISDIR} for a directory, {@code EBADF} for a descriptor that is
   *     open for writing alone, {@code EIO} if the device failed
   * @throws AsynchronousCloseException if another thread closed this while the call was waiting
   * @throws ClosedChannelException if this was closed or released before
   * @throws IllegalArgumentException if {@code dst} is read-only
   * @see <a href="https://man7.org/linux/man-pages/man2/read.2.html">read(2)</a>
   */
  @Override
  public int read(ByteBuffer dst) throws IOException {
    return receive(dst, Transfer.NO_FLAGS);
  }

  /**
   * {@code read(2)} with a deadline: takes what there is as soon as there is something, also where
   * this is non-blocking. Linux before 6.4 and macOS can't try a pipe without waiting: there, where
   * another reader of the same pipe is faster, this waits on, past its deadline.
   *
   * @param dst where the bytes go, as in {@link #read(ByteBuffer)}
   * @param timeout how long to wait at most; zero doesn't wait
   * @return the count of bytes, 0 if {@code dst} has no room or for an empty datagram, -1 at end of
   *     file
   * @throws CallTimeoutException if nothing came in time; nothing is lost then
   * @throws ClosedByInterruptException if this thread is interrupted; this is closed then
   * @throws AsynchronousCloseException if another thread closed this meanwhile
   * @throws PosixException as {@link #read(ByteBuffer)} does
   * @throws IllegalArgumentException if {@code timeout} is negative, or {@code dst} read-only
   */
  public int read(ByteBuffer dst, Duration timeout) throws IOException {
    return receive(dst, Transfer.NO_FLAGS, Deadline.after(timeout));
  }

  /**
   * {@code readv(2)}: takes bytes into several buffers in turn, in one call.
   *
   * <p>As to {@link Thread#interrupt} and virtual threads, it is as {@link #read(ByteBuffer)}.
   *
   * @param dsts where the bytes go; heap buffers get at most 128 KiB together in one call
   * @param offset the first buffer to use
   * @param length how many buffers to use; the kernel takes the first 1024 of them
   * @return the count of bytes, 0 or -1 as {@link #read(ByteBuffer)} has them
   * @throws PosixException as {@link #read(ByteBuffer)} does
   * @see <a href="https://man7.org/linux/man-pages/man2/readv.2.html">readv(2)</a>
   */
  @Override
  public long read(ByteBuffer[] dsts, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, dsts.length);
    for (int i = offset; i < offset + length; i++) {
      checkWritable(dsts[i]);
    }
    if (VirtualThreads.isCurrent()) {
      return Waiting.read(
          this,
          Transfer.NO_FLAGS,
          null,
          (scratch, flags) -> VectorTransfer.read(this, scratch, dsts, offset, length, flags));
    }
    Scratch scratch = Scratch.ofThread();
    enter(scratch.whereabouts);
    try {
      return orZero(VectorTransfer.read(this, scratch, dsts, offset, length, Transfer.NO_FLAGS));
    } finally {
      leave(scratch.whereabouts);
    }
  }

  /** {@link #read(ByteBuffer[], int, int)} with all of them. */
  @Override
  public long read(ByteBuffer[] dsts) throws IOException {
    return read(dsts, 0, dsts.length);
  }

  /**
   * {@code write(2)}: gives bytes to this descriptor.
   *
   * <p>One call to the kernel for a direct buffer, and one for each 128 KiB of a heap buffer, which
   * goes by way of memory of this thread's. A blocking descriptor takes all there is, waiting for
   * room as it goes; a non-blocking one takes what it has room for.
   *
   * <p>As to {@link Thread#interrupt} and virtual threads, it is as {@link #read(ByteBuffer)}.
   *
   * @param src the bytes, from its position to its limit; the position moves by the count
   * @return the count of bytes; 0 if {@code src} is empty, or if this descriptor is non-blocking
   *     and has no room
   * @throws PosixException {@code EPIPE} if nobody can read any more, {@code EBADF} for a
   *     descriptor that is open for reading alone, {@code ENOSPC}, {@code EDQUOT}, {@code EFBIG}
   *     and {@code EIO} from a file system; the position tells what went before
   * @throws AsynchronousCloseException if another thread closed this while the call was waiting
   * @throws ClosedChannelException if this was closed or released before
   * @see <a href="https://man7.org/linux/man-pages/man2/write.2.html">write(2)</a>
   */
  @Override
  public int write(ByteBuffer src) throws IOException {
    return send(src, Transfer.NO_FLAGS);
  }

  /**
   * {@code write(2)} with a deadline: gives all of {@code src}, waiting for room as it goes, also
   * where this is non-blocking. A datagram or another message goes in one piece.
   *
   * @param src the bytes; the position moves over what went, also when the time is over
   * @param timeout how long to wait at most; zero doesn't wait
   * @return the count of bytes, which is all
   * @throws CallTimeoutException if there was no room for the rest in time; it tells what went
   * @throws ClosedByInterruptException if this thread is interrupted; this is closed then
   * @throws AsynchronousCloseException if another thread closed this meanwhile
   * @throws PosixException as {@link #write(ByteBuffer)} does
   * @throws IllegalArgumentException if {@code timeout} is negative
   */
  public int write(ByteBuffer src, Duration timeout) throws IOException {
    return send(src, Transfer.NO_FLAGS, Deadline.after(timeout));
  }

  /**
   * {@code writev(2)}: gives the bytes of several buffers in turn, in one call; in more than one
   * where they are more than 1024, or heap buffers of more than 128 KiB together.
   *
   * <p>As to {@link Thread#interrupt} and virtual threads, it is as {@link #read(ByteBuffer)}.
   *
   * @param srcs the bytes
   * @param offset the first buffer to use
   * @param length how many buffers to use
   * @return the count of bytes, as {@link #write(ByteBuffer)} has it
   * @throws PosixException as {@link #write(ByteBuffer)} does
   * @see <a href="https://man7.org/linux/man-pages/man2/readv.2.html">writev(2)</a>
   */
  @Override
  public long write(ByteBuffer[] srcs, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, srcs.length);
    if (VirtualThreads.isCurrent()) {
      return Waiting.write(
          this,
          Transfer.NO_FLAGS,
          null,
          (scratch, flags) -> VectorTransfer.write(this, scratch, srcs, offset, length, flags),
          () -> anyRemains(srcs, offset, length));
    }
    Scratch scratch = Scratch.ofThread();
    enter(scratch.whereabouts);
    try {
      return orZero(VectorTransfer.write(this, scratch, srcs, offset, length, Transfer.NO_FLAGS));
    } finally {
      leave(scratch.whereabouts);
    }
  }

  /** {@link #write(ByteBuffer[], int, int)} with all of them. */
  @Override
  public long write(ByteBuffer[] srcs) throws IOException {
    return write(srcs, 0, srcs.length);
  }

  /** {@code send(2)}; {@code write(2)} for {@link Transfer#NO_FLAGS}. */
  final int send(ByteBuffer src, int flags) throws IOException {
    if (VirtualThreads.isCurrent()) {
      return send(src, flags, null);
    }
    Scratch scratch = Scratch.ofThread();
    enter(scratch.whereabouts);
    try {
      return (int) orZero(Transfer.write(this, scratch, src, flags));
    } finally {
      leave(scratch.whereabouts);
    }
  }

  final int send(ByteBuffer src, int flags, @Nullable Deadline deadline) throws IOException {
    Waiting.Attempt attempt = (scratch, how) -> Transfer.write(this, scratch, src, how);
    return (int) Waiting.write(this, flags, deadline, attempt, src::hasRemaining);
  }

  /** {@code recv(2)}; {@code read(2)} for {@link Transfer#NO_FLAGS}. */
  final int receive(ByteBuffer dst, int flags) throws IOException {
    checkWritable(dst);
    if (VirtualThreads.isCurrent()) {
      return receive(dst, flags, null);
    }
    Scratch scratch = Scratch.ofThread();
    enter(scratch.whereabouts);
    try {
      return (int) orZero(Transfer.read(this, scratch, dst, flags));
    } finally {
      leave(scratch.whereabouts);
    }
  }

  final int receive(ByteBuffer dst, int flags, @Nullable Deadline deadline) throws IOException {
    checkWritable(dst);
    return (int) Waiting.receive(this, dst, flags, deadline);
  }

  /** Whether O_NONBLOCK is set; without a call, where that is known. */
  abstract boolean mustNotWait() throws IOException;

  /**
   * What a caller gets, who knows no other number for nothing than 0. It may have been a close that
   * made it nothing.
   */
  private long orZero(long count) throws AsynchronousCloseException {
    if (count > 0) {
      return count;
    }
    checkOpen();
    return count == Transfer.WOULD_WAIT ? 0 : count;
  }

  static boolean anyRemains(ByteBuffer[] buffers, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (buffers[i].hasRemaining()) {
        return true;
      }
    }
    return false;
  }

  static void checkWritable(ByteBuffer dst) {
    if (dst.isReadOnly()) {
      throw new IllegalArgumentException("a read-only buffer can't be read into: " + dst);
    }
  }
}
