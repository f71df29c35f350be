package org.posixipc;

import static org.posixipc.MessageStructs.ABI;
import static org.posixipc.MessageStructs.CMSG;
import static org.posixipc.MessageStructs.CONTROL;
import static org.posixipc.MessageStructs.HEADER;
import static org.posixipc.MessageStructs.IOVEC;
import static org.posixipc.MessageStructs.MAX_DESCRIPTORS;
import static org.posixipc.MessageStructs.MSG_HDR;
import static org.posixipc.MessageStructs.NAME;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicReference;
import jnr.constants.platform.SocketMessage;
import org.jspecify.annotations.Nullable;
import org.posixipc.internal.abi.Header;
import org.posixipc.internal.abi.Iovec;
import org.posixipc.internal.abi.SockAddr;
import org.posixipc.libc.LibC;
import org.posixipc.libc.Native;

/** recvmsg(2): a message with its source, its descriptors, its credentials. */
final class ReceivedMessage {
  private static final LibC LIBC = Native.libc();
  private static final int MSG_TRUNC = ABI.value(SocketMessage.MSG_TRUNC);
  private static final int MSG_CTRUNC = ABI.value(SocketMessage.MSG_CTRUNC);

  /** 0 where the system can't make received descriptors close-on-exec at once. */
  private static final int CMSG_CLOEXEC =
      ABI.has(Header.MSG_CMSG_CLOEXEC) ? ABI.value(Header.MSG_CMSG_CLOEXEC) : 0;

  private ReceivedMessage() {}

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
