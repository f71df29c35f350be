package org.posixipc;

import jnr.constants.Constant;
import jnr.constants.platform.SocketMessage;
import org.posixipc.internal.abi.Abi;

/**
 * {@code recv(2)}: how one message is received.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/recv.2.html">recv(2)</a>
 */
public enum ReceiveFlag {
  /** MSG_DONTWAIT: doesn't wait for something to come, also on a blocking socket. */
  DONT_WAIT(SocketMessage.MSG_DONTWAIT),

  /**
   * MSG_PEEK: leaves what it gives in the queue. Descriptors are given each time anew on Linux, and
   * not on macOS.
   */
  PEEK(SocketMessage.MSG_PEEK),

  /** MSG_TRUNC: returns a datagram's own length, also where it is more than the room. Linux. */
  TRUNCATE(SocketMessage.MSG_TRUNC),

  /** MSG_WAITALL: waits until the buffer is full, or no more can come. */
  WAIT_ALL(SocketMessage.MSG_WAITALL),

  /** MSG_OOB: the urgent byte. */
  OUT_OF_BAND(SocketMessage.MSG_OOB);

  @SuppressWarnings("ImmutableEnumChecker") // an enum itself, behind an interface
  private final Constant constant;

  /** 0 where the system lacks it; looked up once, since it is wanted for each message. */
  private final int bit;

  ReceiveFlag(Constant constant) {
    this.constant = constant;
    this.bit = (int) Abi.host().find(constant).orElse(0);
  }

  boolean isIn(int bits) {
    return (bits & bit) != 0;
  }

  static int bits(ReceiveFlag... flags) {
    int bits = 0;
    for (ReceiveFlag flag : flags) {
      bits |= flag.bit != 0 ? flag.bit : Abi.host().value(flag.constant);
    }
    return bits;
  }
}
