package org.posixipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posixipc.fixture.Failures.assertFails;

import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.posixipc.fixture.Background;
import org.posixipc.fixture.KernelCall;
import org.posixipc.fixture.Medium;
import org.posixipc.fixture.ThreadKind;

/** A close ends whatever waits for the descriptor, on whichever kind of thread. */
class CloseWakesTest {
  private static final int ROUNDS = 20;
  private static final long PROMISE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  @TempDir Path folder;

  static Stream<Arguments> waitsByThread() {
    return Stream.of(ThreadKind.values())
        .filter(ThreadKind::exists)
        .flatMap(kind -> Waits.all().map(wait -> Arguments.of(wait, kind)));
  }

  @ParameterizedTest
  @MethodSource("waitsByThread")
  void aCallThatWaitsIsEndedByClose(Waits.Wait wait, ThreadKind kind) throws Exception {
    try (Waits.Scene scene = wait.opener().open(folder);
        Background<Object> waiter = scene.start(kind)) {
      waiter.awaitIn(wait.inKernel());

      scene.target().close();

      assertThrows(AsynchronousCloseException.class, waiter::result);
      if (!wait.isPoll()) {
        ClosedChannelException e =
            assertThrows(ClosedChannelException.class, () -> scene.call(Waits.LONG));
        assertEquals(ClosedChannelException.class, e.getClass(), "it did not begin to wait");
      }
    }
  }

  static Stream<Arguments> someWaitsByThread() {
    List<Waits.Wait> some =
        List.of(
            Waits.named("READ on PIPE"),
            Waits.named("WRITE on PIPE"),
            Waits.named("READ on TERMINAL"),
            Waits.named("READ on TCP"),
            Waits.named("READ_UNTIL on SOCKET_PAIR"),
            Waits.named("POLL on PIPE"),
            Waits.named("ACCEPT on IPV4"),
            Waits.named("ACCEPT_UNTIL on UNIX_PATH"),
            Waits.named("CONNECT on UNIX_PATH"),
            Waits.named("CONNECT_UNTIL on UNIX_PATH"));
    return Stream.of(ThreadKind.values())
        .filter(ThreadKind::exists)
        .flatMap(kind -> some.stream().map(wait -> Arguments.of(wait, kind)));
  }

  /** A quarter of the times will do: the machine may be busy with others for most of them. */
  @ParameterizedTest
  @MethodSource("someWaitsByThread")
  void itEndsWithinATenthOfASecondUnlessTheMachineIsBusy(Waits.Wait wait, ThreadKind kind)
      throws Exception {
    List<Long> times = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      times.add(nanosFromCloseToEnd(wait, kind));
    }
    times.sort(null);

    assertTrue(times.get(ROUNDS / 4) < PROMISE_NANOS, "ns from close to end: " + times);
  }

  private long nanosFromCloseToEnd(Waits.Wait wait, ThreadKind kind) throws Exception {
    try (Waits.Scene scene = wait.opener().open(folder);
        Background<Long> waiter =
            Background.start(
                kind,
                () -> {
                  assertThrows(AsynchronousCloseException.class, () -> scene.call(Waits.LONG));
                  return System.nanoTime();
                })) {
      waiter.awaitIn(wait.inKernel());
      long start = System.nanoTime();
      scene.target().close();
      return waiter.result() - start;
    }
  }

  @ParameterizedTest
  @EnumSource
  void allWhoWaitAreEnded(ThreadKind kind) throws Exception {
    kind.assumeExists();
    try (Pipe pipe = Pipe.open()) {
      List<Background<Integer>> readers = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        Duration timeout = Duration.ofMinutes(1 + i);
        ByteBuffer dst = ByteBuffer.allocate(1);
        readers.add(
            i % 2 == 0
                ? Background.start(kind, () -> pipe.readEnd().read(dst))
                : Background.start(kind, () -> pipe.readEnd().read(dst, timeout)));
      }
      for (int i = 0; i < 16; i++) {
        readers.get(i).awaitIn(i % 2 == 0 ? KernelCall.READ : KernelCall.POLL);
      }

      pipe.readEnd().close();

      for (Background<Integer> reader : readers) {
        assertThrows(AsynchronousCloseException.class, reader::result);
        reader.close();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void bothKindsOfThreadsMayWaitForOneDescriptor(DescriptorCall call) throws Exception {
    ThreadKind.VIRTUAL.assumeExists();
    try (Medium.Ends ends = Medium.SOCKET_PAIR.open(folder)) {
      FileDescriptor end = call.end(ends);
      try (Background<Object> one =
              Background.start(ThreadKind.PLATFORM, () -> call.on(end, Waits.LONG));
          Background<Object> other =
              Background.start(ThreadKind.VIRTUAL, () -> call.on(end, Waits.LONG))) {
        one.awaitIn(call.inKernel);
        other.awaitIn(call.inKernel);

        end.close();

        assertThrows(AsynchronousCloseException.class, one::result);
        assertThrows(AsynchronousCloseException.class, other::result);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theOtherEndSeesTheCloseOfAReaderThatWaits(Medium medium) throws Exception {
    for (ThreadKind kind : ThreadKind.values()) {
      if (kind.exists() && medium.tellsOfClose()) {
        try (Medium.Ends ends = medium.open(folder);
            Background<Object> reader =
                Background.start(kind, () -> DescriptorCall.READ.on(ends.reader(), Waits.LONG))) {
          reader.awaitIn(KernelCall.READ);

          ends.reader().close();
          assertThrows(AsynchronousCloseException.class, reader::result);

          assertThrows(PosixException.class, () -> writeOften(ends.writer()));
        }
      }
    }
  }

  /** Over TCP, the first write is what makes the peer say that it is gone. */
  private static void writeOften(FileDescriptor writer) throws Exception {
    while (true) {
      writer.write(ByteBuffer.allocate(1), Waits.LONG);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theOtherEndSeesTheCloseOfAWriterThatWaits(Medium medium) throws Exception {
    for (ThreadKind kind : ThreadKind.values()) {
      if (kind.exists() && medium.tellsOfClose()) {
        try (Medium.Ends ends = medium.open(folder);
            Background<Object> writer =
                Background.start(kind, () -> DescriptorCall.WRITE.on(ends.writer(), Waits.LONG))) {
          writer.awaitIn(KernelCall.WRITE);

          ends.writer().close();
          assertThrows(AsynchronousCloseException.class, writer::result);

          ByteBuffer dst = ByteBuffer.allocateDirect(1 << 20);
          while (ends.reader().read(dst.clear(), Waits.LONG) >= 0) {
            // What it had written before.
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aWriterThatPutsItsLastByteInAndWaitsIsEnded(boolean direct) throws Exception {
    try (Pipe pipe = Pipe.open()) {
      int most = pipe.capacity();
      pipe.writeEnd().write(ByteBuffer.allocateDirect(most - 1));
      ByteBuffer src = direct ? Waits.tooMuch() : ByteBuffer.allocate(2);
      if (!direct) {
        pipe.writeEnd().write(ByteBuffer.allocate(1));
      }
      int start = src.position();
      try (Background<Integer> writer = Background.start(() -> pipe.writeEnd().write(src))) {
        writer.awaitIn(KernelCall.WRITE);

        pipe.writeEnd().close();

        assertThrows(AsynchronousCloseException.class, writer::result);
        assertEquals(pipe.readEnd().available() - most + (direct ? 1 : 0), src.position() - start);
      }
    }
  }

  @Test
  void aPollAfterTheOneThatWasEndedTellsWhichIsClosed() throws Exception {
    try (Pipe pipe = Pipe.open();
        Pipe quiet = Pipe.open()) {
      Poll poll =
          new Poll()
              .add(quiet.readEnd(), Poll.Event.READABLE)
              .add(pipe.readEnd(), Poll.Event.READABLE);
      try (Background<List<Poll.Ready>> waiter = Background.start(() -> poll.await())) {
        waiter.awaitIn(KernelCall.POLL);
        pipe.readEnd().close();
        assertThrows(AsynchronousCloseException.class, waiter::result);
      }

      List<Poll.Ready> ready = poll.await();

      assertEquals(1, ready.size());
      assertEquals(pipe.readEnd(), ready.get(0).descriptor());
      assertTrue(ready.get(0).events().contains(Poll.Event.CLOSED));
      assertFails(
          Errno.EPIPE, "write", pipe.writeEnd(), () -> pipe.writeEnd().write(Waits.tooMuch()));
    }
  }
}
