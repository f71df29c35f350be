package org.posixipc.internal.abi;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Linux with glibc or musl: the kernel's asm-generic values, but for those that aarch64 changed.
 */
public final class LinuxAbi extends Abi {
  public static final LinuxAbi X86_64 = new LinuxAbi("jnr.constants.platform.linux");
  public static final LinuxAbi AARCH64 = new LinuxAbi("jnr.constants.platform.linux.aarch64");

  private static final Optional<EpollEvent> EPOLL_EVENT = Optional.of(new EpollEvent(16, 8));
  private static final Optional<EpollEvent> PACKED_EPOLL_EVENT = Optional.of(new EpollEvent(12, 4));
  private static final SigAction SIG_ACTION = new SigAction(152, 8, 136);

  /**
   * Real-time signals end at 64. The C library has 32 to 34 for itself, and the JDK wakes its own
   * threads with 62.
   */
  private static final List<Integer> SPARE_SIGNALS = List.of(61, 60, 59, 58, 57, 56);

  private static final SigSet SIG_SET = new SigSet(128, 64);
  private static final SockAddr SOCK_ADDR = new SockAddr(false, 108, 10);
  private static final MsgHdr MSG_HDR = new MsgHdr(56, Long.BYTES, 48);
  private static final Cmsg CMSG = new Cmsg(Long.BYTES, Long.BYTES);

  /** {@code struct ucred { pid_t pid; uid_t uid; gid_t gid; }}. */
  private static final Credentials UCRED = new Credentials(12, OptionalInt.of(0), 4, 8);

  private final String jnrPackage;

  private LinuxAbi(String jnrPackage) {
    super("Linux");
    this.jnrPackage = jnrPackage;
  }

  @Override
  public boolean hasAtomicCloseOnExec() {
    return true;
  }

  @Override
  public boolean hasAbstractNames() {
    return true;
  }

  @Override
  public boolean hasSocketModes() {
    return true;
  }

  @Override
  public Optional<EpollEvent> epollEvent() {
    return this == AARCH64 ? EPOLL_EVENT : PACKED_EPOLL_EVENT;
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
    return 0;
  }

  @Override
  public SigSet sigSet() {
    return SIG_SET;
  }

  @Override
  public boolean givesDescriptorsToPeek() {
    return true;
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
    return UCRED;
  }

  @Override
  OptionalLong ofHeader(Header header) {
    return this == AARCH64 ? header.linuxAarch64() : header.linux();
  }

  @Override
  String jnrPackage() {
    return jnrPackage;
  }
}
