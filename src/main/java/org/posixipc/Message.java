package org.posixipc;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code recvmsg(2)}: what came with a message besides its bytes, which are in the receiver's
 * buffer.
 *
 * <p>It owns the descriptors that came until they are taken; close closes those that nobody took.
 * One thread at a time may use it.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/recvmsg.2.html">recvmsg(2)</a>
 */
public final class Message implements Closeable {
  private final int count;
  private final boolean truncated;
  private final boolean descriptorsLost;
  private final @Nullable SocketAddress source;
  private final ArrayDeque<FileDescriptor> descriptors;
  private final @Nullable PeerCredentials credentials;

  Message(
      int count,
      boolean truncated,
      boolean descriptorsLost,
      @Nullable SocketAddress source,
      ArrayDeque<FileDescriptor> descriptors,
      @Nullable PeerCredentials credentials) {
    this.count = count;
    this.truncated = truncated;
    this.descriptorsLost = descriptorsLost;
    this.source = source;
    this.descriptors = descriptors;
    this.credentials = credentials;
  }

  /**
   * How many bytes came.
   *
   * @return the count that the buffer got; 0 for an empty datagram, and where the call would have
   *     had to wait; -1 at end of file. With {@link ReceiveFlag#TRUNCATE} the datagram's own length
   */
  public int count() {
    return count;
  }

  /**
   * {@code MSG_TRUNC}: whether the message was longer than the buffer's room; the rest is lost.
   *
   * @return true if bytes are lost
   */
  public boolean isTruncated() {
    return truncated;
  }

  /**
   * {@code MSG_CTRUNC}: whether more descriptors came than the receiver had room for, or than this
   * process may have open. Those that did arrive are closed then: part of a row is no use.
   *
   * @return true if descriptors are lost
   */
  public boolean isDescriptorsLost() {
    return descriptorsLost;
  }

  /**
   * Who sent it, as far as the kernel tells: of datagrams, and on Linux of a bound Unix peer.
   *
   * @return the sender's address, or nothing for a sender that is not bound, and over TCP
   */
  public Optional<SocketAddress> source() {
    return Optional.ofNullable(source);
  }

  /**
   * {@code SCM_CREDENTIALS}: the process that sent it, where {@link SocketOption#SO_PASSCRED} is
   * set. Linux.
   *
   * @return the sender, or nothing if that option is off
   */
  public Optional<PeerCredentials> credentials() {
    return Optional.ofNullable(credentials);
  }

  /**
   * {@code SCM_RIGHTS}: how many descriptors are here to be taken.
   *
   * @return the count of those that came, less those that were taken
   */
  public int descriptorCount() {
    return descriptors.size();
  }

  /**
   * {@code SCM_RIGHTS}: takes the next descriptor, in the order in which they were sent. It is
   * close-on-exec.
   *
   * @return a descriptor, the caller's from now on
   * @throws NoSuchElementException if there is none left, or they were lost
   */
  public FileDescriptor takeDescriptor() {
    if (descriptorsLost) {
      throw new NoSuchElementException(
          "descriptors were lost: more were sent than the receiver has room for");
    }
    return descriptors.remove();
  }

  /**
   * {@code close(2)}: closes the descriptors that nobody took.
   *
   * @throws PosixException if one of the calls fails; the others are closed all the same
   */
  @Override
  public void close() throws IOException {
    closeAll(descriptors);
  }

  /** Closes all, throws the first error, and leaves the queue empty. */
  static void closeAll(ArrayDeque<FileDescriptor> descriptors) throws IOException {
    IOException first = null;
    for (FileDescriptor next = descriptors.poll(); next != null; next = descriptors.poll()) {
      try {
        next.close();
      } catch (IOException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
