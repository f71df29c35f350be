package org.posixipc.internal.abi;

import java.util.OptionalLong;

/**
 * Linux with glibc or musl: the kernel's asm-generic values, but for those that aarch64 changed.
 */
public final class LinuxAbi extends Abi {
  public static final LinuxAbi X86_64 = new LinuxAbi("jnr.constants.platform.linux");
  public static final LinuxAbi AARCH64 = new LinuxAbi("jnr.constants.platform.linux.aarch64");

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
  OptionalLong ofHeader(Header header) {
    return this == AARCH64 ? header.linuxAarch64() : header.linux();
  }

  @Override
  String jnrPackage() {
    return jnrPackage;
  }
}
