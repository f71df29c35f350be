package org.posixipc.internal.abi;

import org.posixipc.fixture.AbiTable;
import org.posixipc.fixture.AbiTable.Column;

/** The systems of abi.csv as the library has them, and the table's numbers as offsets. */
final class Layouts {
  private Layouts() {}

  static Abi abi(Column system) {
    return switch (system) {
      case LINUX_X86_64 -> LinuxAbi.X86_64;
      case LINUX_AARCH64 -> LinuxAbi.AARCH64;
      case DARWIN_ARM64 -> DarwinAbi.INSTANCE;
    };
  }

  /** The number that the headers give; the system must have it. */
  static int offset(String name, Column system) {
    return (int) AbiTable.value(name, system).orElseThrow();
  }
}
