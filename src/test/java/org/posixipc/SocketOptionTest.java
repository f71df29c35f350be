package org.posixipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posixipc.fixture.Failures.assertFails;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.posixipc.internal.abi.Abi;
import org.posixipc.internal.abi.DarwinAbi;

/** Options are what was set, in the types that they have. */
class SocketOptionTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  static Stream<Arguments> valuesOfOptions() {
    return Stream.of(
        Arguments.of(SocketOption.SO_REUSEADDR, true),
        Arguments.of(SocketOption.SO_REUSEPORT, true),
        Arguments.of(SocketOption.SO_KEEPALIVE, true),
        Arguments.of(SocketOption.SO_BROADCAST, true),
        Arguments.of(SocketOption.SO_LINGER, new Linger(true, 5)),
        Arguments.of(SocketOption.SO_LINGER, new Linger(false, 0)),
        Arguments.of(SocketOption.SO_LINGER, new Linger(true, 100_000)),
        Arguments.of(SocketOption.SO_RCVTIMEO, Duration.ofMillis(1500)),
        Arguments.of(SocketOption.SO_SNDTIMEO, Duration.ofSeconds(3)),
        Arguments.of(SocketOption.SO_RCVTIMEO, SocketOption.NO_TIMEOUT),
        Arguments.of(SocketOption.IPV6_V6ONLY, true),
        Arguments.of(SocketOption.IPV6_V6ONLY, false),
        Arguments.of(SocketOption.TCP_NODELAY, true),
        Arguments.of(SocketOption.TCP_QUICKACK, false),
        Arguments.of(SocketOption.TCP_KEEPIDLE, MINUTE),
        Arguments.of(SocketOption.TCP_KEEPINTVL, Duration.ofSeconds(7)),
        Arguments.of(SocketOption.TCP_KEEPCNT, 4),
        Arguments.of(SocketOption.TCP_USER_TIMEOUT, Duration.ofMillis(1234)));
  }

  @ParameterizedTest
  @MethodSource("valuesOfOptions")
  <T> void anOptionHasTheValueThatWasSet(SocketOption<T> option, T value) throws IOException {
    try (Socket socket = Socket.open(AddressFamily.INET6, SocketType.STREAM)) {
      socket.set(option, value);

      assertEquals(value, socket.get(option));
    }
  }

  @Test
  void linuxDoublesBuffersAndHasALeast() throws IOException {
    try (Socket socket = Socket.open(AddressFamily.UNIX, SocketType.DGRAM)) {
      socket.set(SocketOption.SO_SNDBUF, 8192);
      socket.set(SocketOption.SO_RCVBUF, 1);

      assertEquals(16384, socket.get(SocketOption.SO_SNDBUF));
      assertTrue(socket.get(SocketOption.SO_RCVBUF) > 2000);
    }
  }

  @Test
  void whatASocketIsCanBeAskedAndNotSet() throws IOException {
    try (Listener listener = Listener.bind(SocketAddress.inet("127.0.0.1", 0));
        Socket socket = Socket.open(AddressFamily.INET4, SocketType.DGRAM)) {
      assertTrue(listener.get(SocketOption.SO_ACCEPTCONN));
      assertFalse(socket.get(SocketOption.SO_ACCEPTCONN));
      assertEquals(2, socket.get(SocketOption.SO_TYPE));
      assertEquals(0, socket.get(SocketOption.SO_ERROR));
      listener.set(SocketOption.TCP_FASTOPEN, 16);
      assertEquals(16, listener.get(SocketOption.TCP_FASTOPEN));
      assertFails(
          Errno.ENOPROTOOPT,
          "setsockopt",
          "SO_TYPE of " + socket.descriptor(),
          () -> socket.set(SocketOption.SO_TYPE, 1));
    }
  }

  @Test
  void anOptionOfAnotherKindOfSocketIsNamedInTheError() throws IOException {
    try (SocketPair pair = SocketPair.open()) {
      Socket unix = pair.first();

      unix.set(SocketOption.SO_PASSCRED, true);
      assertTrue(unix.get(SocketOption.SO_PASSCRED));
      assertFails(
          Errno.EOPNOTSUPP,
          "setsockopt",
          "TCP_NODELAY of " + unix.descriptor(),
          () -> unix.set(SocketOption.TCP_NODELAY, true));
    }
  }

  @Test
  void aTimeoutIsRoundedUpAndNeverToNone() throws IOException {
    try (SocketPair pair = SocketPair.open()) {
      pair.first().set(SocketOption.SO_RCVTIMEO, Duration.ofNanos(1));

      Duration rounded = pair.first().get(SocketOption.SO_RCVTIMEO);

      assertTrue(rounded.compareTo(Duration.ofMillis(100)) < 0, rounded.toString());
      assertFalse(rounded.isZero());
      assertEquals(0, pair.first().read(ByteBuffer.allocate(1)), "and it ends");
    }
  }

  @Test
  void aTimeoutOfZeroOrLessIsRefusedForItWouldBeNone() throws IOException {
    try (SocketPair pair = SocketPair.open()) {
      for (Duration none : List.of(Duration.ZERO, Duration.ofNanos(-1), Duration.ofDays(-1))) {
        IllegalArgumentException e =
            assertThrows(
                IllegalArgumentException.class,
                () -> pair.first().set(SocketOption.SO_SNDTIMEO, none));
        assertEquals(
            "a timeout is more than zero, this one is "
                + none
                + "; zero would be none to the kernel, for which there is NO_TIMEOUT",
            e.getMessage());
      }

      assertEquals(SocketOption.NO_TIMEOUT, pair.first().get(SocketOption.SO_SNDTIMEO));
    }
  }

  @Test
  void aDurationThatAnOptionCanNotCountIsRefused() throws IOException {
    try (Socket tcp = Socket.open(AddressFamily.INET4, SocketType.STREAM)) {
      for (Duration odd :
          List.of(Duration.ofMillis(1500), MINUTE.negated(), SocketOption.NO_TIMEOUT)) {
        assertEquals(
            "this option counts in PT1S, up to 2147483647 of them; not " + odd,
            assertThrows(
                    IllegalArgumentException.class, () -> tcp.set(SocketOption.TCP_KEEPIDLE, odd))
                .getMessage());
      }
      assertThrows(
          IllegalArgumentException.class,
          () -> tcp.set(SocketOption.TCP_USER_TIMEOUT, SocketOption.NO_TIMEOUT));
    }
  }

  @Test
  void aLingerIsNotNegative() {
    assertEquals(
        "a linger is 0 seconds or more, this one is -1",
        assertThrows(IllegalArgumentException.class, () -> new Linger(true, -1)).getMessage());
  }

  @Test
  void whatMacosLacksIsNamed() {
    Abi macos = DarwinAbi.INSTANCE;
    for (SocketOption<?> option :
        List.of(
            SocketOption.SO_PASSCRED, SocketOption.TCP_QUICKACK, SocketOption.TCP_USER_TIMEOUT)) {
      assertEquals(
          "macOS has no " + option,
          assertThrows(UnsupportedOperationException.class, () -> option.number(macos))
              .getMessage());
    }
    assertEquals(0xffff, SocketOption.SO_LINGER.level(macos));
    assertEquals(0x1080, SocketOption.SO_LINGER.number(macos), "the one that counts seconds");
  }

  @Test
  void timevalAndLingerAreAsTheKernelsHaveThem() {
    ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.nativeOrder());

    SocketOption.SO_RCVTIMEO.encode(bytes, Duration.ofMillis(1500));
    assertEquals(1, bytes.getLong(0));
    assertEquals(500_000, bytes.getInt(8), "all of macOS's tv_usec, and the low half of Linux's");
    assertEquals(0, bytes.getInt(12));
    SocketOption.SO_LINGER.encode(bytes, new Linger(true, 9));
    assertEquals(1, bytes.getInt(0));
    assertEquals(9, bytes.getInt(4));
  }
}
