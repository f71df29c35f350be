package org.posixipc.internal.abi;

import java.util.OptionalLong;

/** macOS. x86-64 and arm64 share every value that stands here. */
public final class DarwinAbi extends Abi {
  public static final DarwinAbi INSTANCE = new DarwinAbi();

  private DarwinAbi() {
    super("macOS");
  }

  @Override
  public boolean hasAtomicCloseOnExec() {
    return false;
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
