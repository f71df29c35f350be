package org.posixipc;

import java.io.IOException;
import java.nio.ByteBuffer;
import jnr.constants.platform.Local;
import jnr.constants.platform.SocketLevel;
import org.posixipc.internal.abi.Abi;
import org.posixipc.internal.abi.Credentials;
import org.posixipc.internal.abi.Header;

/** Asks who is at the other end of a Unix socket: one option on Linux, two on macOS. */
final class Peer {
  private static final Abi ABI = Abi.host();
  private static final Credentials LAYOUT = ABI.credentials();

  private static final OptionValue<PeerCredentials> CREDENTIALS =
      new OptionValue<>(LAYOUT.size(), Peer::readOnly, Peer::decode);

  private static final SocketOption<PeerCredentials> SO_PEERCRED =
      new SocketOption<>(
          SocketLevel.SOL_SOCKET, jnr.constants.platform.SocketOption.SO_PEERCRED, CREDENTIALS);

  private static final SocketOption<PeerCredentials> LOCAL_PEERCRED =
      new SocketOption<>(Header.SOL_LOCAL, Local.LOCAL_PEERCRED, CREDENTIALS);

  private static final SocketOption<Integer> LOCAL_PEERPID =
      new SocketOption<>(Header.SOL_LOCAL, Header.LOCAL_PEERPID, OptionValue.INTEGER);

  private Peer() {}

  static PeerCredentials of(FileDescriptor socket) throws IOException {
    if (LAYOUT.pid().isPresent()) {
      return SocketCalls.get(socket, SO_PEERCRED);
    }
    PeerCredentials user = SocketCalls.get(socket, LOCAL_PEERCRED);
    return new PeerCredentials(SocketCalls.get(socket, LOCAL_PEERPID), user.uid(), user.gid());
  }

  /** Without the process number where the struct has none. */
  private static PeerCredentials decode(ByteBuffer struct) {
    int pid = LAYOUT.pid().isPresent() ? struct.getInt(LAYOUT.pid().getAsInt()) : 0;
    return new PeerCredentials(pid, LAYOUT.userId(struct, 0), LAYOUT.groupId(struct, 0));
  }

  private static void readOnly(ByteBuffer struct, PeerCredentials value) {
    throw new IllegalArgumentException("the kernel alone says who the peer is, not " + value);
  }
}
