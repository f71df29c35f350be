package org.posixipc;

import jnr.constants.platform.SocketControlMessage;
import jnr.constants.platform.SocketLevel;
import org.posixipc.internal.abi.Abi;
import org.posixipc.internal.abi.Cmsg;
import org.posixipc.internal.abi.Header;
import org.posixipc.internal.abi.Iovec;
import org.posixipc.internal.abi.MsgHdr;
import org.posixipc.internal.abi.SockAddr;

/**
 * Where the structs of sendmsg(2) and recvmsg(2) stand in the thread's {@link Scratch}, one behind
 * the other, and what they have in common.
 */
final class MessageStructs {
  static final Abi ABI = Abi.host();
  static final MsgHdr MSG_HDR = ABI.msgHdr();
  static final Cmsg CMSG = ABI.cmsg();

  static final int HEADER = 0;
  static final int IOVEC = 64;
  static final int NAME = IOVEC + Iovec.SIZE;
  static final int CONTROL = NAME + SockAddr.STORAGE_SIZE;

  static final int SOL_SOCKET = ABI.value(SocketLevel.SOL_SOCKET);
  static final int SCM_RIGHTS = ABI.value(SocketControlMessage.SCM_RIGHTS);
  static final int MAX_DESCRIPTORS = ABI.value(Header.SCM_MAX_FD);

  private MessageStructs() {}
}
