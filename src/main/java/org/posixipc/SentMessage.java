package org.posixipc;

import static org.posixipc.MessageStructs.ABI;
import static org.posixipc.MessageStructs.CMSG;
import static org.posixipc.MessageStructs.CONTROL;
import static org.posixipc.MessageStructs.HEADER;
import static org.posixipc.MessageStructs.IOVEC;
import static org.posixipc.MessageStructs.MAX_DESCRIPTORS;
import static org.posixipc.MessageStructs.MSG_HDR;
import static org.posixipc.MessageStructs.NAME;
import static org.posixipc.MessageStructs.SCM_RIGHTS;
import static org.posixipc.MessageStructs.SOL_SOCKET;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.List;
import jnr.constants.platform.SocketControlMessage;
import org.jspecify.annotations.Nullable;
import org.posixipc.internal.abi.Credentials;
import org.posixipc.internal.abi.Iovec;
import org.posixipc.internal.abi.SockAddr;
import org.posixipc.libc.LibC;
import org.posixipc.libc.Native;

/** sendmsg(2): a message with an address, with descriptors, with credentials. */
final class SentMessage {
  private static final LibC LIBC = Native.libc();

  private SentMessage() {}

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
  static int send(FileDescriptor socket, ByteBuffer src, Attachment attachment, int flags)
      throws IOException {
    return Waiting.isInCall(null) && attachment.descriptors.isEmpty()
        ? Math.max(0, sendInCall(socket, src, attachment, flags))
        : sendWaiting(socket, src, attachment, flags);
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
      FileDescriptor socket, ByteBuffer src, Attachment attachment, int flags) throws IOException {
    int start = src.position();
    Waiting.Attempt attempt =
        (scratch, how) ->
            src.position() == start
                ? sendHolding(socket, scratch, src, attachment, how)
                : Transfer.write(socket, scratch, src, how);
    return (int) Waiting.write(socket, flags, null, attempt, src::hasRemaining);
  }

  /**
   * sendmsg(2), or WOULD_WAIT. The descriptors are held for a call that doesn't wait: a close of
   * one ends what waits for it only then, and this socket may be among them.
   */
  private static int sendHolding(
      FileDescriptor socket, Scratch scratch, ByteBuffer src, Attachment attachment, int flags)
      throws IOException {
    int held = 0;
    try {
      for (FileDescriptor descriptor : attachment.descriptors) {
        descriptor.share();
        descriptor.hold();
        held++;
      }
      return sendOnce(socket, scratch, src, attachment, flags);
    } finally {
      for (int i = 0; i < held; i++) {
        attachment.descriptors.get(i).unhold();
      }
    }
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
          if (src.hasRemaining()) {
            // The kernel tells of bytes that went before a close cut the call, not of the cut.
            socket.checkOpen();
          }
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
}
