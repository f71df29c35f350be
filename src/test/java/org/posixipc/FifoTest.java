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
import java.nio.file.attribute.PosixFilePermissions;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posixipc.fixture.Background;
import org.posixipc.fixture.Descriptors;
import org.posixipc.fixture.KernelCall;

/** A pipe that is found by its name. */
class FifoTest {
  @TempDir Path folder;

  @Test
  void theTwoSidesWaitForEachOtherAndThenTalk() throws Exception {
    Fifo fifo = Fifo.create(folder.resolve("fifo"));
    try (Background<FileDescriptor> opening =
        Background.start(() -> Fifo.at(fifo.path()).openReader())) {
      opening.awaitIn(KernelCall.OPEN);

      try (FileDescriptor writer = fifo.openWriter();
          FileDescriptor reader = opening.result()) {
        writer.write(bytes("by name"));
        writer.close();

        assertEquals("by name", text(reader));
        assertEquals(-1, reader.read(ByteBuffer.allocate(1)));
      }
    }
  }

  @Test
  void bothSidesAreCloseOnExec() throws Exception {
    Fifo fifo = Fifo.create(folder.resolve("fifo"));

    try (Background<FileDescriptor> opening = Background.start(fifo::openWriter);
        FileDescriptor reader = fifo.openReader();
        FileDescriptor writer = opening.result()) {
      assertTrue(Descriptors.closeOnExec(reader.number()));
      assertTrue(Descriptors.closeOnExec(writer.number()));
    }
  }

  @Test
  void itsOwnerAloneMayOpenItUnlessOthersAreNamed() throws IOException {
    Fifo ours = Fifo.create(folder.resolve("ours"));
    Fifo shared =
        Fifo.create(folder.resolve("shared"), PosixFilePermissions.fromString("rw-r-----"));

    assertEquals("rw-------", permissions(ours));
    assertEquals("rw-r-----", permissions(shared));
  }

  @Test
  void aNameThatIsTakenIsEexistAndKeepsWhatItNames() throws IOException {
    Path taken = Files.writeString(folder.resolve("taken"), "content");

    PosixException e = assertThrows(PosixException.class, () -> Fifo.create(taken));

    assertEquals(Errno.EEXIST, e.errno());
    assertEquals("mkfifo(" + taken + "): File exists (EEXIST)", e.getMessage());
    assertEquals("content", Files.readString(taken));
  }

  @Test
  void aFolderThatIsMissingIsEnoent() {
    PosixException e =
        assertThrows(PosixException.class, () -> Fifo.create(folder.resolve("missing/fifo")));

    assertEquals(Errno.ENOENT, e.errno());
  }

  @Test
  void aNonBlockingWriterWithoutAReaderIsEnxio() throws IOException {
    Fifo fifo = Fifo.create(folder.resolve("fifo"));

    PosixException e =
        assertThrows(
            PosixException.class,
            () -> FileDescriptor.open(fifo.path(), OpenFlag.WRITE_ONLY, OpenFlag.NON_BLOCKING));

    assertEquals(Errno.ENXIO, e.errno());
  }

  @Test
  void aNonBlockingReaderDoesNotWaitForAWriter() throws IOException {
    Fifo fifo = Fifo.create(folder.resolve("fifo"));

    try (FileDescriptor reader = FileDescriptor.open(fifo.path(), OpenFlag.NON_BLOCKING);
        FileDescriptor writer = fifo.openWriter()) {
      assertEquals(0, reader.read(ByteBuffer.allocate(1)), "a writer, and nothing yet");
      writer.close();
      assertEquals(-1, reader.read(ByteBuffer.allocate(1)), "nobody writes");
    }
  }

  @Test
  void aNameWithEveryKindOfLetterReachesTheKernelUnchanged() throws IOException {
    Path path = folder.resolve("with blank, quote\", 'and' tab\t");

    Fifo fifo = Fifo.create(path);

    assertTrue(Files.exists(path));
    assertEquals(path, fifo.path());
    assertEquals("fifo(" + path + ")", fifo.toString());
  }

  @Test
  void atMakesNoCallAndOpeningTellsWhatIsWrong() {
    Fifo missing = Fifo.at(folder.resolve("missing"));

    PosixException e = assertThrows(PosixException.class, missing::openReader);

    assertEquals(Errno.ENOENT, e.errno());
    assertFalse(Files.exists(missing.path()));
  }

  private static String permissions(Fifo fifo) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(fifo.path()));
  }
}
