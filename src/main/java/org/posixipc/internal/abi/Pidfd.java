package org.posixipc.internal.abi;

/** Numbers of Linux's calls on pidfds, since 5.3 on every architecture, for syscall(2). */
public final class Pidfd {
  public static final long SYS_SEND_SIGNAL = 424;
  public static final long SYS_OPEN = 434;

  private Pidfd() {}
}
