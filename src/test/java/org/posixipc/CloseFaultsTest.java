package org.posixipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posixipc.fixture.Bytes.bytes;
import static org.posixipc.fixture.Bytes.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posixipc.fixture.Background;
import org.posixipc.fixture.KernelCall;
import org.posixipc.fixture.ThreadKind;

/** Closes at bad moments, by unlikely threads. */
class CloseFaultsTest {
  private static final int CLOSERS = 16;
  private static final int STARTS = 40;

  @ParameterizedTest
  @EnumSource
  void theThreadThatReapsAChildMayCloseWhatOthersWaitFor(ThreadKind kind) throws Exception {
    kind.assumeExists();
    try (Pipe pipe = Pipe.open();
        Background<Integer> reader =
            Background.start(kind, () -> pipe.readEnd().read(ByteBuffer.allocate(1)))) {
      reader.awaitIn(KernelCall.READ);

      ChildProcess child = Spawn.command("true").start();
      child.onExit().thenRun(() -> close(pipe.readEnd())).join();

      assertThrows(AsynchronousCloseException.class, reader::result);
      assertFalse(pipe.readEnd().isOpen());
    }
  }

  private static void close(FileDescriptor descriptor) {
    try {
      descriptor.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @EnumSource
  void sixteenClosersAtOnceCloseOnceAndAllReturn(ThreadKind kind) throws Exception {
    kind.assumeExists();
    for (int round = 0; round < 50; round++) {
      CyclicBarrier start = new CyclicBarrier(CLOSERS);
      List<Background<Void>> closers = new ArrayList<>();
      try (Pipe pipe = Pipe.open();
          Background<Integer> reader =
              Background.start(kind, () -> pipe.readEnd().read(ByteBuffer.allocate(1)))) {
        reader.awaitIn(KernelCall.READ);
        for (int i = 0; i < CLOSERS; i++) {
          closers.add(Background.start(kind, () -> closeAfter(start, pipe.readEnd())));
        }

        for (Background<Void> closer : closers) {
          closer.result(); // a second close(2) would be EBADF here
          closer.close();
        }
        assertThrows(AsynchronousCloseException.class, reader::result);
      }
    }
  }

  private static Void closeAfter(CyclicBarrier start, FileDescriptor descriptor) throws Exception {
    start.await();
    descriptor.close();
    return null;
  }

  /** The child reads what it was given, or isn't there; never the next file with the number. */
  @Test
  void aChildThatStartsMeanwhileGetsTheDescriptorOrDoesNotStart(@TempDir Path folder)
      throws Exception {
    Path mine = Files.writeString(folder.resolve("mine"), "mine");
    Path strangers = Files.writeString(folder.resolve("stranger's"), "stranger's");
    for (int i = 0; i < STARTS; i++) {
      FileDescriptor given = FileDescriptor.open(mine);
      CyclicBarrier start = new CyclicBarrier(2);
      try (Background<Void> closer = Background.start(() -> closeAfter(start, given))) {
        String output = outputOfCat(given, start);
        try (FileDescriptor next = FileDescriptor.open(strangers)) {
          assertTrue(next.isOpen());
        }
        assertTrue(output.equals("mine") || output.isEmpty(), output);
        closer.result();
      }
    }
  }

  private static String outputOfCat(FileDescriptor in, CyclicBarrier start) throws Exception {
    try (Pipe out = Pipe.open()) {
      Spawn cat = Spawn.command("cat").descriptor(0, in).descriptor(1, out.writeEnd());
      start.await();
      ChildProcess child;
      try {
        child = cat.start();
      } catch (ClosedChannelException e) {
        return "";
      }
      out.writeEnd().close();
      String output = text(out.readEnd());
      child.waitFor().orThrow();
      return output;
    }
  }

  @ParameterizedTest
  @EnumSource
  void aChildThatKeepsTheOtherEndDoesNotKeepACloseFromWaking(ThreadKind kind) throws Exception {
    kind.assumeExists();
    try (Pipe pipe = Pipe.open()) {
      ChildProcess keeper = Spawn.command("sleep", "1000").descriptor(9, pipe.writeEnd()).start();
      pipe.writeEnd().close();
      try (Background<Integer> reader =
          Background.start(kind, () -> pipe.readEnd().read(ByteBuffer.allocate(1)))) {
        reader.awaitIn(KernelCall.READ);

        pipe.readEnd().close();

        assertThrows(AsynchronousCloseException.class, reader::result);
      } finally {
        keeper.signal(Signal.SIGKILL);
        keeper.waitFor();
      }
    }
  }

  /** The close of what goes with a message must not wait for the message. */
  @ParameterizedTest
  @EnumSource
  void aDescriptorOnItsWayIsClosedForThoseWhoWaitForIt(ThreadKind kind) throws Exception {
    kind.assumeExists();
    try (Pipe pipe = Pipe.open();
        SocketPair pair = SocketPair.open()) {
      pair.first().send(ByteBuffer.allocate(1 << 20), SendFlag.DONT_WAIT);
      try (Background<Integer> reader =
              Background.start(kind, () -> pipe.readEnd().read(ByteBuffer.allocate(1)));
          Background<Integer> sender =
              Background.start(kind, () -> pair.first().send(Waits.tooMuch(), pipe.readEnd()))) {
        reader.awaitIn(KernelCall.READ);
        sender.awaitIn(KernelCall.POLL);

        pipe.readEnd().close();

        assertThrows(AsynchronousCloseException.class, reader::result);
        pair.first().close();
        assertThrows(AsynchronousCloseException.class, sender::result);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSocketThatIsSentThroughItselfCanBeClosed(ThreadKind kind) throws Exception {
    kind.assumeExists();
    try (SocketPair pair = SocketPair.open();
        Background<Integer> sender =
            Background.start(
                kind, () -> pair.first().send(Waits.tooMuch(), pair.first().descriptor()))) {
      sender.awaitIn(KernelCall.POLL);

      pair.first().close();

      assertThrows(AsynchronousCloseException.class, sender::result);
    }
  }

  @Test
  void aThreadMayCloseWhatItIsAboutToUseAgain() throws IOException {
    try (Pipe pipe = Pipe.open()) {
      pipe.writeEnd().write(bytes("x"));
      assertEquals("x", text(pipe.readEnd()));

      pipe.readEnd().close();

      assertThrows(ClosedChannelException.class, () -> text(pipe.readEnd()));
    }
  }
}
