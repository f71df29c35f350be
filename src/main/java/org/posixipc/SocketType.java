package org.posixipc;

import jnr.constants.platform.Sock;
import org.posixipc.internal.abi.Abi;

/**
 * {@code socket(2)}: what a socket carries.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/socket.2.html">socket(2)</a>
 */
public enum SocketType {
  /** SOCK_STREAM: bytes in order, without boundaries. */
  STREAM(Sock.SOCK_STREAM),

  /** SOCK_DGRAM: messages, each for itself; over a network they may be lost or change order. */
  DGRAM(Sock.SOCK_DGRAM),

  /** SOCK_SEQPACKET: messages in order, over a connection. macOS has none for AF_UNIX. */
  SEQPACKET(Sock.SOCK_SEQPACKET);

  private final Sock constant;

  SocketType(Sock constant) {
    this.constant = constant;
  }

  /** The type that the system gives this number. */
  static SocketType of(Abi abi, int number) {
    for (SocketType type : values()) {
      if (type.number(abi) == number) {
        return type;
      }
    }
    throw new IllegalArgumentException(
        "the socket's type is " + number + ", which is none of STREAM, DGRAM and SEQPACKET");
  }

  int number(Abi abi) {
    return abi.value(constant);
  }
}
