package org.posixipc;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import jnr.constants.platform.SocketControlMessage;
import jnr.constants.platform.SocketLevel;
import jnr.constants.platform.SocketMessage;
import org.jspecify.annotations.Nullable;
import org.posixipc.internal.abi.Abi;
import org.posixipc.internal.abi.Cmsg;
import org.posixipc.internal.abi.Credentials;
import org.posixipc.internal.abi.Header;
import org.posixipc.internal.abi.Iovec;
import org.posixipc.internal.abi.MsgHdr;
import org.posixipc.internal.abi.SockAddr;
import org.posixipc.libc.LibC;
import org.posixipc.libc.Native;

/**
 * sendmsg(2) and recvmsg(2): a message with an address, with descriptors, with credentials. The
 * structs stand one behind the other in the thread's {@link Scratch}.
 */
final class MessageTransfer {
  private static final LibC LIBC = Native.libc();
  private static final Abi ABI = Abi.host();
  private static final MsgHdr MSG_HDR = ABI.msgHdr();
  private static final Cmsg CMSG = ABI.cmsg();

  private static final int HEADER = 0;
  private static final int IOVEC = 64;
  private static final int NAME = IOVEC + Iovec.SIZE;
  private static final int CONTROL = NAME + SockAddr.STORAGE_SIZE;

  private static final int SOL_SOCKET = ABI.value(SocketLevel.SOL_SOCKET);
  private static final int SCM_RIGHTS = ABI.value(SocketControlMessage.SCM_RIGHTS);
  private static final int MAX_DESCRIPTORS = ABI.value(Header.SCM_MAX_FD);
  private static final int MSG_TRUNC = ABI.value(SocketMessage.MSG_TRUNC);
  private static final int MSG_CTRUNC = ABI.value(SocketMessage.MSG_CTRUNC);

  /** 0 where the system can't make received descriptors close-on-exec at once. */
  private static final int CMSG_CLOEXEC =
      ABI.has(Header.MSG_CMSG_CLOEXEC) ? ABI.value(Header.MSG_CMSG_CLOEXEC) : 0;

  private MessageTransfer() {}

  /** What goes with the bytes of a message; borrowed. */
  record Attachment(
      @Nullable SocketAddress to,
      List<FileDescriptor> descriptors,
      @Nullable PeerCredentials credentials) {
    Attachment {
      if (descriptors.size() > MAX_DESCRIPTORS) {
        throw new IllegalArgumentException(
            "a message takes at most %d descriptors on %s, these are %d"
                .formatted(MAX_DESCRIPTORS, ABI, descriptors.size()));
      }
    }
  }

  /** sendmsg(2); the count of bytes, 0 where it would have to wait and may not. */
  static int send(
      FileDescriptor socket,
      ByteBuffer src,
      Attachment attachment,
      int flags,
      @Nullable Deadline deadline)
      throws IOException {
    int held = 0;
    try {
      for (FileDescriptor descriptor : attachment.descriptors) {
        descriptor.hold();
        held++;
      }
      return Waiting.isInCall(deadline)
          ? Math.max(0, sendInCall(socket, src, attachment, flags))
          : sendWaiting(socket, src, attachment, flags, deadline);
    } finally {
      for (int i = 0; i < held; i++) {
        attachment.descriptors.get(i).unhold();
      }
    }
  }

  private static int sendInCall(
      FileDescriptor socket, ByteBuffer src, Attachment attachment, int flags) throws IOException {
    Scratch scratch = Scratch.ofThread();
    socket.enter(scratch.whereabouts);
    try {
      return sendOnce(socket, scratch, src, attachment, flags);
    } finally {
      socket.leave(scratch.whereabouts);
    }
  }

  /** What of a stream's bytes didn't go at once needs no company. */
  private static int sendWaiting(
      FileDescriptor socket,
      ByteBuffer src,
      Attachment attachment,
      int flags,
      @Nullable Deadline deadline)
      throws IOException {
    int start = src.position();
    Waiting.Attempt attempt =
        (scratch, how) ->
            src.position() == start
                ? sendOnce(socket, scratch, src, attachment, how)
                : Transfer.write(socket, scratch, src, how);
    return (int) Waiting.write(socket, flags, deadline, attempt, src::hasRemaining);
  }

  /** sendmsg(2), or WOULD_WAIT. */
  private static int sendOnce(
      FileDescriptor socket, Scratch scratch, ByteBuffer src, Attachment attachment, int flags)
      throws IOException {
    int position = src.position();
    int length = Transfer.piece(socket, src.remaining());
    Scratch.Area copy = null;
    long address;
    if (src.isDirect()) {
      length = src.remaining();
      address = scratch.addressOf(src) + position;
    } else {
      copy = scratch.bytes(length);
      copy.buffer.put(0, src, position, length);
      address = copy.address;
    }
    Scratch.Area area = describe(scratch, attachment, address, length);
    try {
      while (true) {
        long n = LIBC.sendmsg(socket.number, area.address + HEADER, flags);
        if (n >= 0) {
          src.position(position + (int) n);
          // What of a stream's heap buffer was too much for one copy needs no company.
          boolean more = n == length && src.hasRemaining();
          return (int) n + (more ? Math.max(0, Transfer.write(socket, scratch, src, flags)) : 0);
        }
        if (Check.wouldBlock("sendmsg", attachment.to == null ? socket : attachment.to, socket)) {
          return Transfer.WOULD_WAIT;
        }
      }
    } finally {
      Reference.reachabilityFence(src);
      Reference.reachabilityFence(copy);
    }
  }

  private static Scratch.Area describe(
      Scratch scratch, Attachment attachment, long payload, int length) {
    int rights = attachment.descriptors.size() * Integer.BYTES;
    int credentials = ABI.credentials().size();
    Scratch.Area area = scratch.structs(CONTROL + CMSG.space(credentials) + CMSG.space(rights));
    ByteBuffer structs = area.buffer;
    int nameLength = 0;
    if (attachment.to != null) {
      ByteBuffer name = structs.slice(NAME, SockAddr.STORAGE_SIZE).order(structs.order());
      nameLength = SocketNames.encode(ABI.sockAddr(), name, attachment.to);
    }
    Iovec.put(structs.slice(IOVEC, Iovec.SIZE).order(structs.order()), 0, payload, length);
    MSG_HDR.put(
        structs,
        HEADER,
        nameLength == 0 ? 0 : area.address + NAME,
        nameLength,
        area.address + IOVEC,
        1);
    int control = describeControl(structs, attachment);
    if (control > 0) {
      MSG_HDR.putControl(structs, HEADER, area.address + CONTROL, control);
    }
    return area;
  }

  /** Returns the length of the ancillary data, which is 0 for none. */
  private static int describeControl(ByteBuffer structs, Attachment attachment) {
    int end = CONTROL;
    PeerCredentials who = attachment.credentials;
    if (who != null) {
      Credentials layout = ABI.credentials();
      int data =
          CMSG.put(
              structs,
              end,
              SOL_SOCKET,
              ABI.value(SocketControlMessage.SCM_CREDENTIALS),
              layout.size());
      layout.put(structs, data, who.pid(), who.uid(), who.gid());
      end += CMSG.space(layout.size());
    }
    int rights = attachment.descriptors.size() * Integer.BYTES;
    if (rights > 0) {
      int data = CMSG.put(structs, end, SOL_SOCKET, SCM_RIGHTS, rights);
      for (FileDescriptor descriptor : attachment.descriptors) {
        structs.putInt(data, descriptor.number);
        data += Integer.BYTES;
      }
      end += CMSG.space(rights);
    }
    return end - CONTROL;
  }

  /** recvmsg(2), with room for {@code most} descriptors and the sender's credentials. */
  static Message receive(
      FileDescriptor socket, ByteBuffer dst, int most, int flags, @Nullable Deadline deadline)
      throws IOException {
    if (most < 0 || most > MAX_DESCRIPTORS) {
      throw new IllegalArgumentException(
          "a message brings 0 to %d descriptors on %s, not %d"
              .formatted(MAX_DESCRIPTORS, ABI, most));
    }
    if (!Waiting.isInCall(deadline)) {
      return receiveWaiting(socket, dst, most, flags, deadline);
    }
    Scratch scratch = Scratch.ofThread();
    socket.enter(scratch.whereabouts);
    try {
      return orNothing(receiveOnce(socket, scratch, dst, most, flags));
    } finally {
      socket.leave(scratch.whereabouts);
    }
  }

  private static Message receiveWaiting(
      FileDescriptor socket, ByteBuffer dst, int most, int flags, @Nullable Deadline deadline)
      throws IOException {
    AtomicReference<@Nullable Message> received = new AtomicReference<>();
    Waiting.read(
        socket,
        flags,
        deadline,
        (scratch, how) -> {
          Message message = receiveOnce(socket, scratch, dst, most, how);
          received.set(message);
          // That it is empty isn't what the caller looks at.
          return message == null ? Transfer.WOULD_WAIT : 1;
        });
    return orNothing(received.get());
  }

  /** What a caller gets who would have to wait and may not. */
  private static Message orNothing(@Nullable Message message) {
    return message != null ? message : new Message(0, false, false, null, new ArrayDeque<>(), null);
  }

  /** recvmsg(2); null where it would have to wait. */
  private static @Nullable Message receiveOnce(
      FileDescriptor socket, Scratch scratch, ByteBuffer dst, int most, int flags)
      throws IOException {
    int position = dst.position();
    int room = dst.isDirect() ? dst.remaining() : Transfer.room(socket, dst.remaining(), flags);
    Scratch.Area copy = dst.isDirect() ? null : scratch.bytes(room);
    long address = copy == null ? scratch.addressOf(dst) + position : copy.address;
    int control = CMSG.space(ABI.credentials().size()) + CMSG.length(most * Integer.BYTES);
    Scratch.Area area = scratch.structs(CONTROL + control);
    ByteBuffer structs = area.buffer;
    Iovec.put(structs.slice(IOVEC, Iovec.SIZE).order(structs.order()), 0, address, room);
    try {
      while (true) {
        // The kernel overwrites the lengths also when it fails in the middle.
        MSG_HDR.put(
            structs, HEADER, area.address + NAME, SockAddr.STORAGE_SIZE, area.address + IOVEC, 1);
        MSG_HDR.putControl(structs, HEADER, area.address + CONTROL, control);
        long n = LIBC.recvmsg(socket.number, area.address + HEADER, flags | CMSG_CLOEXEC);
        if (n >= 0) {
          int count = (int) n;
          if (copy != null) {
            dst.put(position, copy.buffer, 0, Math.min(count, room));
          }
          dst.position(position + Math.min(count, room));
          boolean end = count == 0 && room > 0 && socket.carries != SocketType.DGRAM;
          boolean peeked = ReceiveFlag.PEEK.isIn(flags);
          Message message = message(structs, end ? -1 : count, control, most, peeked);
          return count > 0 ? message : orClosed(socket, message);
        }
        if (Check.wouldBlock("recvmsg", socket, socket)) {
          return null;
        }
      }
    } finally {
      Reference.reachabilityFence(dst);
      Reference.reachabilityFence(copy);
    }
  }

  /** An empty message may be the dead descriptor's. */
  private static Message orClosed(FileDescriptor socket, Message message) throws IOException {
    if (socket.isClosed()) {
      try (message) {
        socket.checkOpen();
      }
    }
    return message;
  }

  /** What the kernel left in the structs; from here on the descriptors have an owner. */
  private static Message message(ByteBuffer structs, int count, int room, int most, boolean peeked)
      throws IOException {
    int used = Math.min(room, MSG_HDR.controlLength(structs, HEADER));
    AncillaryData data = AncillaryData.read(ABI, structs, CONTROL, CONTROL + used, peeked);
    ArrayDeque<FileDescriptor> descriptors = data.descriptors();
    int flags = MSG_HDR.flags(structs, HEADER);
    boolean lost = (flags & MSG_CTRUNC) != 0 || descriptors.size() > most;
    if (lost) {
      Message.closeAll(descriptors);
    } else if (CMSG_CLOEXEC == 0) {
      data.closeOnExec();
    }
    SocketAddress source;
    try {
      source = source(structs);
    } catch (IOException | RuntimeException e) {
      Message.closeAll(descriptors);
      throw e;
    }
    return new Message(
        count, (flags & MSG_TRUNC) != 0, lost, source, descriptors, data.credentials());
  }

  private static @Nullable SocketAddress source(ByteBuffer structs) throws IOException {
    int length = MSG_HDR.nameLength(structs, HEADER);
    if (length == 0) {
      return null;
    }
    ByteBuffer name = structs.slice(NAME, SockAddr.STORAGE_SIZE).order(structs.order());
    return SocketNames.decode(ABI, name, length);
  }
}
