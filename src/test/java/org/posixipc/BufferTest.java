package org.posixipc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.posixipc.fixture.Buffers.assertGuarded;
import static org.posixipc.fixture.Buffers.content;
import static org.posixipc.fixture.Buffers.moved;
import static org.posixipc.fixture.Bytes.bytes;
import static org.posixipc.fixture.Bytes.fill;
import static org.posixipc.fixture.Bytes.noise;
import static org.posixipc.fixture.Bytes.text;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posixipc.fixture.Background;
import org.posixipc.fixture.Buffers;
import org.posixipc.fixture.Bytes;

/** Whatever the kind of buffer: the bytes between position and limit, and no others. */
class BufferTest {
  @ParameterizedTest
  @EnumSource
  void readFillsFromPositionToLimitAndNothingElse(Buffers kind) throws IOException {
    try (Pipe pipe = Pipe.open()) {
      byte[] sent = noise(5000);
      pipe.writeEnd().write(ByteBuffer.wrap(sent));
      ByteBuffer dst = kind.allocate(3000);

      int count = pipe.readEnd().read(dst);

      assertEquals(3000, count);
      assertEquals(3000, moved(dst));
      assertArrayEquals(Arrays.copyOf(sent, 3000), content(dst, 3000));
      assertGuarded(dst, 3000);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aShortReadMovesThePositionByWhatCameAndLeavesTheRest(Buffers kind) throws IOException {
    try (Pipe pipe = Pipe.open()) {
      pipe.writeEnd().write(bytes("few"));
      ByteBuffer dst = kind.allocate(100);

      int count = pipe.readEnd().read(dst);

      assertEquals(3, count);
      assertEquals(3, moved(dst));
      assertEquals(97, dst.remaining());
      assertGuarded(dst, 3);
    }
  }

  @ParameterizedTest
  @EnumSource
  void writeSendsFromPositionToLimitAndNothingElse(Buffers kind) throws IOException {
    try (Pipe pipe = Pipe.open()) {
      ByteBuffer src = kind.allocate(3000);
      byte[] sent = noise(3000);
      src.duplicate().put(sent);

      int count = pipe.writeEnd().write(src);
      pipe.writeEnd().close();
      ByteBuffer received = ByteBuffer.allocate(3001);
      fill(pipe.readEnd(), received);

      assertEquals(3000, count);
      assertEquals(3000, moved(src));
      assertArrayEquals(sent, Arrays.copyOf(received.array(), received.position()));
      assertGuarded(src, 3000);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aReadOnlyBufferCanBeWrittenFrom(Buffers kind) throws IOException {
    try (Pipe pipe = Pipe.open()) {
      ByteBuffer src = kind.allocate(5);
      src.duplicate().put(bytes("fixed"));
      ByteBuffer readOnly = src.asReadOnlyBuffer();

      pipe.writeEnd().write(readOnly);

      assertEquals("fixed", text(pipe.readEnd()));
      assertEquals(0, readOnly.remaining());
      assertEquals(5, src.remaining());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aReadOnlyBufferCantBeReadIntoAndNoByteIsLost(Buffers kind) throws IOException {
    try (Pipe pipe = Pipe.open()) {
      pipe.writeEnd().write(bytes("still here"));
      ByteBuffer readOnly = kind.allocate(10).asReadOnlyBuffer();

      assertThrows(IllegalArgumentException.class, () -> pipe.readEnd().read(readOnly));
      ByteBuffer[] several = {kind.allocate(1), readOnly};
      assertThrows(IllegalArgumentException.class, () -> pipe.readEnd().read(several));

      assertEquals(0, moved(several[0]));
      assertEquals("still here", text(pipe.readEnd()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void anEmptyBufferIsZeroAndNoCallWaits(Buffers kind) throws IOException {
    try (Pipe pipe = Pipe.open()) {
      assertEquals(0, pipe.readEnd().read(kind.allocate(0)));
      assertEquals(0, pipe.writeEnd().write(kind.allocate(0)));
      pipe.writeEnd().close();
      assertEquals(0, pipe.readEnd().read(kind.allocate(0)), "no room comes before no writer");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFailedCallLeavesThePositionWhereItWas(Buffers kind) throws IOException {
    try (Pipe pipe = Pipe.open()) {
      ByteBuffer buffer = kind.allocate(10);
      pipe.readEnd().close();

      PosixException e = assertThrows(PosixException.class, () -> pipe.writeEnd().write(buffer));

      assertEquals(Errno.EPIPE, e.errno());
      assertEquals(0, moved(buffer));
      assertEquals(10, buffer.remaining());
    }
  }

  @Test
  void oneThreadMayUseManyBuffersInTurn() throws IOException {
    try (Pipe pipe = Pipe.open()) {
      ByteBuffer[] buffers = new ByteBuffer[50];
      Arrays.setAll(buffers, i -> Bytes.direct("buffer " + i));

      for (int round = 0; round < 3; round++) {
        for (int i = 0; i < buffers.length; i++) {
          pipe.writeEnd().write(buffers[i].rewind());
          assertEquals("buffer " + i, text(pipe.readEnd()));
        }
      }
    }
  }

  @Test
  void oneBufferUsedAgainAndAgainKeepsItsOffset() throws IOException {
    try (Pipe pipe = Pipe.open()) {
      ByteBuffer digits = Bytes.direct("0123456789");

      for (int i = 0; i < 100; i++) {
        pipe.writeEnd().write(digits.limit(10).position(i % 10).limit(i % 10 + 1));
        assertEquals("" + i % 10, text(pipe.readEnd()));
      }
    }
  }

  @Test
  void aHeapBufferLargerThanTheScratchMemoryIsWrittenWhole() throws Exception {
    byte[] sent = noise(3 * Scratch.MAX_BYTES + 17);
    try (Pipe pipe = Pipe.open();
        Background<Integer> writer =
            Background.start(() -> pipe.writeEnd().write(ByteBuffer.wrap(sent)))) {
      ByteBuffer received = ByteBuffer.allocate(sent.length);
      fill(pipe.readEnd(), received);

      assertArrayEquals(sent, received.array());
      assertEquals(sent.length, writer.result());
    }
  }

  @Test
  void aNonBlockingWriteOfALargeHeapBufferTellsHowMuchWent() throws IOException {
    byte[] sent = noise(3 * Scratch.MAX_BYTES);
    try (Pipe pipe = Pipe.open()) {
      pipe.writeEnd().nonBlocking(true);
      ByteBuffer src = ByteBuffer.wrap(sent);

      int count = pipe.writeEnd().write(src);

      assertEquals(pipe.readEnd().available(), count);
      assertEquals(count, src.position());
      assertEquals(sent.length, src.limit());
    }
  }
}
