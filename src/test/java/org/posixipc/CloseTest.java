package org.posixipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posixipc.fixture.Bytes.bytes;
import static org.posixipc.fixture.Bytes.text;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posixipc.fixture.Background;
import org.posixipc.fixture.Descriptors;
import org.posixipc.fixture.KernelCall;

/** Close on one thread while others are in the kernel with the descriptor. */
class CloseTest {
  private static final Path NULL_DEVICE = Path.of("/dev/null");

  @Test
  void theNumberGoesBackWithTheLastCall() throws Exception {
    try (Pipe pipe = Pipe.open()) {
      int number = pipe.readEnd().number();
      try (Background<String> reader = Background.start(() -> text(pipe.readEnd()))) {
        reader.awaitIn(KernelCall.READ);
        pipe.readEnd().close();
        assertThrows(AsynchronousCloseException.class, reader::result);
      }

      assertFalse(Descriptors.isOpen(number));
      assertThrows(PosixException.class, () -> pipe.writeEnd().write(bytes("nobody reads")));
    }
  }

  /** A read that waits, and the call that it waits in. */
  private enum Waiting {
    READ(KernelCall.READ) {
      @Override
      long in(FileDescriptor end) throws IOException {
        return end.read(ByteBuffer.allocate(1));
      }
    },
    VECTOR(KernelCall.READV) {
      @Override
      long in(FileDescriptor end) throws IOException {
        return end.read(new ByteBuffer[] {ByteBuffer.allocate(1)});
      }
    },
    DEADLINE(KernelCall.POLL) {
      @Override
      long in(FileDescriptor end) throws IOException {
        return end.read(ByteBuffer.allocate(1), Duration.ofMinutes(10));
      }
    };

    private final KernelCall call;

    Waiting(KernelCall call) {
      this.call = call;
    }

    abstract long in(FileDescriptor end) throws IOException;
  }

  @ParameterizedTest
  @EnumSource
  void aReaderThatGetsNothingLearnsThatItWasClosed(Waiting waiting) throws Exception {
    try (Pipe pipe = Pipe.open();
        Background<Long> reader = Background.start(() -> waiting.in(pipe.readEnd()))) {
      reader.awaitIn(waiting.call);

      pipe.readEnd().close();

      assertThrows(AsynchronousCloseException.class, reader::result);
    }
  }

  @Test
  void aWriterOfSeveralPiecesStopsAfterTheOneThatCloseFinds() throws Exception {
    ByteBuffer src = ByteBuffer.allocate(3 * Scratch.MAX_BYTES);
    try (Pipe pipe = Pipe.open();
        Background<Integer> writer = Background.start(() -> pipe.writeEnd().write(src))) {
      writer.awaitIn(KernelCall.WRITE);
      pipe.writeEnd().close();

      int received = 0;
      ByteBuffer dst = ByteBuffer.allocateDirect(1 << 20);
      for (int n = 0; n >= 0; n = pipe.readEnd().read(dst)) {
        received += n;
      }

      assertThrows(AsynchronousCloseException.class, writer::result);
      assertEquals(received, src.position());
      assertTrue(received < src.capacity(), "all " + received);
    }
  }

  @Test
  void noCallBeginsAfterCloseWhileOthersEnd() throws Exception {
    try (Pipe pipe = Pipe.open();
        Background<String> reader = Background.start(() -> text(pipe.readEnd()))) {
      reader.awaitIn(KernelCall.READ);

      pipe.readEnd().close();

      assertThrows(ClosedChannelException.class, () -> pipe.readEnd().read(ByteBuffer.allocate(1)));
      assertThrows(ClosedChannelException.class, () -> pipe.readEnd().available());
      assertThrows(ClosedChannelException.class, () -> pipe.readEnd().release());
      assertThrows(AsynchronousCloseException.class, reader::result);
    }
  }

  @Test
  void ofManyClosersOneCloses() throws Exception {
    for (int round = 0; round < 200; round++) {
      FileDescriptor descriptor = FileDescriptor.open(NULL_DEVICE);
      CyclicBarrier start = new CyclicBarrier(3);
      List<Background<Void>> closers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        closers.add(
            Background.start(
                () -> {
                  start.await();
                  descriptor.close();
                  return null;
                }));
      }

      for (Background<Void> closer : closers) {
        closer.result(); // a second close(2) would be EBADF here
        closer.close();
      }

      assertFalse(descriptor.isOpen());
    }
  }

  @Test
  void aCloseBetweenCallsIsSeenByTheNextOne() throws IOException {
    try (Pipe pipe = Pipe.open()) {
      pipe.readEnd().close();

      assertNotEquals(0, openAndClose(1).size());
      assertThrows(ClosedChannelException.class, () -> pipe.readEnd().read(ByteBuffer.allocate(1)));
    }
  }

  /** The numbers that so many new files get, all open at once. */
  private static List<Integer> openAndClose(int count) throws IOException {
    List<FileDescriptor> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      files.add(FileDescriptor.open(NULL_DEVICE));
    }
    for (FileDescriptor file : files) {
      file.close();
    }
    return files.stream().map(FileDescriptor::number).toList();
  }
}
