package org.posixipc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.posixipc.internal.abi.Abi;
import org.posixipc.internal.abi.DarwinAbi;
import org.posixipc.internal.abi.LinuxAbi;

/** Addresses: as people write them, as the JDK has them, and as the kernels do. */
class SocketAddressTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1:80",
    "::1, [::1]:80",
    "::, [::]:80",
    "1::, [1::]:80",
    "2001:db8:0:1:1:1:1:1, [2001:db8:0:1:1:1:1:1]:80",
    "2001:0:0:1:0:0:0:1, [2001:0:0:1::1]:80",
    "2001:db8:0:0:1:0:0:1, [2001:db8::1:0:0:1]:80",
    "fe80::a%3, [fe80::a%3]:80"
  })
  void anInternetAddressIsWrittenAsPeopleDo(String host, String text) throws IOException {
    SocketAddress address = SocketAddress.inet(host, 80);

    assertEquals(text, address.toString());
    assertEquals(address, SocketAddress.inet(host, 80));
    assertEquals(address.hashCode(), SocketAddress.inet(host, 80).hashCode());
    assertNotEquals(address, SocketAddress.inet(host, 81));
  }

  @Test
  void aUnixAddressIsWrittenAsPeopleDo() {
    assertEquals("unix:/run/x.sock", SocketAddress.unix(Path.of("/run/x.sock")).toString());
    assertEquals("unix:@name", SocketAddress.abstractUnix("name".getBytes(UTF_8)).toString());
    assertEquals(
        "unix:@a\\x00b\\x1b", SocketAddress.abstractUnix(new byte[] {'a', 0, 'b', 27}).toString());
    assertEquals("unix:@", SocketAddress.abstractUnix(new byte[0]).toString());
    assertEquals("unix:", new SocketAddress.UnixUnnamed().toString());
  }

  @Test
  void unixAddressesAreEqualByTheirBytes() {
    byte[] name = {1, 2};
    SocketAddress address = SocketAddress.abstractUnix(name);
    name[0] = 9;

    assertEquals(SocketAddress.abstractUnix(new byte[] {1, 2}), address);
    assertEquals(SocketAddress.abstractUnix(new byte[] {1, 2}).hashCode(), address.hashCode());
    assertNotEquals(SocketAddress.abstractUnix(name), address);
    assertNotEquals(new SocketAddress.UnixPath(new byte[] {1, 2}), address);
    assertEquals(SocketAddress.unix(Path.of("a")), new SocketAddress.UnixPath(new byte[] {'a'}));
  }

  @Test
  void aScopeMakesAnotherPlace() throws IOException {
    assertNotEquals(SocketAddress.inet("fe80::1%1", 5), SocketAddress.inet("fe80::1%2", 5));
  }

  @Test
  void theJdksAddressesAreTakenAndGivenBack() throws IOException {
    InetSocketAddress four = new InetSocketAddress(InetAddress.getByAddress(new byte[4]), 80);
    InetSocketAddress six = new InetSocketAddress(InetAddress.getByAddress(new byte[16]), 80);

    assertEquals(four, ((SocketAddress.Inet4) SocketAddress.of(four)).toInetSocketAddress());
    assertEquals(six, ((SocketAddress.Inet6) SocketAddress.of(six)).toInetSocketAddress());
    assertEquals(
        SocketAddress.unix(Path.of("/x")), SocketAddress.of(UnixDomainSocketAddress.of("/x")));
    assertEquals(new SocketAddress.UnixUnnamed(), SocketAddress.of(UnixDomainSocketAddress.of("")));
    assertEquals(Path.of("/x"), SocketAddress.unix(Path.of("/x")).path());
    assertRefused(
        "the host has no address yet: nowhere/<unresolved>:80",
        () -> SocketAddress.of(InetSocketAddress.createUnresolved("nowhere", 80)));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65536, Integer.MIN_VALUE})
  void aPortOutOfRangeIsRefused(int port) {
    assertRefused(
        "a port is 0 to 65535, this one is " + port, () -> SocketAddress.inet("::1", port));
    assertRefused(
        "a port is 0 to 65535, this one is " + port, () -> SocketAddress.inet("127.0.0.1", port));
  }

  @Test
  void aPathThatIsTooLongIsRefusedWithTheLimit() {
    int limit = Abi.host().sockAddr().pathSize();
    String path = "/" + "x".repeat(limit);

    assertRefused(
        "a Unix path holds at most %d bytes on %s, this one has %d: %s"
            .formatted(limit, Abi.host(), limit + 1, path),
        () -> SocketAddress.unix(Path.of(path)));
    assertRefused(
        "a Unix path has 1 byte or more, this one is empty", () -> SocketAddress.unix(Path.of("")));
    assertRefused(
        "a Unix path has no NUL, this one has: a\\x00b",
        () -> new SocketAddress.UnixPath(new byte[] {'a', 0, 'b'}));
  }

  @Test
  void anAbstractNameThatIsTooLongIsRefusedWithTheLimit() {
    byte[] name = "n".repeat(108).getBytes(UTF_8);

    assertRefused(
        "an abstract name holds at most 107 bytes, this one has 108: " + "n".repeat(108),
        () -> SocketAddress.abstractUnix(name));
  }

  @Test
  void theLongestPathAndTheLongestNameAreBoundAndConnectedTo() throws IOException {
    String prefix = folder + "/";
    byte[] path = (prefix + "x".repeat(108 - prefix.length())).getBytes(UTF_8);
    byte[] name = new byte[107];
    Arrays.fill(name, (byte) 0xff);
    name[3] = 0;

    for (SocketAddress longest :
        List.of(new SocketAddress.UnixPath(path), SocketAddress.abstractUnix(name))) {
      try (Listener listener = Listener.bind(longest);
          Socket client = Socket.connect(longest)) {
        assertEquals(longest, listener.localAddress());
        assertEquals(longest, client.remoteAddress());
      }
    }
  }

  @Test
  void anIpv4PeerOfADualStackListenerIsAMappedAddress() throws IOException {
    try (Listener listener =
            Binding.to(SocketAddress.inet("::", 0)).set(SocketOption.IPV6_V6ONLY, false).listen();
        Socket client =
            Socket.connect(
                SocketAddress.inet(
                    "127.0.0.1", ((SocketAddress.Inet6) listener.localAddress()).port()));
        Socket server = listener.accept()) {
      SocketAddress.Inet6 peer = (SocketAddress.Inet6) server.remoteAddress();

      assertArrayEquals(
          new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 127, 0, 0, 1},
          peer.address().getAddress());
      assertEquals(((SocketAddress.Inet4) client.localAddress()).port(), peer.port());
    }
  }

  @Test
  void whatIsEncodedIsDecodedOnEverySystem() throws IOException {
    InetAddress scoped = Inet6Address.getByAddress(null, new byte[16], 7);
    List<SocketAddress> addresses =
        List.of(
            SocketAddress.unix(Path.of("/run/x.sock")),
            SocketAddress.inet("10.1.2.3", 65535),
            SocketAddress.inet("2001:db8::1", 1),
            SocketAddress.of(new InetSocketAddress(scoped, 0)),
            new SocketAddress.UnixUnnamed());
    for (Abi abi : List.of(LinuxAbi.X86_64, LinuxAbi.AARCH64, DarwinAbi.INSTANCE)) {
      for (SocketAddress address : addresses) {
        ByteBuffer addr = ByteBuffer.allocate(128).order(ByteOrder.nativeOrder());

        int length = SocketNames.encode(abi.sockAddr(), addr, address);

        assertEquals(address, SocketNames.decode(abi, addr, length));
      }
    }
  }

  @Test
  void whatIsCutOffOrOfAnUnknownFamilyIsAClearError() {
    ByteBuffer addr = ByteBuffer.allocate(128).order(ByteOrder.nativeOrder());
    int length = LinuxAbi.X86_64.sockAddr().putInet(addr, new byte[4], 1);

    assertEquals(
        "the kernel gave 15 bytes of an address of more",
        assertThrows(IOException.class, () -> SocketNames.decode(LinuxAbi.X86_64, addr, length - 1))
            .getMessage());
    addr.putShort(0, (short) 16);
    assertEquals(
        "the kernel gave an address of family 16",
        assertThrows(IOException.class, () -> SocketNames.decode(LinuxAbi.X86_64, addr, 16))
            .getMessage());
  }

  private static void assertRefused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
