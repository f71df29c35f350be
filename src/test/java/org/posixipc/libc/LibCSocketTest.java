package org.posixipc.libc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jnr.constants.platform.AddressFamily;
import jnr.constants.platform.Shutdown;
import jnr.constants.platform.Sock;
import jnr.constants.platform.SocketLevel;
import jnr.constants.platform.SocketOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.posixipc.fixture.CMemory;

/** The raw socket calls, used as C uses them. */
class LibCSocketTest {
  private static final LibC LIBC = Native.libc();
  private static final int AF_UNIX = AddressFamily.AF_UNIX.intValue();
  private static final int AF_INET = AddressFamily.AF_INET.intValue();
  private static final int SOCK_STREAM = Sock.SOCK_STREAM.intValue();
  private static final int SOL_SOCKET = SocketLevel.SOL_SOCKET.intValue();
  private static final int SO_LINGER = SocketOption.SO_LINGER.intValue();

  @Test
  void aCallWithFiveArgumentsPassesEachOfThem() {
    try (CMemory pair = CMemory.allocate(8);
        CMemory given = CMemory.allocate(8);
        CMemory got = CMemory.allocate(16);
        CMemory length = CMemory.allocate(4)) {
      assertEquals(0, LIBC.socketpair(AF_UNIX, SOCK_STREAM, 0, pair.address()));
      int first = pair.bytes().getInt(0);
      given.bytes().putInt(0, 1).putInt(4, 1234);
      got.bytes().putLong(0, -1).putLong(8, -1);
      length.bytes().putInt(0, 16);

      assertEquals(0, LIBC.setsockopt(first, SOL_SOCKET, SO_LINGER, given.address(), 8));
      assertEquals(
          0, LIBC.getsockopt(first, SOL_SOCKET, SO_LINGER, got.address(), length.address()));

      assertEquals(8, length.bytes().getInt(0), "the fifth argument: where the length goes");
      assertEquals(1, got.bytes().getInt(0));
      assertEquals(1234, got.bytes().getInt(4));
      assertEquals(-1, got.bytes().getLong(8), "no more than the option's bytes");
      assertEquals(-1, LIBC.setsockopt(first, SOL_SOCKET, SO_LINGER, given.address(), 1));
      close(pair);
    }
  }

  @Test
  void aMessageGoesThroughAPairOfSockets() {
    try (CMemory pair = CMemory.allocate(8);
        CMemory header = CMemory.allocate(56);
        CMemory iov = CMemory.allocate(16);
        CMemory bytes = CMemory.string("a message");
        CMemory in = CMemory.allocate(20)) {
      LIBC.socketpair(AF_UNIX, SOCK_STREAM, 0, pair.address());
      header.bytes().putLong(16, iov.address()).putLong(24, 1);

      iov.bytes().putLong(0, bytes.address()).putLong(8, 9);
      assertEquals(9, LIBC.sendmsg(pair.bytes().getInt(0), header.address(), 0));
      iov.bytes().putLong(0, in.address()).putLong(8, 20);
      assertEquals(9, LIBC.recvmsg(pair.bytes().getInt(4), header.address(), 0));
      assertEquals("a message", in.text(9));

      assertEquals(0, LIBC.shutdown(pair.bytes().getInt(0), Shutdown.SHUT_WR.intValue()));
      assertEquals(0, LIBC.recvmsg(pair.bytes().getInt(4), header.address(), 0), "end of file");
      close(pair);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX) // sockaddr_in begins with its length on macOS
  void aConnectionIsMadeOverTheLoopback() {
    int listener = LIBC.socket(AF_INET, SOCK_STREAM, 0);
    int client = LIBC.socket(AF_INET, SOCK_STREAM, 0);
    try (CMemory address = CMemory.allocate(16);
        CMemory peer = CMemory.allocate(16);
        CMemory length = CMemory.allocate(4)) {
      address.bytes().putShort(0, (short) AF_INET).put(4, new byte[] {127, 0, 0, 1});
      length.bytes().putInt(0, 16);

      assertEquals(0, LIBC.bind(listener, address.address(), 16));
      assertEquals(0, LIBC.listen(listener, 5));
      assertEquals(0, LIBC.getsockname(listener, address.address(), length.address()));
      assertTrue(address.bytes().getShort(2) != 0, "the kernel chose a port");
      assertEquals(0, LIBC.connect(client, address.address(), 16));
      int accepted = LIBC.accept(listener, peer.address(), length.address());
      assertEquals(0, LIBC.getpeername(client, peer.address(), length.address()));

      assertEquals(16, length.bytes().getInt(0));
      assertEquals(address.bytes(), peer.bytes());
      assertEquals(1, LIBC.write(client, peer.address(), 1));
      assertEquals(1, LIBC.read(accepted, address.address(), 16));
      LIBC.close(accepted);
      LIBC.close(client);
      LIBC.close(listener);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void accept4WithoutAPeersAddressTakesItsFlags() {
    int nonBlocking = 0x800;
    int listener = LIBC.socket(AF_INET, SOCK_STREAM | nonBlocking, 0);
    try (CMemory address = CMemory.allocate(16)) {
      address.bytes().putShort(0, (short) AF_INET).put(4, new byte[] {127, 0, 0, 1});
      LIBC.bind(listener, address.address(), 16);
      LIBC.listen(listener, 5);

      int result = Native.linux().accept4(listener, 0, 0, nonBlocking);
      int errno = Native.errno();

      assertEquals(-1, result);
      assertEquals(jnr.constants.platform.Errno.EAGAIN.intValue(), errno);
      LIBC.close(listener);
    }
  }

  private static void close(CMemory pair) {
    assertEquals(0, LIBC.close(pair.bytes().getInt(0)));
    assertEquals(0, LIBC.close(pair.bytes().getInt(4)));
  }
}
