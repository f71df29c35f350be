package org.posixipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posixipc.fixture.Bytes.bytes;
import static org.posixipc.fixture.Bytes.text;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.posixipc.fixture.Background;
import org.posixipc.fixture.KernelCall;
import org.posixipc.libc.Native;

/** The queue: its size, who waits for what, and how either side learns that the other is gone. */
class PipeTest {
  @Test
  void readDrainsTheQueueBeforeItSeesEndOfFile() throws IOException {
    try (Pipe pipe = Pipe.open()) {
      pipe.writeEnd().write(bytes("last words"));
      pipe.writeEnd().close();

      assertEquals("last words", text(pipe.readEnd()));
      assertEquals(-1, pipe.readEnd().read(ByteBuffer.allocate(1)));
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aNonBlockingWriterFillsExactlyTheCapacity() throws IOException {
    try (Pipe pipe = Pipe.open()) {
      pipe.writeEnd().nonBlocking(true);

      int filled = fill(pipe, ByteBuffer.allocateDirect(1 << 20));

      assertEquals(pipe.capacity(), filled);
      assertEquals(pipe.capacity(), pipe.readEnd().available());
      assertEquals(0, pipe.writeEnd().write(bytes("x")));
    }
  }

  @Test
  void aFullQueueIsEagainForTheRawCall() throws IOException {
    try (Pipe pipe = Pipe.open()) {
      pipe.writeEnd().nonBlocking(true);
      ByteBuffer one = ByteBuffer.allocateDirect(1);
      fill(pipe, ByteBuffer.allocate(1 << 20));

      long result = Native.libc().write(pipe.writeEnd().number(), Native.address(one), 1);
      int errno = Native.errno();

      assertEquals(-1, result);
      assertEquals(Errno.EAGAIN.intValue(), errno);
    }
  }

  @Test
  void aBlockingWriterSleepsUntilAReaderTakesSome() throws Exception {
    try (Pipe pipe = Pipe.open()) {
      pipe.writeEnd().nonBlocking(true);
      fill(pipe, ByteBuffer.allocate(1 << 20));
      pipe.writeEnd().nonBlocking(false);

      try (Background<Integer> writer =
          Background.start(() -> pipe.writeEnd().write(bytes("waited")))) {
        writer.awaitIn(KernelCall.WRITE);
        int before = pipe.readEnd().available();
        assertEquals(4096, pipe.readEnd().read(ByteBuffer.allocate(4096)));

        assertEquals(6, writer.result());
        assertEquals(before - 4096 + 6, pipe.readEnd().available());
      }
    }
  }

  @Test
  void anEmptyQueueBlocksTheReaderUntilAWriterGivesSome() throws Exception {
    try (Pipe pipe = Pipe.open();
        Background<String> reader = Background.start(() -> text(pipe.readEnd()))) {
      reader.awaitIn(KernelCall.READ);

      pipe.writeEnd().write(bytes("at last"));

      assertEquals("at last", reader.result());
    }
  }

  @Test
  void allBlockedReadersSeeEndOfFileWhenTheLastWriterCloses() throws Exception {
    List<Background<Integer>> readers = new ArrayList<>();
    try (Pipe pipe = Pipe.open()) {
      for (int i = 0; i < 27; i++) {
        readers.add(Background.start(() -> pipe.readEnd().read(ByteBuffer.allocate(1))));
      }
      for (Background<Integer> reader : readers) {
        reader.awaitIn(KernelCall.READ);
      }

      pipe.writeEnd().close();

      for (Background<Integer> reader : readers) {
        assertEquals(-1, reader.result());
        reader.close();
      }
    }
  }

  @Test
  void aDuplicateOfTheWriteEndKeepsEndOfFileAway() throws IOException {
    try (Pipe pipe = Pipe.open();
        FileDescriptor second = pipe.writeEnd().duplicate()) {
      pipe.readEnd().nonBlocking(true);
      ByteBuffer one = ByteBuffer.allocate(1);

      pipe.writeEnd().close();
      int whileOneWrites = pipe.readEnd().read(one);
      second.close();

      assertEquals(0, whileOneWrites);
      assertEquals(-1, pipe.readEnd().read(one));
    }
  }

  @Test
  void everyWriteAfterTheLastReaderClosedIsEpipe() throws IOException {
    try (Pipe pipe = Pipe.open()) {
      pipe.readEnd().close();

      for (int i = 0; i < 20; i++) {
        PosixException e =
            assertThrows(PosixException.class, () -> pipe.writeEnd().write(bytes("27 bytes")));
        assertEquals(Errno.EPIPE, e.errno());
      }
      assertEquals(0, pipe.writeEnd().write(bytes("")), "nothing asks for no reader");
    }
  }

  @Test
  void aBlockedWriterGetsEpipeWhenTheLastReaderCloses() throws Exception {
    try (Pipe pipe = Pipe.open()) {
      ByteBuffer tooMuch = ByteBuffer.allocateDirect(1 << 20);
      try (Background<Integer> writer = Background.start(() -> pipe.writeEnd().write(tooMuch))) {
        writer.awaitIn(KernelCall.WRITE);
        int queued = pipe.readEnd().available();

        pipe.readEnd().close();

        // What was queued before counts as written, as the kernel has it; the next write fails.
        assertEquals(queued, writer.result());
        assertThrows(PosixException.class, () -> pipe.writeEnd().write(tooMuch));
      }
    }
  }

  @Test
  void aWriteOfAtMostPipeBufIsAllOrNothing() throws IOException {
    try (Pipe pipe = Pipe.open()) {
      pipe.writeEnd().nonBlocking(true);
      fill(pipe, ByteBuffer.allocateDirect(Pipe.ATOMIC_WRITE));
      pipe.readEnd().read(ByteBuffer.allocate(100));

      int taken = pipe.writeEnd().write(ByteBuffer.allocateDirect(Pipe.ATOMIC_WRITE));

      assertEquals(0, taken);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void bothEndsAreOnePipeAndSeeTheSameQueue() throws IOException {
    try (Pipe pipe = Pipe.open()) {
      Path self = Path.of("/proc/self/fd");

      pipe.writeEnd().write(bytes("seven b"));

      assertEquals(
          key(self.resolve("" + pipe.readEnd().number())),
          key(self.resolve("" + pipe.writeEnd().number())));
      assertEquals(7, pipe.readEnd().available());
      assertEquals(7, pipe.writeEnd().available());
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aReadEndOpenedAgainByItsPathStillHasTheQueue() throws IOException {
    try (Pipe pipe = Pipe.open()) {
      pipe.writeEnd().write(bytes("remains"));
      pipe.writeEnd().close();

      Path path = Path.of("/proc/self/fd/" + pipe.readEnd().number());
      try (FileDescriptor again = FileDescriptor.open(path)) {
        assertEquals("remains", text(again));
      }
    }
  }

  @Test
  void closingThePipeClosesBothEndsOnce() throws IOException {
    Pipe pipe = Pipe.open();

    pipe.close();
    pipe.close();

    assertFalse(pipe.readEnd().isOpen());
    assertFalse(pipe.writeEnd().isOpen());
  }

  @Test
  void itsTextSaysWhichWayTheBytesGo() throws IOException {
    try (Pipe pipe = Pipe.open()) {
      String text = pipe.toString();

      assertTrue(text.matches("pipe\\(fd \\d+ -> fd \\d+\\)"), text);
      assertTrue(text.endsWith("fd " + pipe.readEnd().number() + ")"), text);
    }
  }

  /** Writes until the queue has no room, and tells how many bytes went. */
  private static int fill(Pipe pipe, ByteBuffer buffer) throws IOException {
    int filled = 0;
    for (int size = buffer.capacity(); size > 0; size /= 2) {
      int count;
      do {
        count = pipe.writeEnd().write(buffer.clear().limit(size));
        filled += count;
      } while (count > 0);
    }
    return filled;
  }

  private static Object key(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }
}
