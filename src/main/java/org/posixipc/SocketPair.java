package org.posixipc;

import java.io.Closeable;
import java.io.IOException;

/**
 * {@code socketpair(2)}: two Unix sockets that are connected to each other, each way a queue of its
 * own.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/socketpair.2.html">socketpair(2)</a>
 */
public final class SocketPair implements Closeable {
  private final Socket first;
  private final Socket second;

  private SocketPair(Socket first, Socket second) {
    this.first = first;
    this.second = second;
  }

  /**
   * {@code socketpair(2)}: creates a pair of streams.
   *
   * @return a new pair, whose two sockets are the caller's
   * @throws PosixException {@code EMFILE} or {@code ENFILE} if this process, or the system, has as
   *     many descriptors as it may have; nothing stays open then
   */
  public static SocketPair open() throws IOException {
    return open(SocketType.STREAM);
  }

  /**
   * {@code socketpair(2)}: creates a pair.
   *
   * @param type what they carry
   * @return a new pair, whose two sockets are the caller's
   * @throws PosixException as {@link #open()} does, and {@code EPROTONOSUPPORT} for SEQPACKET on
   *     macOS
   */
  public static SocketPair open(SocketType type) throws IOException {
    FileDescriptor[] pair = SocketCalls.pair(type);
    return new SocketPair(
        new Socket(pair[0], AddressFamily.UNIX), new Socket(pair[1], AddressFamily.UNIX));
  }

  /**
   * One of the two.
   *
   * @return the socket, which belongs to this pair's owner and may be closed alone
   */
  public Socket first() {
    return first;
  }

  /**
   * The other.
   *
   * @return the socket, which belongs to this pair's owner and may be closed alone
   */
  public Socket second() {
    return second;
  }

  /**
   * {@code close(2)}: closes both, as far as they are open.
   *
   * @throws PosixException if one of the calls fails; the other is closed all the same
   */
  @Override
  public void close() throws IOException {
    try (first) {
      second.close();
    }
  }

  /** {@code socketpair(fd 5, fd 6)}. */
  @Override
  public String toString() {
    return "socketpair(" + first.descriptor() + ", " + second.descriptor() + ")";
  }
}
