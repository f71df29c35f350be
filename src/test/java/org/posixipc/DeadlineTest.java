package org.posixipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posixipc.fixture.Bytes.bytes;
import static org.posixipc.fixture.Bytes.direct;
import static org.posixipc.fixture.Bytes.text;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.InterruptedByTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posixipc.fixture.Background;
import org.posixipc.fixture.KernelCall;

/** Reads and writes that wait for so long and no longer. */
class DeadlineTest {
  private static final Duration SHORT = Duration.ofMillis(20);
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

  @Test
  void aReadGivesUpWhenItsTimeIsOverAndNotBefore() throws IOException {
    try (Pipe pipe = Pipe.open()) {
      ByteBuffer dst = ByteBuffer.allocate(10);
      long start = System.nanoTime();

      assertThrows(InterruptedByTimeoutException.class, () -> pipe.readEnd().read(dst, SHORT));

      assertTrue(System.nanoTime() - start >= SHORT.toNanos());
      assertEquals(0, dst.position());
      assertTrue(pipe.readEnd().isOpen());
    }
  }

  @Test
  void aReadTakesWhatComesInTime() throws Exception {
    try (Pipe pipe = Pipe.open()) {
      ByteBuffer dst = ByteBuffer.allocateDirect(10);
      try (Background<Integer> reader = Background.start(() -> pipe.readEnd().read(dst, LONG))) {
        reader.awaitIn(KernelCall.POLL);

        pipe.writeEnd().write(bytes("in time"));

        assertEquals(7, reader.result());
        assertEquals("in time", text(dst.flip()));
      }
    }
  }

  @Test
  void aReadWithNoTimeTakesWhatIsThere() throws IOException {
    try (Pipe pipe = Pipe.open()) {
      pipe.writeEnd().write(bytes("there"));
      ByteBuffer dst = ByteBuffer.allocate(10);

      assertEquals(5, pipe.readEnd().read(dst, Duration.ZERO));
      assertThrows(
          InterruptedByTimeoutException.class, () -> pipe.readEnd().read(dst, Duration.ZERO));
    }
  }

  @Test
  void aReadIntoNoRoomIsZeroAndDoesNotWait() throws IOException {
    try (Pipe pipe = Pipe.open()) {
      assertEquals(0, pipe.readEnd().read(ByteBuffer.allocate(0), LONG));
    }
  }

  @Test
  void endOfFileComesBeforeTheDeadline() throws Exception {
    try (Pipe pipe = Pipe.open();
        Background<Integer> reader =
            Background.start(() -> pipe.readEnd().read(ByteBuffer.allocate(1), FOR_EVER))) {
      reader.awaitIn(KernelCall.POLL);

      pipe.writeEnd().close();

      assertEquals(-1, reader.result());
    }
  }

  @Test
  void aNonBlockingReadWaitsForItsDeadlineAsWell() throws Exception {
    try (Pipe pipe = Pipe.open()) {
      pipe.readEnd().nonBlocking(true);
      try (Background<Integer> reader =
          Background.start(() -> pipe.readEnd().read(ByteBuffer.allocate(9), LONG))) {
        reader.awaitIn(KernelCall.POLL);

        pipe.writeEnd().write(bytes("x"));

        assertEquals(1, reader.result());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aWriteThatRunsOutOfTimeShowsHowFarItCame(boolean nonBlocking) throws IOException {
    try (Pipe pipe = Pipe.open()) {
      pipe.writeEnd().nonBlocking(nonBlocking);
      ByteBuffer src = ByteBuffer.allocateDirect(1 << 20);

      assertThrows(InterruptedByTimeoutException.class, () -> pipe.writeEnd().write(src, SHORT));

      assertEquals(pipe.readEnd().available(), src.position());
      assertTrue(src.position() > 0);
      assertEquals(1 << 20, src.limit());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aWriteGoesOnWhenAReaderMakesRoomInTime(boolean nonBlocking) throws Exception {
    try (Pipe pipe = Pipe.open()) {
      pipe.writeEnd().nonBlocking(nonBlocking);
      ByteBuffer src = ByteBuffer.allocate(300_001);
      try (Background<Integer> writer = Background.start(() -> pipe.writeEnd().write(src, LONG))) {
        writer.awaitIn(KernelCall.POLL);

        ByteBuffer dst = ByteBuffer.allocateDirect(src.capacity());
        while (dst.hasRemaining()) {
          pipe.readEnd().read(dst, LONG);
        }

        assertEquals(300_001, writer.result());
        assertEquals(0, src.remaining());
      }
    }
  }

  @Test
  void aWriteToNobodyIsEpipeAndNoTimeout() throws IOException {
    try (Pipe pipe = Pipe.open()) {
      pipe.readEnd().close();

      PosixException e =
          assertThrows(PosixException.class, () -> pipe.writeEnd().write(bytes("x"), LONG));

      assertEquals(Errno.EPIPE, e.errno());
    }
  }

  @Test
  void aNegativeTimeIsRefusedBeforeAnyCall() throws IOException {
    try (Pipe pipe = Pipe.open()) {
      pipe.writeEnd().write(bytes("stays"));
      Duration negative = Duration.ofNanos(-1);

      assertThrows(
          IllegalArgumentException.class,
          () -> pipe.readEnd().read(ByteBuffer.allocate(9), negative));
      assertThrows(
          IllegalArgumentException.class, () -> pipe.writeEnd().write(bytes("more"), negative));
      assertEquals("stays", text(pipe.readEnd()));
    }
  }

  @Test
  void aReadOnlyDestinationIsRefusedBeforeItWaits() throws IOException {
    try (Pipe pipe = Pipe.open()) {
      ByteBuffer readOnly = direct("x").asReadOnlyBuffer();

      assertThrows(IllegalArgumentException.class, () -> pipe.readEnd().read(readOnly, LONG));
    }
  }

  @Test
  void aClosedDescriptorDoesNotWait() throws IOException {
    Pipe pipe = Pipe.open();
    pipe.close();

    assertThrows(
        ClosedChannelException.class, () -> pipe.readEnd().read(ByteBuffer.allocate(1), LONG));
    assertThrows(ClosedChannelException.class, () -> pipe.writeEnd().write(bytes("x"), LONG));
  }

  @Test
  void theLastBytesOfTheLargestBufferCanBeWritten(@TempDir Path folder) throws IOException {
    Path sparse = folder.resolve("sparse");
    try (FileChannel file =
            FileChannel.open(
                Files.createFile(sparse), StandardOpenOption.READ, StandardOpenOption.WRITE);
        Pipe pipe = Pipe.open()) {
      ByteBuffer src = file.map(FileChannel.MapMode.READ_WRITE, 0, Integer.MAX_VALUE);
      src.position(Integer.MAX_VALUE - 100);

      int count = pipe.writeEnd().write(src, LONG);

      assertEquals(100, count);
      assertEquals(Integer.MAX_VALUE, src.limit());
    }
  }
}
