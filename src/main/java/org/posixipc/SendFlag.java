package org.posixipc;

import jnr.constants.Constant;
import jnr.constants.platform.SocketMessage;
import org.posixipc.internal.abi.Abi;
import org.posixipc.internal.abi.Header;

/**
 * {@code send(2)}: how one message is sent. MSG_NOSIGNAL is always set.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/send.2.html">send(2)</a>
 */
public enum SendFlag {
  /** MSG_DONTWAIT: doesn't wait for room, also on a blocking socket. */
  DONT_WAIT(SocketMessage.MSG_DONTWAIT),

  /** MSG_EOR: ends a record, on sockets that have such. */
  END_OF_RECORD(SocketMessage.MSG_EOR),

  /** MSG_MORE: more comes at once; TCP may wait for it to fill a packet. Linux alone. */
  MORE(SocketMessage.MSG_MORE),

  /** MSG_OOB: one urgent byte. */
  OUT_OF_BAND(SocketMessage.MSG_OOB);

  static final int ALWAYS = Abi.host().value(Header.MSG_NOSIGNAL);

  @SuppressWarnings("ImmutableEnumChecker") // an enum itself, behind an interface
  private final Constant constant;

  /** 0 where the system lacks it; looked up once, since it is wanted for each message. */
  private final int bit;

  SendFlag(Constant constant) {
    this.constant = constant;
    this.bit = (int) Abi.host().find(constant).orElse(0);
  }

  static int bits(SendFlag... flags) {
    int bits = ALWAYS;
    for (SendFlag flag : flags) {
      bits |= flag.bit != 0 ? flag.bit : Abi.host().value(flag.constant);
    }
    return bits;
  }
}
