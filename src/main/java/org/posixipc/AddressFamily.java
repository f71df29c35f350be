package org.posixipc;

import org.posixipc.internal.abi.Abi;
import org.posixipc.internal.abi.SockAddr;

/**
 * {@code address_families(7)}: between whom a socket speaks.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/address_families.7.html">address_families(7)
 *     </a>
 */
public enum AddressFamily {
  /** AF_UNIX: processes of this machine. */
  UNIX,

  /** AF_INET: hosts, by IPv4. */
  INET4,

  /** AF_INET6: hosts, by IPv6. */
  INET6;

  int number(Abi abi) {
    return switch (this) {
      case UNIX -> SockAddr.UNIX;
      case INET4 -> SockAddr.INET;
      case INET6 -> abi.sockAddr().inet6();
    };
  }
}
