package org.posixipc.internal.abi;

import java.util.OptionalLong;
import jnr.constants.Constant;

/** Constants of the systems' headers that jnr-constants lacks or has wrong, by system. */
public enum Header implements Constant {
  FD_CLOEXEC(1, 1),
  FIONREAD(0x541B, 0x4004667FL),
  F_DUPFD_CLOEXEC(1030, 67),
  IOV_MAX(1024, 1024),
  LOCAL_PEERPID(Header.NONE, 2),
  MSG_CMSG_CLOEXEC(0x40000000, Header.NONE),
  MSG_NOSIGNAL(0x4000, 0x80000),
  O_DSYNC(0x1000, 0x400000),
  PIPE_BUF(4096, 512),
  POLLIN(0x1, 0x1),
  POLLPRI(0x2, 0x2),
  POLLOUT(0x4, 0x4),
  POLLERR(0x8, 0x8),
  POLLHUP(0x10, 0x10),
  POLLNVAL(0x20, 0x20),
  POLLRDHUP(0x2000, Header.NONE),
  POSIX_SPAWN_CLOEXEC_DEFAULT(Header.NONE, 0x4000),
  POSIX_SPAWN_SETPGROUP(2, 2),
  POSIX_SPAWN_SETSID(0x80, 0x400),
  POSIX_SPAWN_SETSIGDEF(4, 4),
  POSIX_SPAWN_SETSIGMASK(8, 8),
  SCM_MAX_FD(253, 254),
  // macOS counts SO_LINGER in hundredths, SO_LINGER_SEC in seconds.
  SO_LINGER(13, 0x1080),
  SOL_LOCAL(Header.NONE, 0),
  SOMAXCONN(4096, 128),
  TCP_FASTOPEN(23, 0x105),
  TCP_KEEPCNT(6, 0x102),
  // macOS calls the idle time TCP_KEEPALIVE.
  TCP_KEEPIDLE(4, 0x10),
  TCP_KEEPINTVL(5, 0x101);

  /** Stands in the table where a system lacks the name; no constant has this value. */
  private static final long NONE = Long.MIN_VALUE;

  private final long linux;
  private final long linuxAarch64;
  private final long darwin;

  Header(long linux, long darwin) {
    this(linux, linux, darwin);
  }

  Header(long linux, long linuxAarch64, long darwin) {
    this.linux = linux;
    this.linuxAarch64 = linuxAarch64;
    this.darwin = darwin;
  }

  OptionalLong linux() {
    return optional(linux);
  }

  OptionalLong linuxAarch64() {
    return optional(linuxAarch64);
  }

  OptionalLong darwin() {
    return optional(darwin);
  }

  private static OptionalLong optional(long value) {
    return value == NONE ? OptionalLong.empty() : OptionalLong.of(value);
  }

  /**
   * The value on this machine; {@link Abi#value} asks any system, and says so where it has none.
   */
  @Override
  public int intValue() {
    return Abi.host().value(this);
  }

  @Override
  public long longValue() {
    return intValue();
  }

  @Override
  public boolean defined() {
    return Abi.host().has(this);
  }
}
