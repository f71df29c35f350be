package org.posixipc.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.NetworkInterface;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import jnr.ffi.Platform;
import org.posixipc.SocketAddress;

/** The kinds of addresses at which a server of this host can be. */
enum Place {
  UNIX_PATH,
  UNIX_ABSTRACT,
  INET4,
  INET6;

  private static final AtomicInteger COUNTER = new AtomicInteger();

  /** An address that nobody else has, or whose port the kernel chooses. */
  SocketAddress address(Path folder) throws IOException {
    String name = "s" + COUNTER.incrementAndGet();
    return switch (this) {
      case UNIX_PATH -> SocketAddress.unix(folder.resolve(name));
      case UNIX_ABSTRACT -> {
        assumeTrue(
            Platform.getNativePlatform().getOS() == Platform.OS.LINUX,
            "Linux alone has abstract names");
        String unique = "posixipc." + ProcessHandle.current().pid() + "." + name;
        yield SocketAddress.abstractUnix(unique.getBytes(UTF_8));
      }
      case INET4 -> SocketAddress.inet("127.0.0.1", 0);
      case INET6 -> {
        assumeTrue(hasInet6(), "this host has no ::1");
        yield SocketAddress.inet("::1", 0);
      }
    };
  }

  /** The address with the port that a peer says in its "ready" line. */
  static SocketAddress withPort(SocketAddress asked, String text) throws IOException {
    int port = Integer.parseInt("0" + text.replaceFirst(".*[^0-9]", ""));
    if (asked instanceof SocketAddress.Inet4 inet) {
      return new SocketAddress.Inet4(inet.address(), port);
    }
    return asked instanceof SocketAddress.Inet6 inet
        ? new SocketAddress.Inet6(inet.address(), port)
        : asked;
  }

  private static boolean hasInet6() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .anyMatch(address -> address instanceof Inet6Address && address.isLoopbackAddress());
  }
}
