package org.posixipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posixipc.fixture.Bytes.bytes;
import static org.posixipc.fixture.Bytes.direct;
import static org.posixipc.fixture.Bytes.noise;
import static org.posixipc.fixture.Bytes.text;
import static org.posixipc.fixture.Failures.assertFails;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.posixipc.fixture.Place;

/** Messages keep their boundaries, and tell where they come from. */
class DatagramSocketTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir Path folder;
  private final ByteBuffer dst = ByteBuffer.allocate(100);

  @ParameterizedTest
  @EnumSource
  void aReceiverAnswersToWhereTheMessageCameFrom(Place place) throws IOException {
    try (Socket server = Socket.bind(SocketType.DGRAM, place.fresh(folder));
        Socket client = Socket.bind(SocketType.DGRAM, place.fresh(folder))) {
      assertEquals(8, client.sendTo(bytes("question"), server.localAddress()));

      Message message = server.receiveFrom(dst);
      assertEquals("question", text(dst.flip()));
      assertEquals(Optional.of(client.localAddress()), message.source());
      server.sendTo(bytes("answer"), message.source().orElseThrow());

      assertEquals("answer", text(client));
    }
  }

  @Test
  void aSenderWithoutANameIsNobody() throws IOException {
    try (Socket server = Socket.bind(SocketType.DGRAM, Place.UNIX_PATH.fresh(folder));
        Socket client = Socket.open(AddressFamily.UNIX, SocketType.DGRAM)) {
      client.sendTo(bytes("anonymous"), server.localAddress());

      assertEquals(Optional.empty(), server.receiveFrom(dst).source());
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STREAM")
  void eachMessageIsReadAlone(SocketType type) throws IOException {
    try (SocketPair pair = SocketPair.open(type)) {
      pair.first().write(bytes("one"));
      pair.first().write(new ByteBuffer[] {bytes("t"), direct("w"), bytes("o")});
      ByteBuffer[] parts = {ByteBuffer.allocate(2), ByteBuffer.allocateDirect(2)};

      assertEquals("one", text(pair.second()));
      assertEquals(3, pair.second().read(parts));
      assertEquals("tw", text(parts[0].flip()));
      assertEquals("o", text(parts[1].flip()));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STREAM")
  void aMessageLargerThanTheScratchMemoryStaysWhole(SocketType type) throws IOException {
    byte[] sent = noise(300_000);
    try (SocketPair pair = SocketPair.open(type)) {
      pair.first().set(SocketOption.SO_SNDBUF, 1_000_000);
      assertTrue(
          pair.first().get(SocketOption.SO_SNDBUF) > sent.length + 1000,
          "net.core.wmem_max allows it");
      ByteBuffer received = ByteBuffer.allocate(sent.length + 10);

      assertEquals(sent.length, pair.first().write(ByteBuffer.wrap(sent)));
      assertEquals(sent.length, pair.second().read(received));
      assertEquals(ByteBuffer.wrap(sent), received.flip());

      ByteBuffer[] halves = {
        ByteBuffer.wrap(sent, 0, 150_000), ByteBuffer.wrap(sent, 150_000, 150_000)
      };
      assertEquals(sent.length, pair.first().write(halves));
      assertEquals(sent.length, pair.second().receive(received.clear()));

      assertEquals(sent.length, pair.first().descriptor().write(ByteBuffer.wrap(sent), LONG));
      assertEquals(sent.length, pair.second().descriptor().read(received.clear(), LONG));
      assertEquals(ByteBuffer.wrap(sent), received.flip());
    }
  }

  @Test
  void aMessageOfMoreBuffersThanOneCallTakesIsRefusedWhole() throws IOException {
    ByteBuffer[] many = new ByteBuffer[1025];
    Arrays.fill(many, ByteBuffer.allocate(1));
    try (SocketPair pair = SocketPair.open(SocketType.DGRAM)) {
      assertEquals(
          "a message has at most 1024 buffers, this one has 1025",
          assertThrows(IllegalArgumentException.class, () -> pair.first().write(many))
              .getMessage());
      assertThrows(IllegalArgumentException.class, () -> pair.first().read(many));

      assertEquals(0, pair.second().receive(dst, ReceiveFlag.DONT_WAIT), "nothing went");
    }
  }

  @Test
  void anEmptyDatagramIsAMessage() throws IOException {
    try (SocketPair pair = SocketPair.open(SocketType.DGRAM)) {
      assertEquals(0, pair.first().send(bytes("")));
      assertEquals(0, pair.first().send(bytes("")));
      pair.first().write(bytes("after"));

      assertEquals(0, pair.second().read(dst));
      assertEquals(0, pair.second().descriptor().read(dst, LONG));
      assertEquals("after", text(pair.second()));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STREAM")
  void whatABufferHasNoRoomForIsLostAndReported(SocketType type) throws IOException {
    ByteBuffer small = ByteBuffer.allocate(4);
    try (SocketPair pair = SocketPair.open(type)) {
      for (int i = 0; i < 3; i++) {
        pair.first().write(bytes("too long"));
      }
      pair.first().write(bytes("next"));

      Message cut = pair.second().receive(small, 0);
      assertTrue(cut.isTruncated());
      assertEquals(4, cut.count());
      assertEquals("too ", text(small.flip()));
      Message whole = pair.second().receive(small.clear(), 0, ReceiveFlag.TRUNCATE);
      assertEquals(8, whole.count());
      assertEquals(4, small.position());
      assertEquals(8, pair.second().receive(small.clear(), ReceiveFlag.TRUNCATE));
      assertEquals(4, small.position());
      Message last = pair.second().receive(small.clear(), 0);
      assertFalse(last.isTruncated());
      assertEquals("next", text(small.flip()));
    }
  }

  @Test
  void peekAndTruncateTellTheLengthThatABufferNeeds() throws IOException {
    try (SocketPair pair = SocketPair.open(SocketType.DGRAM)) {
      pair.first().write(bytes("0123456789"));

      Message peeked =
          pair.second().receive(ByteBuffer.allocate(0), 0, ReceiveFlag.PEEK, ReceiveFlag.TRUNCATE);

      assertEquals(10, peeked.count());
      assertEquals("0123456789", text(pair.second()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void aDatagramLongerThanTheProtocolAllowsIsEmsgsize(String host) throws IOException {
    ByteBuffer tooLong = ByteBuffer.allocate(66_000);
    try (Socket server = Socket.bind(SocketType.DGRAM, SocketAddress.inet(host, 0));
        Socket client = Socket.connect(SocketType.DGRAM, server.localAddress())) {
      assertFails(Errno.EMSGSIZE, "write", client.descriptor(), () -> client.write(tooLong));
      assertFails(Errno.EMSGSIZE, "send", client.descriptor(), () -> client.send(tooLong));
      assertFails(
          Errno.EMSGSIZE,
          "sendmsg",
          server.localAddress(),
          () -> client.sendTo(tooLong, server.localAddress()));

      assertEquals(0, tooLong.position());
    }
  }

  @Test
  void aDatagramThatCameBackIsEconnrefusedWithTheNextCall() throws IOException {
    SocketAddress gone;
    try (Socket server = Socket.bind(SocketType.DGRAM, SocketAddress.inet("127.0.0.1", 0))) {
      gone = server.localAddress();
    }
    try (Socket client = Socket.connect(SocketType.DGRAM, gone)) {
      client.write(bytes("into the void"));

      assertFalse(new Poll().add(client.descriptor(), Poll.Event.READABLE).await(LONG).isEmpty());
      assertFails(Errno.ECONNREFUSED, "read", client.descriptor(), () -> client.read(dst));
    }
  }

  @Test
  void aFullQueueIsNothingToANonBlockingSender() throws IOException {
    try (SocketPair pair = SocketPair.open(SocketType.DGRAM)) {
      ByteBuffer message = ByteBuffer.allocate(1000);
      int sent = 0;
      while (pair.first().send(message.clear(), SendFlag.DONT_WAIT) > 0) {
        sent++;
      }

      assertEquals(0, message.position());
      assertTrue(sent > 0);
      pair.second().read(ByteBuffer.allocate(1000));
      assertEquals(1000, pair.first().send(message, SendFlag.DONT_WAIT), "room again");
    }
  }

  @Test
  void aPeerThatIsGoneIsTold() throws IOException {
    try (SocketPair datagrams = SocketPair.open(SocketType.DGRAM);
        SocketPair packets = SocketPair.open(SocketType.SEQPACKET)) {
      datagrams.second().close();
      packets.second().close();

      Socket datagram = datagrams.first();
      Socket packet = packets.first();
      assertFails(
          Errno.ECONNREFUSED, "write", datagram.descriptor(), () -> datagram.write(bytes("x")));
      assertFails(Errno.EPIPE, "write", packet.descriptor(), () -> packet.write(bytes("x")));
      assertFails(Errno.EPIPE, "send", packet.descriptor(), () -> packet.send(bytes("x")));
      assertEquals(-1, packet.read(dst));
    }
  }

  @Test
  void urgentDataIsUnknownToDatagrams() throws IOException {
    try (Socket server = Socket.bind(SocketType.DGRAM, SocketAddress.inet("127.0.0.1", 0));
        Socket client = Socket.connect(SocketType.DGRAM, server.localAddress())) {
      assertFails(
          Errno.EOPNOTSUPP,
          "send",
          client.descriptor(),
          () -> client.send(bytes("x"), SendFlag.OUT_OF_BAND));
    }
  }

  @Test
  void aMessageToAConnectedStreamHasNoAddress() throws IOException {
    SocketAddress address = Place.UNIX_PATH.fresh(folder);
    try (Listener listener = Listener.bind(address);
        Socket client = Socket.connect(address);
        Socket server = listener.accept()) {
      assertFails(Errno.EISCONN, "sendmsg", address, () -> client.sendTo(bytes("x"), address));

      server.write(bytes("named"));
      assertEquals(Optional.of(address), client.receiveFrom(dst).source());
    }
  }
}
