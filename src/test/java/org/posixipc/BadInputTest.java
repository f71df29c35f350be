package org.posixipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.posixipc.fixture.DescriptorLimit;
import org.posixipc.libc.Native;

/** What a user gets wrong is a clear error each time, and harms nothing. */
class BadInputTest {
  private static final Path NULL_DEVICE = Path.of("/dev/null");

  @Test
  void everyCallOnAClosedDescriptorSaysThatItIsClosed() throws IOException {
    FileDescriptor closed = FileDescriptor.open(NULL_DEVICE, OpenFlag.READ_WRITE);
    closed.close();
    ByteBuffer one = ByteBuffer.allocate(1);
    ByteBuffer direct = ByteBuffer.allocateDirect(1);

    List<Executable> calls =
        List.of(
            () -> closed.read(one),
            () -> closed.read(direct),
            () -> closed.write(one),
            () -> closed.write(direct),
            () -> closed.write(ByteBuffer.allocate(0)),
            closed::available,
            closed::duplicate,
            closed::isNonBlocking,
            () -> closed.nonBlocking(true),
            closed::release);
    for (Executable call : calls) {
      assertThrows(ClosedChannelException.class, call);
    }
    assertFalse(closed.isOpen());
  }

  @Test
  @SuppressWarnings("NullAway")
  void nullIsRefusedEverywhereAndTheDescriptorStaysGood() throws IOException {
    try (FileDescriptor good = FileDescriptor.open(NULL_DEVICE, OpenFlag.READ_WRITE)) {
      List<Executable> calls =
          List.of(
              () -> good.read((ByteBuffer) null),
              () -> good.write((ByteBuffer) null),
              () -> good.read((ByteBuffer[]) null),
              () -> good.write((ByteBuffer[]) null),
              () -> good.read(null, Duration.ZERO),
              () -> good.write(null, Duration.ZERO),
              () -> good.read(ByteBuffer.allocate(1), null),
              () -> good.write(ByteBuffer.allocate(1), null),
              () -> FileDescriptor.open(null),
              () -> FileDescriptor.open(NULL_DEVICE, (OpenFlag) null),
              () -> Fifo.create(null),
              () -> Fifo.at(null).openReader());
      for (Executable call : calls) {
        assertThrows(NullPointerException.class, call);
      }

      assertEquals(1, good.write(ByteBuffer.allocate(1)));
      assertEquals(good.number(), good.release(), "no refused call is still counted");
      Native.libc().close(good.number());
    }
  }

  @Test
  void aDirectoryReadIsEisdir() throws IOException {
    try (FileDescriptor directory = FileDescriptor.open(Path.of("/"))) {
      PosixException e =
          assertThrows(PosixException.class, () -> directory.read(ByteBuffer.allocate(1)));

      assertEquals(Errno.EISDIR, e.errno());
      assertEquals("read", e.call());
      assertEquals(directory.toString(), e.subject());
      assertEquals(
          "read(fd " + directory.number() + " (/)): Is a directory (EISDIR)", e.getMessage());
    }
  }

  @Test
  void theWrongEndOfAPipeIsEbadf() throws IOException {
    try (Pipe pipe = Pipe.open()) {
      ByteBuffer one = ByteBuffer.allocate(1);
      ByteBuffer[] ones = {one};

      List<Executable> calls =
          List.of(
              () -> pipe.writeEnd().read(one),
              () -> pipe.readEnd().write(one),
              () -> pipe.writeEnd().read(ones),
              () -> pipe.readEnd().write(ones));
      for (Executable call : calls) {
        assertEquals(Errno.EBADF, assertThrows(PosixException.class, call).errno());
      }
      assertEquals(1, one.remaining());
    }
  }

  @Test
  void aNumberThatSomebodyElseClosedIsEbadf() throws IOException {
    FileDescriptor robbed = FileDescriptor.open(NULL_DEVICE, OpenFlag.READ_WRITE);
    Native.libc().close(robbed.number());
    ByteBuffer one = ByteBuffer.allocate(1);

    List<Executable> calls =
        List.of(
            () -> robbed.read(one),
            () -> robbed.write(one),
            () -> robbed.read(one, Duration.ofMinutes(1)),
            robbed::available,
            robbed::duplicate,
            robbed::isNonBlocking,
            robbed::close);
    for (Executable call : calls) {
      assertEquals(Errno.EBADF, assertThrows(PosixException.class, call).errno());
    }
  }

  @Test
  void noFreeDescriptorIsEmfileForEveryCallThatMakesOne() throws Throwable {
    PosixException[] thrown = new PosixException[3];
    try (FileDescriptor source = FileDescriptor.open(NULL_DEVICE)) {
      assertThrows(PosixException.class, () -> FileDescriptor.open(Path.of("/nonexistent")));

      DescriptorLimit.leaving(
          0,
          () -> {
            thrown[0] = assertThrows(PosixException.class, source::duplicate);
            thrown[1] = assertThrows(PosixException.class, () -> FileDescriptor.open(NULL_DEVICE));
            thrown[2] = assertThrows(PosixException.class, Pipe::open);
          });

      for (PosixException e : thrown) {
        assertEquals(Errno.EMFILE, e.errno());
      }
      source.duplicate().close();
    }
  }

  @Test
  void aDescriptorThatKnowsNoQueueIsEnottyWhenAskedForIt() throws IOException {
    try (FileDescriptor nothing = FileDescriptor.open(NULL_DEVICE)) {
      PosixException e = assertThrows(PosixException.class, nothing::available);

      assertEquals(Errno.ENOTTY, e.errno());
      assertEquals("ioctl", e.call());
    }
  }
}
