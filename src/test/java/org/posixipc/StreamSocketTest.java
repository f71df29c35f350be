package org.posixipc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.posixipc.fixture.Background;
import org.posixipc.fixture.Buffers;
import org.posixipc.fixture.Bytes;
import org.posixipc.fixture.KernelCall;
import org.posixipc.fixture.Place;

/** Bytes over connections. */
class StreamSocketTest {
  @TempDir Path folder;

  /** A connection over a place, both ends of it. */
  private record Connection(Socket client, Socket server) implements AutoCloseable {
    static Connection over(Place place, Path folder) throws IOException {
      try (Listener listener = Listener.bind(place.fresh(folder))) {
        return new Connection(Socket.connect(listener.localAddress()), listener.accept());
      }
    }

    @Override
    public void close() throws IOException {
      client.close();
      server.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void manyBytesArriveAsTheyWereSent(Place place) throws Exception {
    byte[] sent = noise(3_000_000);
    ByteBuffer received = ByteBuffer.allocate(sent.length + 1);
    try (Connection connection = Connection.over(place, folder);
        Background<Integer> writer =
            Background.start(
                () -> {
                  int count = connection.client.write(ByteBuffer.wrap(sent));
                  connection.client.shutdownOutput();
                  return count;
                })) {
      Bytes.fill(connection.server, received);

      assertEquals(sent.length, writer.result());
      assertEquals(ByteBuffer.wrap(sent), received.flip());
    }
  }

  @ParameterizedTest
  @EnumSource
  void afterAHalfCloseTheOtherDirectionStaysGood(Place place) throws IOException {
    try (Connection connection = Connection.over(place, folder)) {
      connection.client.write(bytes("question"));
      connection.client.shutdownOutput();

      assertEquals("question", text(connection.server));
      assertEquals(-1, connection.server.read(ByteBuffer.allocate(1)));
      connection.server.write(bytes("answer"));
      assertEquals("answer", text(connection.client));
      assertFails(
          Errno.EPIPE,
          "write",
          connection.client.descriptor(),
          () -> connection.client.write(bytes("x")));
    }
  }

  @Test
  void afterShutdownOfInputWhatIsQueuedMayStillBeRead() throws IOException {
    try (SocketPair pair = SocketPair.open()) {
      pair.second().write(bytes("queued"));
      pair.first().shutdownInput();

      assertEquals("queued", text(pair.first()));
      assertEquals(-1, pair.first().read(ByteBuffer.allocate(1)));
      assertFails(
          Errno.EPIPE, "write", pair.second().descriptor(), () -> pair.second().write(bytes("x")));
    }
  }

  @ParameterizedTest
  @EnumSource
  void buffersOfEveryKindAreGatheredAndScattered(Buffers kind) throws IOException {
    try (SocketPair pair = SocketPair.open()) {
      ByteBuffer[] halves = {kind.allocate(6), kind.allocate(7)};

      assertEquals(12, pair.first().write(new ByteBuffer[] {bytes("hello "), direct("world!")}));
      assertEquals(12, pair.second().read(halves));

      assertArrayEquals("hello ".getBytes(UTF_8), Buffers.content(halves[0], 6));
      assertArrayEquals("world!".getBytes(UTF_8), Buffers.content(halves[1], 6));
      assertEquals(6, Buffers.moved(halves[1]));
      Buffers.assertGuarded(halves[0], 6);
      Buffers.assertGuarded(halves[1], 6);
    }
  }

  @Test
  void peekLeavesTheBytesInTheQueue() throws IOException {
    try (SocketPair pair = SocketPair.open()) {
      ByteBuffer peeked = ByteBuffer.allocate(4);
      pair.first().send(bytes("twice"));

      assertEquals(4, pair.second().receive(peeked, ReceiveFlag.PEEK));

      assertEquals("twic", text(peeked.flip()));
      assertEquals("twice", text(pair.second()));
    }
  }

  @Test
  void dontWaitReturnsZeroAlsoOnABlockingSocket() throws IOException {
    try (SocketPair pair = SocketPair.open()) {
      ByteBuffer dst = ByteBuffer.allocate(1);

      assertEquals(0, pair.second().receive(dst, ReceiveFlag.DONT_WAIT));
      assertEquals(0, pair.second().receive(dst, 0, ReceiveFlag.DONT_WAIT).count());
      while (pair.first().send(ByteBuffer.allocate(60_000), SendFlag.DONT_WAIT) > 0) {
        assertTrue(pair.first().isOpen());
      }

      pair.first().close();
      assertEquals(1, pair.second().receive(dst, ReceiveFlag.DONT_WAIT));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 200_000})
  void waitAllWaitsUntilTheBufferIsFullHoweverLargeItIs(int size) throws Exception {
    ByteBuffer heap = ByteBuffer.allocate(size);
    ByteBuffer withDescriptors = ByteBuffer.allocate(size);
    byte[] sent = noise(size);
    try (SocketPair pair = SocketPair.open();
        Background<Integer> receiver =
            Background.start(() -> pair.second().receive(heap, ReceiveFlag.WAIT_ALL))) {
      receiver.awaitIn(KernelCall.RECVFROM);
      pair.first().write(ByteBuffer.wrap(sent, 0, size / 2));
      receiver.awaitIn(KernelCall.RECVFROM);
      pair.first().write(ByteBuffer.wrap(sent, size / 2, size - size / 2));

      assertEquals(size, receiver.result());
      assertEquals(ByteBuffer.wrap(sent), heap.flip());

      try (Background<Message> messages =
          Background.start(() -> pair.second().receive(withDescriptors, 1, ReceiveFlag.WAIT_ALL))) {
        pair.first().write(ByteBuffer.wrap(sent));
        assertEquals(size, messages.result().count());
        assertEquals(ByteBuffer.wrap(sent), withDescriptors.flip());
      }
    }
  }

  @Test
  void waitAllEndsShortWhenThePeerDoes() throws IOException {
    try (SocketPair pair = SocketPair.open()) {
      pair.first().write(bytes("half"));
      pair.first().close();

      ByteBuffer dst = ByteBuffer.allocate(8);
      assertEquals(4, pair.second().receive(dst, ReceiveFlag.WAIT_ALL));
      assertEquals(-1, pair.second().receive(dst, ReceiveFlag.WAIT_ALL));
    }
  }

  @Test
  void theUrgentByteComesOutOfTurn() throws IOException {
    try (Connection connection = Connection.over(Place.IPV4, folder)) {
      ByteBuffer urgent = ByteBuffer.allocate(1);
      connection.client.send(bytes("plain"));
      assertFails(
          Errno.EINVAL,
          "recv",
          connection.server.descriptor(),
          () -> connection.server.receive(urgent, ReceiveFlag.OUT_OF_BAND));

      connection.client.send(bytes("!"), SendFlag.OUT_OF_BAND);
      Poll poll = new Poll().add(connection.server.descriptor(), Poll.Event.PRIORITY);
      assertEquals(1, poll.await(Duration.ofSeconds(20)).size());

      assertEquals(1, connection.server.receive(urgent, ReceiveFlag.OUT_OF_BAND));
      assertEquals("!", text(urgent.flip()));
      assertEquals("plain", text(connection.server));
    }
  }

  @Test
  void bytesThatAnnounceMoreArriveWithIt() throws IOException {
    try (Connection connection = Connection.over(Place.IPV6, folder)) {
      connection.client.send(bytes("more "), SendFlag.MORE);
      connection.client.send(bytes("to come"));
      ByteBuffer all = ByteBuffer.allocate(12);

      assertEquals(12, connection.server.receive(all, ReceiveFlag.WAIT_ALL));

      assertEquals("more to come", text(all.flip()));
    }
  }

  @Test
  void truncateIsRefusedOnAStreamWhoseBytesItWouldThrowAway() throws IOException {
    try (SocketPair pair = SocketPair.open()) {
      pair.first().write(bytes("precious"));
      ByteBuffer dst = ByteBuffer.allocate(8);

      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () -> pair.second().receive(dst, ReceiveFlag.PEEK, ReceiveFlag.TRUNCATE));
      assertThrows(
          IllegalArgumentException.class,
          () -> pair.second().receive(dst, 1, ReceiveFlag.TRUNCATE));

      assertEquals(
          "TRUNCATE asks for a message's length, and a stream has no messages: " + pair.second(),
          e.getMessage());
      assertEquals("precious", text(pair.second()));
    }
  }

  @Test
  void aSendThatWaitsTooLongGivesWhatWentAndThenNothing() throws IOException {
    try (SocketPair pair = SocketPair.open()) {
      pair.first().set(SocketOption.SO_SNDTIMEO, Duration.ofMillis(20));
      ByteBuffer much = ByteBuffer.allocateDirect(10_000_000);

      int first = pair.first().write(much);

      assertTrue(first > 0 && first < much.capacity(), first + " bytes");
      assertEquals(first, much.position());
      assertEquals(0, pair.first().write(much));
    }
  }

  @Test
  void aReadThatWaitsTooLongGivesNothingAndIsNoEndOfFile() throws IOException {
    try (SocketPair pair = SocketPair.open()) {
      pair.first().set(SocketOption.SO_RCVTIMEO, Duration.ofMillis(20));

      assertEquals(0, pair.first().read(ByteBuffer.allocate(1)));
      assertEquals(0, pair.first().receive(ByteBuffer.allocate(1), 0).count());
    }
  }

  @Test
  void adoptLearnsWhatKindOfSocketItIs() throws IOException {
    for (SocketType type : SocketType.values()) {
      try (SocketPair pair = SocketPair.open(type);
          Socket adopted = Socket.adopt(pair.first().descriptor().duplicate().release())) {
        assertEquals(type, adopted.type());
        assertEquals(AddressFamily.UNIX, adopted.family());
      }
    }
    try (Socket inet = Socket.open(AddressFamily.INET6, SocketType.DGRAM);
        Socket adopted = Socket.adopt(inet.descriptor().duplicate().release())) {
      assertEquals(AddressFamily.INET6, adopted.family());
    }
  }
}
