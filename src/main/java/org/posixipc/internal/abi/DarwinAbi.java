package org.posixipc.internal.abi;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** macOS. x86-64 and arm64 share every value that stands here. */
public final class DarwinAbi extends Abi {
  public static final DarwinAbi INSTANCE = new DarwinAbi();

  private static final SigAction SIG_ACTION = new SigAction(16, 8, 12);

  /** SIGURG and SIGINFO, which by default are ignored. The JDK wakes its own threads with SIGIO. */
  private static final List<Integer> SPARE_SIGNALS = List.of(16, 29);

  private static final SigSet SIG_SET = new SigSet(4, 31);
  private static final SockAddr SOCK_ADDR = new SockAddr(true, 104, 30);
  private static final MsgHdr MSG_HDR = new MsgHdr(48, Integer.BYTES, 44);
  private static final Cmsg CMSG = new Cmsg(Integer.BYTES, Integer.BYTES);

  /** {@code struct xucred}: version, uid, count of groups, groups; the pid is asked for apart. */
  private static final Credentials XUCRED = new Credentials(76, OptionalInt.empty(), 4, 12);

  private DarwinAbi() {
    super("macOS");
  }

  @Override
  public boolean hasAtomicCloseOnExec() {
    return false;
  }

  @Override
  public boolean hasAbstractNames() {
    return false;
  }

  @Override
  public boolean hasSocketModes() {
    return false;
  }

  @Override
  public Optional<EpollEvent> epollEvent() {
    return Optional.empty();
  }

  @Override
  public SigAction sigAction() {
    return SIG_ACTION;
  }

  @Override
  public List<Integer> spareSignals() {
    return SPARE_SIGNALS;
  }

  @Override
  public long rtldDefault() {
    return -2;
  }

  @Override
  public SigSet sigSet() {
    return SIG_SET;
  }

  @Override
  public boolean givesDescriptorsToPeek() {
    return false;
  }

  @Override
  public SockAddr sockAddr() {
    return SOCK_ADDR;
  }

  @Override
  public MsgHdr msgHdr() {
    return MSG_HDR;
  }

  @Override
  public Cmsg cmsg() {
    return CMSG;
  }

  @Override
  public Credentials credentials() {
    return XUCRED;
  }

  @Override
  OptionalLong ofHeader(Header header) {
    return header.darwin();
  }

  @Override
  String jnrPackage() {
    return "jnr.constants.platform.darwin";
  }
}
