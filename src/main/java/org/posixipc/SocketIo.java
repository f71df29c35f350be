package org.posixipc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.ScatteringByteChannel;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.posixipc.SentMessage.Attachment;

/** The part of {@link Socket} that moves bytes, messages and descriptors. */
abstract sealed class SocketIo implements ByteChannel, GatheringByteChannel, ScatteringByteChannel
    permits Socket {
  final FileDescriptor descriptor;
  final AddressFamily family;

  SocketIo(FileDescriptor descriptor, AddressFamily family) {
    this.descriptor = descriptor;
    this.family = family;
  }

  /** {@link FileDescriptor#read(ByteBuffer)}; an empty datagram is 0. */
  @Override
  public int read(ByteBuffer dst) throws IOException {
    return descriptor.read(dst);
  }

  /**
   * {@link FileDescriptor#read(ByteBuffer, Duration)}; an empty datagram is 0.
   *
   * @param dst where the bytes go
   * @param timeout how long to wait at most; zero doesn't wait
   * @return the count of bytes; -1 at end of file
   * @throws CallTimeoutException if nothing came in time
   */
  public int read(ByteBuffer dst, Duration timeout) throws IOException {
    return descriptor.read(dst, timeout);
  }

  /** {@link FileDescriptor#read(ByteBuffer[], int, int)}. */
  @Override
  public long read(ByteBuffer[] dsts, int offset, int length) throws IOException {
    return descriptor.read(dsts, offset, length);
  }

  /** {@link FileDescriptor#read(ByteBuffer[])}. */
  @Override
  public long read(ByteBuffer[] dsts) throws IOException {
    return descriptor.read(dsts);
  }

  /** {@link FileDescriptor#write(ByteBuffer)}; one message, where the type has messages. */
  @Override
  public int write(ByteBuffer src) throws IOException {
    return descriptor.write(src);
  }

  /**
   * {@link FileDescriptor#write(ByteBuffer, Duration)}: all of the bytes, or one message.
   *
   * @param src the bytes
   * @param timeout how long to wait at most; zero doesn't wait
   * @return the count of bytes, which is all
   * @throws CallTimeoutException if there was no room for the rest in time; it tells what went
   */
  public int write(ByteBuffer src, Duration timeout) throws IOException {
    return descriptor.write(src, timeout);
  }

  /** {@link FileDescriptor#write(ByteBuffer[], int, int)}. */
  @Override
  public long write(ByteBuffer[] srcs, int offset, int length) throws IOException {
    return descriptor.write(srcs, offset, length);
  }

  /** {@link FileDescriptor#write(ByteBuffer[])}. */
  @Override
  public long write(ByteBuffer[] srcs) throws IOException {
    return descriptor.write(srcs);
  }

  /**
   * {@code send(2)}: gives bytes to the peer, with MSG_NOSIGNAL. As to {@link Thread#interrupt} and
   * virtual threads, this and all that follow are as {@link FileDescriptor#read(ByteBuffer)}; with
   * a deadline, as {@link FileDescriptor#read(ByteBuffer, Duration)}.
   *
   * @param src the bytes; the position moves by the count
   * @param flags how
   * @return the count of bytes; 0 if it would have to wait and may not
   * @throws PosixException {@code EPIPE} or {@code ECONNRESET} if the peer is gone, {@code
   *     ENOTCONN} or {@code EDESTADDRREQ} if there is none, {@code EMSGSIZE} for a message that is
   *     too long, {@code ECONNREFUSED} if an earlier datagram came back
   * @see <a href="https://man7.org/linux/man-pages/man2/send.2.html">send(2)</a>
   */
  public int send(ByteBuffer src, SendFlag... flags) throws IOException {
    return descriptor.send(src, SendFlag.bits(flags));
  }

  /**
   * {@link #send(ByteBuffer, SendFlag...)} without flags.
   *
   * @param src the bytes; the position moves by the count
   * @return the count of bytes; 0 if it would have to wait and may not
   */
  public int send(ByteBuffer src) throws IOException {
    return descriptor.send(src, SendFlag.ALWAYS);
  }

  /**
   * {@code send(2)} with a deadline: gives all of the bytes to the peer, or one message.
   *
   * @param src the bytes; the position moves over what went, also when the time is over
   * @param timeout how long to wait at most; zero doesn't wait
   * @param flags how
   * @return the count of bytes, which is all
   * @throws CallTimeoutException if there was no room for the rest in time; it tells what went
   * @throws PosixException as {@link #send(ByteBuffer, SendFlag...)} does
   * @throws IllegalArgumentException if {@code timeout} is negative
   */
  public int send(ByteBuffer src, Duration timeout, SendFlag... flags) throws IOException {
    return descriptor.send(src, SendFlag.bits(flags), Deadline.after(timeout));
  }

  /**
   * {@code sendmsg(2)} with SCM_RIGHTS: gives bytes and descriptors to the peer, over a Unix
   * socket. The descriptors are borrowed: the peer gets its own for the same open files. It waits
   * with {@code poll(2)}, where {@link Thread#interrupt} ends it and closes this socket.
   *
   * @param src the bytes, 1 or more over a stream: descriptors without bytes get lost there
   * @param descriptors to pass; 253 at most on Linux, 254 on macOS
   * @return the count of bytes; 0 if it would have to wait and may not, and nothing went
   * @throws PosixException as {@link #send(ByteBuffer, SendFlag...)} does, and {@code ETOOMANYREFS}
   *     if too many descriptors are on their way
   * @throws IllegalArgumentException for more descriptors, none with no byte, or another family
   * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7)</a>
   */
  public int send(ByteBuffer src, FileDescriptor... descriptors) throws IOException {
    checkPassing(src);
    return SentMessage.send(
        descriptor, src, new Attachment(null, List.of(descriptors), null), SendFlag.ALWAYS);
  }

  /**
   * {@code sendmsg(2)} with SCM_CREDENTIALS: says to the peer who sends. The kernel checks it: a
   * process that is not privileged may say its own numbers alone. Linux.
   *
   * @param src the bytes, 1 or more over a stream
   * @param credentials who sends
   * @param descriptors to pass, as in {@link #send(ByteBuffer, FileDescriptor...)}
   * @return the count of bytes; 0 if it would have to wait and may not
   * @throws PosixException {@code EPERM} for numbers of others, {@code ESRCH} for a process that
   *     isn't there
   * @throws UnsupportedOperationException on macOS, which has no SCM_CREDENTIALS
   */
  public int send(ByteBuffer src, PeerCredentials credentials, FileDescriptor... descriptors)
      throws IOException {
    checkPassing(src);
    return SentMessage.send(
        descriptor,
        src,
        new Attachment(null, List.of(descriptors), Objects.requireNonNull(credentials)),
        SendFlag.ALWAYS);
  }

  /**
   * {@code sendmsg(2)} with an address: gives a datagram to whoever is bound there.
   *
   * @param src the bytes, all in one datagram
   * @param to where
   * @param flags how
   * @return the count of bytes; 0 for an empty datagram, or if it would have to wait and may not
   * @throws PosixException as {@link #send(ByteBuffer, SendFlag...)} and {@link
   *     Socket#connectTo(SocketAddress)} do
   */
  public int sendTo(ByteBuffer src, SocketAddress to, SendFlag... flags) throws IOException {
    return SentMessage.send(
        descriptor,
        src,
        new Attachment(Objects.requireNonNull(to), List.of(), null),
        SendFlag.bits(flags));
  }

  /**
   * {@code recv(2)}: takes bytes from the peer.
   *
   * @param dst where the bytes go; the position moves by the count
   * @param flags how
   * @return the count of bytes; 0 if {@code dst} has no room, for an empty datagram, or if it would
   *     have to wait and may not; -1 at end of file. With {@link ReceiveFlag#TRUNCATE} it is a
   *     datagram's own length, and the position moves by what there was room for
   * @throws PosixException {@code ECONNRESET} if the peer is gone with bytes unread, {@code
   *     ENOTCONN} if there is none, {@code ECONNREFUSED} if an earlier datagram came back
   * @throws IllegalArgumentException for {@link ReceiveFlag#TRUNCATE} on a stream
   * @see <a href="https://man7.org/linux/man-pages/man2/recv.2.html">recv(2)</a>
   */
  public int receive(ByteBuffer dst, ReceiveFlag... flags) throws IOException {
    return descriptor.receive(dst, bits(flags));
  }

  /**
   * {@code recv(2)} with a deadline.
   *
   * @param dst where the bytes go; the position moves by the count
   * @param timeout how long to wait at most; zero doesn't wait
   * @param flags how
   * @return the count of bytes as {@link #receive(ByteBuffer, ReceiveFlag...)} has it
   * @throws CallTimeoutException if nothing came in time; nothing is lost then
   * @throws PosixException as {@link #receive(ByteBuffer, ReceiveFlag...)} does
   * @throws IllegalArgumentException if {@code timeout} is negative
   */
  public int receive(ByteBuffer dst, Duration timeout, ReceiveFlag... flags) throws IOException {
    return descriptor.receive(dst, bits(flags), Deadline.after(timeout));
  }

  /**
   * {@code recvmsg(2)}: takes bytes and descriptors.
   *
   * @param dst where the bytes go; the position moves by the count
   * @param maxDescriptors how many descriptors there is room for; where more come, all are closed,
   *     and {@link Message#isDescriptorsLost} says so
   * @param flags how
   * @return what came; closing it closes the descriptors that nobody took
   * @throws PosixException as {@link #receive(ByteBuffer, ReceiveFlag...)} does
   * @throws IllegalArgumentException if {@code maxDescriptors} is negative, or above 253 on Linux
   *     and 254 on macOS
   * @see <a href="https://man7.org/linux/man-pages/man2/recvmsg.2.html">recvmsg(2)</a>
   */
  public Message receive(ByteBuffer dst, int maxDescriptors, ReceiveFlag... flags)
      throws IOException {
    DescriptorChannel.checkWritable(dst);
    return ReceivedMessage.receive(descriptor, dst, maxDescriptors, bits(flags), null);
  }

  /**
   * {@code recvmsg(2)} with a deadline: takes bytes and descriptors.
   *
   * @param dst where the bytes go; the position moves by the count
   * @param maxDescriptors how many descriptors there is room for
   * @param timeout how long to wait at most; zero doesn't wait
   * @param flags how
   * @return what came, as {@link #receive(ByteBuffer, int, ReceiveFlag...)} has it
   * @throws CallTimeoutException if nothing came in time; nothing is lost then
   * @throws PosixException as {@link #receive(ByteBuffer, ReceiveFlag...)} does
   */
  public Message receive(ByteBuffer dst, int maxDescriptors, Duration timeout, ReceiveFlag... flags)
      throws IOException {
    DescriptorChannel.checkWritable(dst);
    return ReceivedMessage.receive(
        descriptor, dst, maxDescriptors, bits(flags), Deadline.after(timeout));
  }

  /**
   * {@code recvmsg(2)}: takes a datagram, and tells who sent it: {@link Message#source}.
   *
   * @param dst where the bytes go; the position moves by the count
   * @param flags how
   * @return what came; descriptors that came with it are closed
   * @throws PosixException as {@link #receive(ByteBuffer, ReceiveFlag...)} does
   */
  public Message receiveFrom(ByteBuffer dst, ReceiveFlag... flags) throws IOException {
    return receive(dst, 0, flags);
  }

  /** Over TCP, MSG_TRUNC throws the bytes away and counts them, and the buffer gets none. */
  private int bits(ReceiveFlag... flags) {
    int bits = ReceiveFlag.bits(flags);
    if (descriptor.carries == SocketType.STREAM && ReceiveFlag.TRUNCATE.isIn(bits)) {
      throw new IllegalArgumentException(
          "TRUNCATE asks for a message's length, and a stream has no messages: " + this);
    }
    return bits;
  }

  /** What the kernel would drop without a word. */
  private void checkPassing(ByteBuffer src) {
    if (family != AddressFamily.UNIX) {
      throw new IllegalArgumentException(
          "descriptors and credentials pass over Unix sockets alone, this is " + family);
    }
    if (!src.hasRemaining() && descriptor.carries == SocketType.STREAM) {
      throw new IllegalArgumentException(
          "descriptors pass with a byte at least over a stream, the buffer is empty");
    }
  }
}
