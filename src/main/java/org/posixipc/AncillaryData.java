package org.posixipc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import jnr.constants.platform.SocketControlMessage;
import jnr.constants.platform.SocketLevel;
import org.jspecify.annotations.Nullable;
import org.posixipc.internal.abi.Abi;
import org.posixipc.internal.abi.Cmsg;
import org.posixipc.internal.abi.Credentials;

/**
 * What came beside a message's bytes. The kernel has installed the descriptors by the time that
 * their numbers are read here, so each is owned as soon as it is seen.
 */
final class AncillaryData implements Cmsg.Visitor {
  private final Abi abi;
  private final int solSocket;
  private final int scmRights;
  private final boolean hasCredentials;
  private final int scmCredentials;
  private final ByteBuffer structs;

  /** False where owning what looks like descriptors would close strangers', such as 0. */
  private final boolean numbersAreReal;

  private final ArrayDeque<FileDescriptor> descriptors = new ArrayDeque<>();
  private @Nullable PeerCredentials credentials;

  private AncillaryData(Abi abi, ByteBuffer structs, boolean peeked) {
    this.numbersAreReal = !peeked || abi.givesDescriptorsToPeek();
    this.abi = abi;
    this.structs = structs;
    this.solSocket = abi.value(SocketLevel.SOL_SOCKET);
    this.scmRights = abi.value(SocketControlMessage.SCM_RIGHTS);
    this.hasCredentials = abi.credentials().pid().isPresent();
    this.scmCredentials = hasCredentials ? abi.value(SocketControlMessage.SCM_CREDENTIALS) : 0;
  }

  /** Reads the control messages that stand from {@code start} to {@code end}. */
  static AncillaryData read(Abi abi, ByteBuffer structs, int start, int end, boolean peeked) {
    AncillaryData data = new AncillaryData(abi, structs, peeked);
    abi.cmsg().walk(structs, start, end, data);
    return data;
  }

  @Override
  public void message(int level, int type, int offset, int length) {
    if (level != solSocket) {
      return;
    }
    if (type == scmRights && numbersAreReal) {
      for (int at = offset; at + Integer.BYTES <= offset + length; at += Integer.BYTES) {
        descriptors.add(new FileDescriptor(structs.getInt(at), null));
      }
    } else if (hasCredentials && type == scmCredentials && length >= abi.credentials().size()) {
      Credentials layout = abi.credentials();
      credentials =
          new PeerCredentials(
              structs.getInt(offset + layout.pid().orElseThrow()),
              layout.userId(structs, offset),
              layout.groupId(structs, offset));
    }
  }

  ArrayDeque<FileDescriptor> descriptors() {
    return descriptors;
  }

  @Nullable PeerCredentials credentials() {
    return credentials;
  }

  /** For a system that can't receive descriptors close-on-exec; closes all if that fails. */
  void closeOnExec() throws IOException {
    try {
      for (FileDescriptor descriptor : descriptors) {
        descriptor.closeOnExec();
      }
    } catch (IOException e) {
      Message.closeAll(descriptors);
      throw e;
    }
  }
}
