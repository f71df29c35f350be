package org.posixipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.posixipc.fixture.Bytes.bytes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.posixipc.fixture.Place;

/** What a socket's user gets wrong is refused before any call, and leaves everything good. */
class SocketBadInputTest {
  @TempDir Path folder;
  private final ByteBuffer one = ByteBuffer.allocate(1);

  @Test
  @SuppressWarnings("NullAway")
  void nullIsRefusedAndTheSocketStaysGood() throws IOException {
    try (SocketPair pair = SocketPair.open()) {
      Socket good = pair.first();
      List<Executable> calls =
          List.of(
              () -> good.read((ByteBuffer) null),
              () -> good.write((ByteBuffer) null),
              () -> good.send((ByteBuffer) null),
              () -> good.send(one, (SendFlag) null),
              () -> good.send(one, (FileDescriptor) null),
              () -> good.send(one, (PeerCredentials) null),
              () -> good.send(null, good.descriptor()),
              () -> good.sendTo(one, null),
              () -> good.receive((ByteBuffer) null),
              () -> good.receive(one, (ReceiveFlag) null),
              () -> good.receive(null, 1),
              () -> good.receiveFrom(null),
              () -> good.connectTo(null),
              () -> good.get(null),
              () -> good.set(null, 1),
              () -> good.set(SocketOption.SO_SNDBUF, null),
              () -> good.set(SocketOption.SO_RCVTIMEO, null),
              () -> good.set(SocketOption.SO_LINGER, null));
      for (Executable call : calls) {
        assertThrows(NullPointerException.class, call);
      }

      assertEquals(1, good.write(bytes("x")));
      assertEquals(good.descriptor().number(), good.descriptor().release(), "nobody holds it");
      FileDescriptor.adopt(good.descriptor().number()).close();
    }
  }

  @Test
  @SuppressWarnings("NullAway")
  void nullIsNoAddressNoTypeAndNoDescriptor() {
    List<Executable> calls =
        List.of(
            () -> Socket.open(null, SocketType.STREAM),
            () -> Socket.open(AddressFamily.UNIX, null),
            () -> Socket.connect(null),
            () -> Socket.bind(SocketType.DGRAM, null),
            () -> Listener.bind(null),
            () -> SocketPair.open(null),
            () -> SocketAddress.unix(null),
            () -> SocketAddress.abstractUnix(null),
            () -> new SocketAddress.UnixPath(null),
            () -> new SocketAddress.Inet4(null, 1),
            () -> new SocketAddress.Inet6(null, 1),
            () -> new Poll().add(null),
            () -> new Poll().await(null),
            () -> Binding.to(SocketAddress.inet("::1", 0)).permissions(null));
    for (Executable call : calls) {
      assertThrows(NullPointerException.class, call);
    }
  }

  @Test
  void everyCallOnAClosedSocketSaysThatItIsClosed() throws IOException {
    Socket closed = Socket.open(AddressFamily.UNIX, SocketType.STREAM);
    closed.close();
    closed.close();
    SocketAddress address = Place.UNIX_PATH.fresh(folder);

    List<Executable> calls =
        List.of(
            () -> closed.read(one),
            () -> closed.write(one),
            () -> closed.send(one),
            () -> closed.receive(one),
            () -> closed.receive(one, 1),
            () -> closed.sendTo(one, address),
            () -> closed.send(one, closed.descriptor()),
            () -> closed.connectTo(address),
            closed::finishConnect,
            closed::shutdownInput,
            closed::shutdownOutput,
            closed::localAddress,
            closed::remoteAddress,
            closed::peerCredentials,
            () -> closed.get(SocketOption.SO_TYPE),
            () -> closed.set(SocketOption.SO_KEEPALIVE, true));
    for (Executable call : calls) {
      assertThrows(ClosedChannelException.class, call);
    }
    assertFalse(closed.isOpen());
    assertEquals(1, one.remaining());
  }

  @Test
  void aClosedListenerAcceptsNobody() throws IOException {
    Listener closed = Listener.bind(Place.UNIX_PATH.fresh(folder));
    closed.close();

    assertThrows(ClosedChannelException.class, closed::accept);
    assertThrows(ClosedChannelException.class, () -> closed.get(SocketOption.SO_ACCEPTCONN));
    assertFalse(closed.isOpen());
  }

  @Test
  void negativeNumbersAreRefusedByName() throws IOException {
    SocketAddress address = SocketAddress.inet("127.0.0.1", 0);

    assertRefused("a backlog is 0 or more, this one is -1", () -> Listener.bind(address, -1));
    assertRefused("a descriptor is 0 or more, this one is -1", () -> Socket.adopt(-1));
    assertRefused("a descriptor is 0 or more, this one is -5", () -> Listener.adopt(-5));
    assertRefused(
        "a timeout is zero or more, this one is PT-1S",
        () -> new Poll().await(Duration.ofSeconds(-1)));
  }

  @Test
  void aReadOnlyBufferIsRefusedBeforeAMessageIsLost() throws IOException {
    try (SocketPair pair = SocketPair.open(SocketType.DGRAM)) {
      pair.first().write(bytes("x"));
      ByteBuffer readOnly = one.asReadOnlyBuffer();

      assertThrows(IllegalArgumentException.class, () -> pair.second().receive(readOnly));
      assertThrows(IllegalArgumentException.class, () -> pair.second().receive(readOnly, 1));
      assertThrows(IllegalArgumentException.class, () -> pair.second().receiveFrom(readOnly));

      assertEquals(1, pair.second().read(one));
    }
  }

  private static void assertRefused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
