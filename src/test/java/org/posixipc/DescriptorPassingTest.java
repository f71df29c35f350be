package org.posixipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posixipc.fixture.Bytes.bytes;
import static org.posixipc.fixture.Bytes.noise;
import static org.posixipc.fixture.Bytes.text;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.posixipc.fixture.Background;
import org.posixipc.fixture.Bytes;
import org.posixipc.fixture.Descriptors;

/** Descriptors that go from one process to another: each has one owner, at every moment. */
class DescriptorPassingTest {
  private static final int MOST = 253;

  private final ByteBuffer dst = ByteBuffer.allocate(64);

  @ParameterizedTest
  @EnumSource
  void aPipeIsUsedThroughTheDescriptorThatArrived(SocketType type) throws IOException {
    try (SocketPair pair = SocketPair.open(type);
        Pipe pipe = Pipe.open()) {
      assertEquals(6, pair.first().send(bytes("a pipe"), pipe.writeEnd()));
      pipe.writeEnd().close();

      try (Message message = pair.second().receive(dst, 1);
          FileDescriptor received = message.takeDescriptor()) {
        assertEquals("a pipe", text(dst.flip()));
        assertEquals(6, message.count());
        assertFalse(message.isTruncated() || message.isDescriptorsLost());
        assertTrue(Descriptors.closeOnExec(received.number()));
        received.write(bytes("through it"));
        assertEquals("through it", text(pipe.readEnd()));
      }
      assertEquals(-1, pipe.readEnd().read(ByteBuffer.allocate(1)), "the last writer is closed");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, MOST})
  void descriptorsArriveInTheOrderInWhichTheyWereSent(int count) throws IOException {
    try (SocketPair pair = SocketPair.open();
        Pipe one = Pipe.open();
        Pipe two = Pipe.open()) {
      FileDescriptor[] sent = new FileDescriptor[count];
      Arrays.setAll(sent, i -> i % 3 == 1 ? two.readEnd() : one.readEnd());
      pair.first().send(bytes("x"), sent);

      try (Message message = pair.second().receive(dst, count)) {
        assertEquals(count, message.descriptorCount());
        Map<Integer, String> open = Descriptors.open();
        for (FileDescriptor expected : sent) {
          try (FileDescriptor received = message.takeDescriptor()) {
            assertEquals(open.get(expected.number()), open.get(received.number()));
          }
        }
        assertThrows(NoSuchElementException.class, message::takeDescriptor);
      }
    }
  }

  @Test
  void moreThanTheKernelTakesAreRefusedBeforeTheCall() throws IOException {
    try (SocketPair pair = SocketPair.open()) {
      FileDescriptor[] many = new FileDescriptor[MOST + 1];
      Arrays.fill(many, pair.first().descriptor());

      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> pair.first().send(bytes("x"), many));
      assertThrows(IllegalArgumentException.class, () -> pair.second().receive(dst, MOST + 1));
      assertThrows(IllegalArgumentException.class, () -> pair.second().receive(dst, -1));

      assertEquals(
          "a message takes at most 253 descriptors on Linux, these are 254", e.getMessage());
      assertEquals(0, pair.second().receive(dst, ReceiveFlag.DONT_WAIT), "nothing went");
    }
  }

  @Test
  void whatNobodyTakesIsClosedWithTheMessageAndWhatWasTakenStays() throws IOException {
    try (SocketPair pair = SocketPair.open();
        Pipe pipe = Pipe.open()) {
      pair.first().send(bytes("x"), pipe.readEnd(), pipe.writeEnd());
      FileDescriptor taken;
      Map<Integer, String> before = Descriptors.open();
      try (Message message = pair.second().receive(dst, 2)) {
        taken = message.takeDescriptor();
      }

      try (taken) {
        Map<Integer, String> after = Descriptors.open();
        assertEquals(before.size() + 1, after.size());
        assertTrue(after.containsKey(taken.number()));
      }
    }
  }

  @Test
  void peekGivesDescriptorsEachTimeAnew() throws IOException {
    try (SocketPair pair = SocketPair.open();
        Pipe pipe = Pipe.open()) {
      pair.first().send(bytes("x"), pipe.writeEnd());

      try (Message peeked = pair.second().receive(dst, 1, ReceiveFlag.PEEK);
          Message received = pair.second().receive(dst, 1);
          FileDescriptor first = peeked.takeDescriptor();
          FileDescriptor second = received.takeDescriptor()) {
        assertEquals(2, List.of(first.number(), second.number()).stream().distinct().count());
      }
    }
  }

  @Test
  void descriptorsOfTwoMessagesAreNeverMixed() throws IOException {
    try (SocketPair pair = SocketPair.open();
        Pipe pipe = Pipe.open()) {
      pair.first().send(bytes("one"), pipe.readEnd());
      pair.first().send(bytes("two"), pipe.writeEnd());

      try (Message one = pair.second().receive(dst, 2)) {
        assertEquals(3, one.count());
        assertEquals(1, one.descriptorCount());
      }
      try (Message two = pair.second().receive(dst, 2)) {
        assertEquals(1, two.descriptorCount());
      }
    }
  }

  @Test
  void aSocketThatArrivesIsAdoptedAsOne() throws IOException {
    try (SocketPair pair = SocketPair.open();
        SocketPair passed = SocketPair.open(SocketType.DGRAM)) {
      pair.first().send(bytes("x"), passed.first().descriptor());

      try (Message message = pair.second().receive(dst, 1);
          Socket received = Socket.adopt(message.takeDescriptor().release())) {
        received.write(bytes("a datagram"));
        assertEquals(SocketType.DGRAM, received.type());
        assertEquals("a datagram", text(passed.second()));
      }
    }
  }

  @Test
  void allOfALargeHeapBufferGoesWithTheDescriptors() throws Exception {
    byte[] sent = noise(400_000);
    ByteBuffer rest = ByteBuffer.allocate(sent.length);
    try (SocketPair pair = SocketPair.open();
        Pipe pipe = Pipe.open();
        Background<Integer> sender =
            Background.start(() -> pair.first().send(ByteBuffer.wrap(sent), pipe.readEnd()))) {
      try (Message message = pair.second().receive(rest, 1)) {
        assertEquals(1, message.descriptorCount());
      }
      Bytes.fill(pair.second(), rest);

      assertEquals(sent.length, sender.result());
      assertEquals(ByteBuffer.wrap(sent), rest.flip());
    }
  }

  @Test
  void anEmptyDatagramCarriesDescriptorsAndAnEmptyStreamBufferIsRefused() throws IOException {
    try (SocketPair datagrams = SocketPair.open(SocketType.DGRAM);
        SocketPair streams = SocketPair.open();
        Pipe pipe = Pipe.open()) {
      datagrams.first().send(bytes(""), pipe.readEnd());

      try (Message message = datagrams.second().receive(dst, 1)) {
        assertEquals(0, message.count());
        assertEquals(1, message.descriptorCount());
      }
      assertEquals(
          "descriptors pass with a byte at least over a stream, the buffer is empty",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> streams.first().send(bytes(""), pipe.readEnd()))
              .getMessage());
    }
  }

  @Test
  void descriptorsOverTcpAreRefusedSinceTheKernelWouldDropThem() throws IOException {
    try (Listener listener = Listener.bind(SocketAddress.inet("127.0.0.1", 0));
        Socket client = Socket.connect(listener.localAddress());
        Pipe pipe = Pipe.open()) {
      assertEquals(
          "descriptors and credentials pass over Unix sockets alone, this is INET4",
          assertThrows(
                  IllegalArgumentException.class, () -> client.send(bytes("x"), pipe.readEnd()))
              .getMessage());
    }
  }

  @Test
  void endOfFileAndNothingYetBringNoDescriptors() throws IOException {
    try (SocketPair pair = SocketPair.open()) {
      List<Message> messages = new ArrayList<>();
      messages.add(pair.second().receive(dst, 3, ReceiveFlag.DONT_WAIT));
      pair.first().close();
      messages.add(pair.second().receive(dst, 3));

      assertEquals(0, messages.get(0).count());
      assertEquals(-1, messages.get(1).count());
      for (Message message : messages) {
        assertEquals(0, message.descriptorCount());
        assertFalse(message.isDescriptorsLost());
        message.close();
      }
    }
  }
}
