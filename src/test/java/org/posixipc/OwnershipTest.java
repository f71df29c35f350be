package org.posixipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posixipc.fixture.Bytes.bytes;
import static org.posixipc.fixture.Bytes.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posixipc.fixture.Background;
import org.posixipc.fixture.Descriptors;
import org.posixipc.fixture.KernelCall;
import org.posixipc.libc.Native;

/** Who has a descriptor, who closes it, and what two descriptors of one open file share. */
class OwnershipTest {
  @Test
  void closeGivesTheNumberBackOnce() throws IOException {
    FileDescriptor first = FileDescriptor.open(Path.of("/dev/null"));

    first.close();
    try (FileDescriptor second = FileDescriptor.open(Path.of("/dev/zero"))) {
      assertEquals(first.number(), second.number(), "the number is free again");
      first.close();

      assertEquals(1, second.read(ByteBuffer.allocate(1)), "and its new owner keeps it");
    }
  }

  @Test
  void closeReportsANumberThatSomebodyElseClosed() throws IOException {
    FileDescriptor robbed = FileDescriptor.open(Path.of("/dev/null"));
    Native.libc().close(robbed.number());

    PosixException e = assertThrows(PosixException.class, robbed::close);

    assertEquals(Errno.EBADF, e.errno());
    assertEquals("close", e.call());
    assertFalse(robbed.isOpen());
    robbed.close();
  }

  @Test
  void releaseLeavesTheNumberOpenForItsNewOwner() throws IOException {
    try (Pipe pipe = Pipe.open()) {
      int number = pipe.writeEnd().release();

      assertFalse(pipe.writeEnd().isOpen());
      assertThrows(ClosedChannelException.class, () -> pipe.writeEnd().write(bytes("x")));
      pipe.writeEnd().close();

      assertTrue(Descriptors.isOpen(number));
      try (FileDescriptor adopted = FileDescriptor.adopt(number)) {
        adopted.write(bytes("handed over"));
        assertEquals("handed over", text(pipe.readEnd()));
      }
      assertFalse(Descriptors.isOpen(number));
    }
  }

  @Test
  void releaseIsRefusedWhileACallIsInTheKernel() throws Exception {
    try (Pipe pipe = Pipe.open();
        Background<String> reader = Background.start(() -> text(pipe.readEnd()))) {
      reader.awaitIn(KernelCall.READ);

      assertThrows(IllegalStateException.class, () -> pipe.readEnd().release());
      assertTrue(pipe.readEnd().isOpen());
      pipe.writeEnd().write(bytes("still works"));

      assertEquals("still works", reader.result());
    }
  }

  @Test
  void releaseOfAClosedOneIsRefused() throws IOException {
    FileDescriptor closed = FileDescriptor.open(Path.of("/dev/null"));
    closed.close();

    assertThrows(ClosedChannelException.class, closed::release);
  }

  @Test
  void adoptChangesNothingAboutTheNumber() throws IOException {
    try (Pipe pipe = Pipe.open()) {
      int inheritable = Native.libc().dup(pipe.readEnd().number());

      try (FileDescriptor adopted = FileDescriptor.adopt(inheritable)) {
        assertEquals(inheritable, adopted.number());
        assertFalse(Descriptors.closeOnExec(inheritable));
      }
    }
  }

  @Test
  void adoptOfANumberThatIsNotOpenIsEbadf() throws IOException {
    FileDescriptor closed = FileDescriptor.open(Path.of("/dev/null"));
    closed.close();

    PosixException e =
        assertThrows(PosixException.class, () -> FileDescriptor.adopt(closed.number()));

    assertEquals(Errno.EBADF, e.errno());
    assertTrue(e.subject().contains(Integer.toString(closed.number())), e.subject());
  }

  @Test
  void adoptOfANegativeNumberIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> FileDescriptor.adopt(-1));
    assertThrows(IllegalArgumentException.class, () -> FileDescriptor.adopt(Integer.MIN_VALUE));
  }

  @Test
  void aDuplicateIsCloseOnExecAndHasItsOwnNumber() throws IOException {
    try (FileDescriptor one = FileDescriptor.open(Path.of("/dev/null"));
        FileDescriptor two = one.duplicate()) {
      assertNotEquals(one.number(), two.number());
      assertTrue(Descriptors.closeOnExec(two.number()));
      one.close();
      assertTrue(two.isOpen());
      assertEquals(-1, two.read(ByteBuffer.allocate(1)));
    }
  }

  @Test
  void aDuplicateSharesTheOffset(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "abcdef");
    try (FileDescriptor one = FileDescriptor.open(file);
        FileDescriptor two = one.duplicate()) {
      one.read(ByteBuffer.allocate(4));

      assertEquals("ef", text(two));
      assertEquals(-1, one.read(ByteBuffer.allocate(1)));
    }
  }

  @Test
  void aDuplicateSharesTheNonBlockingFlag() throws IOException {
    try (Pipe pipe = Pipe.open();
        FileDescriptor second = pipe.readEnd().duplicate()) {
      second.nonBlocking(true);
      boolean first = pipe.readEnd().isNonBlocking();
      pipe.readEnd().nonBlocking(false);

      assertTrue(first);
      assertFalse(second.isNonBlocking());
      assertFalse(pipe.writeEnd().isNonBlocking(), "the other end is another open file");
    }
  }

  @Test
  void nonBlockingKeepsTheOtherStatusFlags(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("log"), "first,");
    try (FileDescriptor log = FileDescriptor.open(file, OpenFlag.WRITE_ONLY, OpenFlag.APPEND)) {
      log.nonBlocking(true);
      log.nonBlocking(false);
      Files.writeString(file, "first,and more,");
      log.write(bytes("last"));

      assertEquals("first,and more,last", Files.readString(file));
    }
  }

  @Test
  void availableCountsWhatAReadWouldFind() throws IOException {
    try (Pipe pipe = Pipe.open()) {
      assertEquals(0, pipe.readEnd().available());
      pipe.writeEnd().write(ByteBuffer.allocate(12_345));
      pipe.readEnd().read(ByteBuffer.allocate(345));
      assertEquals(12_000, pipe.readEnd().available());
    }
  }

  @Test
  void theJdksStreamsWorkOnItAndCloseIt() throws IOException {
    try (Pipe pipe = Pipe.open()) {
      try (OutputStream out = Channels.newOutputStream(pipe.writeEnd())) {
        out.write(new byte[] {1, 2, 3});
      }
      byte[] received;
      try (InputStream in = Channels.newInputStream(pipe.readEnd())) {
        received = in.readAllBytes();
      }

      assertEquals(3, received.length);
      assertFalse(pipe.writeEnd().isOpen());
      assertFalse(pipe.readEnd().isOpen());
    }
  }

  @Test
  void itsTextIsItsNumberAndThePathItWasOpenedBy() throws IOException {
    try (FileDescriptor named = FileDescriptor.open(Path.of("/dev/null"));
        Pipe pipe = Pipe.open();
        FileDescriptor copy = named.duplicate()) {
      assertEquals("fd " + named.number() + " (/dev/null)", named.toString());
      assertEquals("fd " + copy.number() + " (/dev/null)", copy.toString());
      assertEquals("fd " + pipe.readEnd().number(), pipe.readEnd().toString());
    }
  }
}
