package org.posixipc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.posixipc.fixture.Buffers.assertGuarded;
import static org.posixipc.fixture.Buffers.content;
import static org.posixipc.fixture.Bytes.bytes;
import static org.posixipc.fixture.Bytes.direct;
import static org.posixipc.fixture.Bytes.fill;
import static org.posixipc.fixture.Bytes.noise;
import static org.posixipc.fixture.Bytes.text;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posixipc.fixture.Background;
import org.posixipc.fixture.Buffers;

/** Gathering and scattering: several buffers in one call. */
class VectorTest {
  @Test
  void writeGathersBuffersOfAllKindsInOrder() throws IOException {
    try (Pipe pipe = Pipe.open()) {
      ByteBuffer[] srcs = {
        bytes("heap,"),
        bytes(""),
        direct("direct,"),
        bytes("--slice,").slice(2, 6),
        direct("").slice(),
        direct("read-only").asReadOnlyBuffer()
      };

      long count = pipe.writeEnd().write(srcs);

      assertEquals("heap,direct,slice,read-only", text(pipe.readEnd()));
      assertEquals(27, count);
      assertEquals(0, Stream.of(srcs).mapToInt(ByteBuffer::remaining).sum());
    }
  }

  @Test
  void readScattersOverBuffersOfAllKindsInOrder() throws IOException {
    try (Pipe pipe = Pipe.open()) {
      byte[] sent = noise(1000);
      pipe.writeEnd().write(ByteBuffer.wrap(sent));
      List<Buffers> kinds = List.of(Buffers.values());
      ByteBuffer[] dsts = new ByteBuffer[10];
      Arrays.setAll(dsts, i -> kinds.get(i % kinds.size()).allocate(i * 20));

      long count = pipe.readEnd().read(dsts);

      ByteArrayOutputStream received = new ByteArrayOutputStream();
      for (int i = 0; i < dsts.length; i++) {
        received.write(content(dsts[i], i * 20));
        assertGuarded(dsts[i], i * 20);
      }
      assertEquals(900, count);
      assertArrayEquals(Arrays.copyOf(sent, 900), received.toByteArray());
    }
  }

  @Test
  void aShortReadFillsTheFirstBuffersAndLeavesTheLast() throws IOException {
    try (Pipe pipe = Pipe.open()) {
      pipe.writeEnd().write(bytes("abcde"));
      ByteBuffer[] dsts = {
        ByteBuffer.allocate(3), ByteBuffer.allocateDirect(3), bytes("untouched")
      };

      long count = pipe.readEnd().read(dsts);

      assertEquals(5, count);
      assertEquals(3, dsts[0].position());
      assertEquals(2, dsts[1].position());
      assertEquals("untouched", text(dsts[2]));
    }
  }

  @Test
  void onlyTheBuffersOfTheRangeAreUsed() throws IOException {
    try (Pipe pipe = Pipe.open()) {
      ByteBuffer[] all = {bytes("a"), bytes("b"), direct("c"), bytes("d")};

      pipe.writeEnd().write(all, 1, 2);
      String sent = text(pipe.readEnd());
      pipe.writeEnd().write(bytes("xyz"));
      ByteBuffer[] dsts = {bytes("1"), bytes("2"), direct("3"), bytes("4")};
      pipe.readEnd().read(dsts, 1, 2);

      assertEquals("bc", sent);
      assertEquals(1, all[0].remaining());
      assertEquals(1, all[3].remaining());
      assertEquals("1xy4", Stream.of(dsts).map(b -> text(b.rewind())).reduce("", String::concat));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1023, 1024, 1025, 3000})
  void moreBuffersThanOneCallTakesAreAllWritten(int count) throws IOException {
    try (Pipe pipe = Pipe.open()) {
      byte[] sent = noise(count);
      ByteBuffer[] srcs = new ByteBuffer[count];
      Arrays.setAll(
          srcs, i -> i % 2 == 0 ? ByteBuffer.wrap(sent, i, 1) : direct("x").put(0, sent[i]));

      long written = pipe.writeEnd().write(srcs);
      ByteBuffer received = ByteBuffer.allocate(count);
      fill(pipe.readEnd(), received);

      assertEquals(count, written);
      assertArrayEquals(sent, received.array());
    }
  }

  @Test
  void aReadIntoMoreBuffersThanOneCallTakesFillsTheFirstThousand() throws IOException {
    try (Pipe pipe = Pipe.open()) {
      pipe.writeEnd().write(ByteBuffer.allocate(3000));
      ByteBuffer[] dsts = new ByteBuffer[3000];
      Arrays.setAll(dsts, i -> ByteBuffer.allocateDirect(1));

      long count = pipe.readEnd().read(dsts);

      assertEquals(1024, count);
      assertEquals(0, dsts[1023].remaining());
      assertEquals(1, dsts[1024].remaining());
    }
  }

  @Test
  void heapBuffersBeyondTheScratchMemoryAreAllWritten() throws Exception {
    byte[] sent = noise(500_000);
    ByteBuffer[] srcs = {
      ByteBuffer.wrap(sent, 0, 100_000),
      ByteBuffer.wrap(sent, 100_000, 100_001),
      ByteBuffer.allocateDirect(99_999).put(0, sent, 200_001, 99_999),
      ByteBuffer.wrap(sent, 300_000, 200_000).asReadOnlyBuffer()
    };
    try (Pipe pipe = Pipe.open();
        Background<Long> writer = Background.start(() -> pipe.writeEnd().write(srcs))) {
      ByteBuffer received = ByteBuffer.allocate(sent.length);
      fill(pipe.readEnd(), received);

      assertEquals(sent.length, writer.result());
      assertArrayEquals(sent, received.array());
    }
  }

  @Test
  void aReadIntoHeapBuffersBeyondTheScratchMemoryLosesNothing() throws Exception {
    byte[] sent = noise(400_000);
    try (Pipe pipe = Pipe.open();
        Background<Integer> writer =
            Background.start(() -> pipe.writeEnd().write(ByteBuffer.wrap(sent)))) {
      byte[] received = new byte[sent.length];
      ByteBuffer[] dsts = {
        ByteBuffer.wrap(received, 0, 100_000),
        ByteBuffer.wrap(received, 100_000, 100_000),
        ByteBuffer.wrap(received, 200_000, 200_000)
      };
      while (dsts[2].hasRemaining()) {
        pipe.readEnd().read(dsts);
      }

      assertArrayEquals(sent, received);
      assertEquals(sent.length, writer.result());
    }
  }

  @Test
  void randomVectorsArriveUnchanged() throws Exception {
    Random random = new Random(42);
    try (Pipe pipe = Pipe.open()) {
      pipe.readEnd().nonBlocking(true);
      pipe.writeEnd().nonBlocking(true);
      for (int round = 0; round < 300; round++) {
        ByteBuffer[] srcs = randomBuffers(random, 40_000);
        byte[] sent = concatenation(srcs);
        ByteBuffer[] dsts = randomBuffers(random, 40_000);

        int written = (int) pipe.writeEnd().write(srcs);
        int room = Stream.of(dsts).mapToInt(ByteBuffer::remaining).sum();
        byte[] before = concatenation(dsts);
        int read = written == 0 ? 0 : (int) pipe.readEnd().read(dsts);
        Stream.of(dsts).forEach(dst -> dst.position(0));

        assertEquals(Math.min(written, room), read, "round " + round);
        System.arraycopy(sent, 0, before, 0, read);
        assertArrayEquals(before, concatenation(dsts), "round " + round);
        pipe.readEnd().read(ByteBuffer.allocate(Scratch.MAX_BYTES));
      }
    }
  }

  @Test
  void nothingToMoveIsZero() throws IOException {
    try (Pipe pipe = Pipe.open()) {
      assertEquals(0, pipe.writeEnd().write(new ByteBuffer[0]));
      assertEquals(0, pipe.readEnd().read(new ByteBuffer[] {bytes(""), direct("")}));
      pipe.writeEnd().close();
      assertEquals(-1, pipe.readEnd().read(new ByteBuffer[] {bytes(""), bytes("x")}));
    }
  }

  @Test
  void aNonBlockingVectorThatWouldWaitIsZero() throws IOException {
    try (Pipe pipe = Pipe.open()) {
      pipe.readEnd().nonBlocking(true);
      pipe.writeEnd().nonBlocking(true);
      ByteBuffer[] much = {ByteBuffer.allocateDirect(1 << 20), ByteBuffer.allocate(1)};

      assertEquals(0, pipe.readEnd().read(new ByteBuffer[] {ByteBuffer.allocate(1)}));
      long filled = pipe.writeEnd().write(much);
      assertEquals(pipe.readEnd().available(), filled);
      assertEquals(0, pipe.writeEnd().write(much));
      assertEquals(filled, much[0].position());
    }
  }

  @Test
  void aRangeOutsideTheArrayIsRefused() throws IOException {
    try (Pipe pipe = Pipe.open()) {
      ByteBuffer[] two = {bytes("a"), bytes("b")};

      assertThrows(IndexOutOfBoundsException.class, () -> pipe.writeEnd().write(two, 1, 2));
      assertThrows(IndexOutOfBoundsException.class, () -> pipe.readEnd().read(two, -1, 1));
      assertThrows(IndexOutOfBoundsException.class, () -> pipe.readEnd().read(two, 1, -1));
      assertEquals(0, pipe.readEnd().available());
    }
  }

  @Test
  @SuppressWarnings("NullAway")
  void aMissingBufferIsRefusedAndNothingIsSent() throws IOException {
    try (Pipe pipe = Pipe.open()) {
      ByteBuffer[] holed = {bytes("a"), null};

      assertThrows(NullPointerException.class, () -> pipe.writeEnd().write(holed));
      assertThrows(NullPointerException.class, () -> pipe.readEnd().read(holed));
      assertEquals(0, pipe.readEnd().available());
      assertEquals(1, holed[0].remaining());
    }
  }

  @Test
  void aClosedDescriptorMovesNoVector() throws IOException {
    Pipe pipe = Pipe.open();
    pipe.close();
    ByteBuffer[] one = {bytes("a")};

    assertThrows(ClosedChannelException.class, () -> pipe.writeEnd().write(one));
    assertThrows(ClosedChannelException.class, () -> pipe.readEnd().read(one));
  }

  private static ByteBuffer[] randomBuffers(Random random, int most) {
    ByteBuffer[] buffers = new ByteBuffer[random.nextInt(12)];
    for (int i = 0; i < buffers.length; i++) {
      byte[] content = new byte[random.nextInt(4) == 0 ? 0 : random.nextInt(most / 4)];
      random.nextBytes(content);
      buffers[i] =
          random.nextBoolean()
              ? ByteBuffer.wrap(content)
              : ByteBuffer.allocateDirect(content.length).put(0, content);
    }
    return buffers;
  }

  private static byte[] concatenation(ByteBuffer[] buffers) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (ByteBuffer buffer : buffers) {
      byte[] content = new byte[buffer.remaining()];
      buffer.get(buffer.position(), content);
      all.writeBytes(content);
    }
    return all.toByteArray();
  }
}
