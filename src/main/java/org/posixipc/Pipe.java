package org.posixipc;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import jnr.constants.Constant;
import jnr.constants.platform.Fcntl;
import jnr.constants.platform.OpenFlags;
import org.posixipc.internal.abi.Abi;
import org.posixipc.internal.abi.Header;
import org.posixipc.libc.LibC;
import org.posixipc.libc.Native;

/**
 * {@code pipe(2)}: a queue of bytes in the kernel, of fixed size, with an end to read and an end to
 * write.
 *
 * <p>A writer waits while it is full, a reader while it is empty. When the last descriptor of the
 * write end is closed, in whichever process it is, the reader gets what is still queued and then
 * end of file. When the last descriptor of the read end is closed, a write fails with {@code
 * EPIPE}.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/pipe.7.html">pipe(7)</a>
 */
public final class Pipe implements Closeable {
  /**
   * PIPE_BUF: a write of at most so many bytes is not interleaved with other writers' (4096 on
   * Linux, 512 on macOS).
   */
  public static final int ATOMIC_WRITE = Abi.host().value(Header.PIPE_BUF);

  private static final LibC LIBC = Native.libc();

  private final FileDescriptor readEnd;
  private final FileDescriptor writeEnd;

  private Pipe(FileDescriptor readEnd, FileDescriptor writeEnd) {
    this.readEnd = readEnd;
    this.writeEnd = writeEnd;
  }

  /**
   * {@code pipe2(2)} with O_CLOEXEC: creates a pipe. macOS has no pipe2: there it is {@code
   * pipe(2)} and {@code fcntl(F_SETFD)}, and a child that is started in between by anything but
   * this library inherits both ends.
   *
   * @return a new pipe, whose two ends are the caller's
   * @throws PosixException {@code EMFILE} or {@code ENFILE} if this process, or the system, has as
   *     many descriptors as it may have; nothing stays open then
   * @see <a href="https://man7.org/linux/man-pages/man2/pipe.2.html">pipe2(2)</a>
   */
  public static Pipe open() throws IOException {
    return open(Abi.host());
  }

  /**
   * {@code pipe2(2)} and {@code fcntl(F_SETPIPE_SZ)}: creates a pipe that holds at least {@code
   * capacity} bytes.
   *
   * @param capacity bytes, 1 or more; see {@link #capacity(int)}
   * @return a new pipe, whose two ends are the caller's
   * @throws PosixException as {@link #open()} and {@link #capacity(int)} do; nothing stays open
   * @throws UnsupportedOperationException on macOS, where the kernel alone chooses
   */
  public static Pipe open(int capacity) throws IOException {
    Pipe pipe = open();
    try {
      pipe.capacity(capacity);
      return pipe;
    } catch (IOException | RuntimeException e) {
      pipe.close();
      throw e;
    }
  }

  static Pipe open(Abi abi) throws IOException {
    Scratch.Area fds = Scratch.ofThread().structs(2 * Integer.BYTES);
    if (abi.hasAtomicCloseOnExec()) {
      int flags = abi.value(OpenFlags.O_CLOEXEC);
      Check.call("pipe2", "", () -> Native.linux().pipe2(fds.address, flags));
    } else {
      Check.call("pipe", "", () -> LIBC.pipe(fds.address));
    }
    int readNumber = fds.buffer.getInt(0);
    int writeNumber = fds.buffer.getInt(Integer.BYTES);
    Pipe pipe =
        new Pipe(new FileDescriptor(readNumber, null), new FileDescriptor(writeNumber, null));
    if (!abi.hasAtomicCloseOnExec()) {
      try {
        pipe.readEnd.closeOnExec();
        pipe.writeEnd.closeOnExec();
      } catch (IOException e) {
        pipe.close();
        throw e;
      }
    }
    return pipe;
  }

  /**
   * The end that bytes come out of: C's {@code fd[0]}.
   *
   * @return the descriptor, which belongs to this pipe's owner and may be closed alone
   */
  public FileDescriptor readEnd() {
    return readEnd;
  }

  /**
   * The end that bytes go into: C's {@code fd[1]}.
   *
   * @return the descriptor, which belongs to this pipe's owner and may be closed alone
   */
  public FileDescriptor writeEnd() {
    return writeEnd;
  }

  /**
   * {@code fcntl(F_GETPIPE_SZ)}: how many bytes fit into the queue.
   *
   * @return bytes; 65536 unless it was changed, or the user has very many pipes
   * @throws UnsupportedOperationException on macOS, which has no such call
   * @throws ClosedChannelException if both ends are closed
   * @see <a href="https://man7.org/linux/man-pages/man2/F_GETPIPE_SZ.2const.html">F_GETPIPE_SZ</a>
   */
  public int capacity() throws IOException {
    return control(Abi.host(), Fcntl.F_GETPIPE_SZ, 0);
  }

  /**
   * {@code fcntl(F_SETPIPE_SZ)}: changes how many bytes fit into the queue.
   *
   * @param capacity bytes, 1 or more; the kernel rounds up to a power of two of pages
   * @return the capacity that it has now
   * @throws PosixException {@code EBUSY} if more than that is queued, {@code EPERM} if it is above
   *     {@code /proc/sys/fs/pipe-max-size} and this process is not privileged, {@code EINVAL} if it
   *     is above 2^31; the capacity stays as it was
   * @throws IllegalArgumentException if {@code capacity} is 0 or less
   * @throws UnsupportedOperationException on macOS, which has no such call
   * @throws ClosedChannelException if both ends are closed
   * @see <a href="https://man7.org/linux/man-pages/man2/F_GETPIPE_SZ.2const.html">F_SETPIPE_SZ</a>
   */
  public int capacity(int capacity) throws IOException {
    if (capacity <= 0) {
      throw new IllegalArgumentException("a pipe holds 1 byte or more, not " + capacity);
    }
    return control(Abi.host(), Fcntl.F_SETPIPE_SZ, capacity);
  }

  /** Either end will do: the queue is one. */
  int control(Abi abi, Constant command, int argument) throws IOException {
    if (!abi.has(command)) {
      throw new UnsupportedOperationException(
          abi + " has no fcntl(" + command.name() + "): the kernel alone sizes its pipes");
    }
    int number = abi.value(command);
    FileDescriptor end = writeEnd.isOpen() ? writeEnd : readEnd;
    return end.held(
        "fcntl", command.name() + " of " + end, () -> LIBC.fcntl(end.number, number, argument));
  }

  /**
   * {@code close(2)}: closes both ends, as far as they are open.
   *
   * @throws PosixException if one of the calls fails; the other end is closed all the same
   */
  @Override
  public void close() throws IOException {
    try (readEnd) {
      writeEnd.close();
    }
  }

  /** {@code pipe(fd 5 -> fd 4)}: the way the bytes go. */
  @Override
  public String toString() {
    return "pipe(" + writeEnd + " -> " + readEnd + ")";
  }
}
