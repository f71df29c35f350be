package org.posixipc.internal.abi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posixipc.fixture.AbiTable.Column;

/** Socket addresses as each system's headers lay them out. */
class SockAddrTest {
  private static final byte[] PATH = {'/', 'x', (byte) 0xff};

  private final ByteBuffer addr =
      ByteBuffer.allocate(SockAddr.STORAGE_SIZE).order(ByteOrder.nativeOrder());

  @ParameterizedTest
  @EnumSource
  void aUnixPathStandsInSunPathWithANulBehindIt(Column system) {
    SockAddr layout = layout(system);
    fill();

    int length = layout.putPath(addr, PATH);

    int path = Layouts.offset("struct sockaddr_un.sun_path", system);
    assertEquals(path + PATH.length + 1, length);
    assertHeader(system, "sockaddr_un.sun", SockAddr.UNIX, length);
    assertArrayEquals(new byte[] {'/', 'x', (byte) 0xff, 0}, bytes(path, 4));
    assertArrayEquals(new byte[] {'/', 'x', (byte) 0xff, 0}, layout.path(addr, length));
    assertEquals(SockAddr.UNIX, layout.family(addr, length));
  }

  @ParameterizedTest
  @EnumSource
  void theLongestPathFillsSunPathAndHasNoNul(Column system) {
    SockAddr layout = layout(system);
    int most = Layouts.offset("sizeof(struct sockaddr_un.sun_path)", system);
    byte[] longest = new byte[most];
    Arrays.fill(longest, (byte) 'a');

    int length = layout.putPath(addr, longest);

    assertEquals(most, layout.pathSize());
    assertEquals(Layouts.offset("struct sockaddr_un", system), length);
    assertArrayEquals(longest, layout.path(addr, length));
  }

  @ParameterizedTest
  @EnumSource
  void anAbstractNameEndsWhereTheLengthSays(Column system) {
    SockAddr layout = layout(system);
    fill();

    int length = layout.putAbstract(addr, new byte[] {'n', 0, 'm'});

    assertEquals(Layouts.offset("struct sockaddr_un.sun_path", system) + 4, length);
    assertArrayEquals(new byte[] {0, 'n', 0, 'm'}, layout.path(addr, length));
  }

  @ParameterizedTest
  @EnumSource
  void anIpv4AddressIsInNetworkOrder(Column system) {
    SockAddr layout = layout(system);
    fill();
    byte[] host = {127, 0, 0, 1};

    int length = layout.putInet(addr, host, 0x1f90);

    assertEquals(Layouts.offset("struct sockaddr_in", system), length);
    assertHeader(system, "sockaddr_in.sin", SockAddr.INET, length);
    assertArrayEquals(
        new byte[] {0x1f, (byte) 0x90},
        bytes(Layouts.offset("struct sockaddr_in.sin_port", system), 2));
    assertArrayEquals(host, bytes(Layouts.offset("struct sockaddr_in.sin_addr", system), 4));
    assertArrayEquals(new byte[8], bytes(Layouts.offset("struct sockaddr_in.sin_zero", system), 8));
    assertArrayEquals(host, layout.inetAddress(addr));
    assertEquals(0x1f90, layout.port(addr));
  }

  @ParameterizedTest
  @EnumSource
  void anIpv6AddressHasItsScopeInTheHostsOrder(Column system) {
    SockAddr layout = layout(system);
    fill();
    byte[] host = {32, 1, 13, -72, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, -1};

    int length = layout.putInet6(addr, host, 65535, 0x01020304);

    assertEquals(Layouts.offset("struct sockaddr_in6", system), length);
    assertHeader(system, "sockaddr_in6.sin6", Layouts.offset("AF_INET6", system), length);
    assertArrayEquals(host, bytes(Layouts.offset("struct sockaddr_in6.sin6_addr", system), 16));
    assertEquals(
        0x01020304, addr.getInt(Layouts.offset("struct sockaddr_in6.sin6_scope_id", system)));
    assertEquals(0, addr.getInt(Layouts.offset("struct sockaddr_in6.sin6_flowinfo", system)));
    assertArrayEquals(host, layout.inet6Address(addr));
    assertEquals(65535, layout.port(addr));
    assertEquals(0x01020304, layout.inet6Scope(addr));
  }

  @ParameterizedTest
  @EnumSource
  void aLengthThatTheKernelCutIsNoWholeAddress(Column system) {
    SockAddr layout = layout(system);
    int length = layout.putInet6(addr, new byte[16], 1, 0);

    assertTrue(layout.isWhole(addr, length));
    assertTrue(layout.isWhole(addr, Integer.MAX_VALUE));
    assertFalse(layout.isWhole(addr, length - 1));
    assertEquals(SockAddr.UNSPEC, layout.family(addr, 1));
    assertEquals(SockAddr.UNSPEC, layout.family(addr, -1));
    assertEquals(0, layout.path(addr, -1).length);
    assertEquals(0, layout.path(ByteBuffer.allocate(0), 5).length);
  }

  @ParameterizedTest
  @EnumSource
  void noFamilyIsAFamilyAndNothingElse(Column system) {
    SockAddr layout = layout(system);
    fill();

    int length = layout.putFamily(addr, SockAddr.UNSPEC);

    assertEquals(Layouts.offset("AF_UNSPEC", system), layout.family(addr, length));
    assertEquals(Layouts.offset("struct sockaddr_storage", system), SockAddr.STORAGE_SIZE);
  }

  private void assertHeader(Column system, String struct, int family, int length) {
    int offset = Layouts.offset("struct " + struct + "_family", system);
    if (system == Column.DARWIN_ARM64) {
      assertEquals(length, addr.get(Layouts.offset("struct " + struct + "_len", system)) & 0xff);
      assertEquals(family, addr.get(offset) & 0xff);
    } else {
      assertEquals(family, addr.getShort(offset));
    }
  }

  /** What stood in the memory before must not show. */
  private void fill() {
    byte[] rubbish = new byte[SockAddr.STORAGE_SIZE];
    Arrays.fill(rubbish, (byte) 0x55);
    addr.put(0, rubbish);
  }

  private byte[] bytes(int at, int count) {
    byte[] bytes = new byte[count];
    addr.get(at, bytes);
    return bytes;
  }

  private static SockAddr layout(Column system) {
    return Layouts.abi(system).sockAddr();
  }
}
