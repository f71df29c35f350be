package org.posixipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posixipc.fixture.Bytes.bytes;

import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.posixipc.fixture.Background;
import org.posixipc.fixture.Eventually;
import org.posixipc.fixture.KernelCall;
import org.posixipc.fixture.ThreadKind;

/**
 * {@link Thread#interrupt} ends what notices it, as with the JDK's channels: by closing. All calls
 * of virtual threads do; of platform threads those with a deadline, accept, connect and poll.
 */
class InterruptTest {
  @TempDir Path folder;

  private static Stream<Arguments> thatNotice(boolean poll) {
    return Stream.of(ThreadKind.values())
        .filter(ThreadKind::exists)
        .flatMap(
            kind ->
                Waits.where(
                        wait ->
                            wait.isPoll() == poll
                                && (wait.noticesInterrupts() || kind == ThreadKind.VIRTUAL))
                    .map(wait -> Arguments.of(wait, kind)));
  }

  static Stream<Arguments> closing() {
    return thatNotice(false);
  }

  static Stream<Arguments> polling() {
    return thatNotice(true);
  }

  static Stream<Waits.Wait> thatNoticeNothing() {
    return Waits.where(wait -> !wait.noticesInterrupts() && wait.name().endsWith("PIPE"));
  }

  @ParameterizedTest
  @MethodSource("closing")
  void anInterruptEndsTheWaitAndClosesAndStaysSet(Waits.Wait wait, ThreadKind kind)
      throws Exception {
    try (Waits.Scene scene = wait.opener().open(folder);
        Background<Boolean> waiter = assertsThatItIsClosedByInterrupt(scene, kind)) {
      waiter.awaitIn(wait.inKernel());

      waiter.interrupt();

      assertTrue(waiter.result(), "the flag is kept");
      assertThrows(ClosedChannelException.class, () -> scene.call(Waits.LONG));
    }
  }

  @ParameterizedTest
  @MethodSource("closing")
  void anInterruptBeforeEndsItAtOnce(Waits.Wait wait, ThreadKind kind) throws Exception {
    try (Waits.Scene scene = wait.opener().open(folder);
        Background<Boolean> waiter =
            Background.start(
                kind,
                () -> {
                  Thread.currentThread().interrupt();
                  assertThrows(ClosedByInterruptException.class, () -> scene.call(Waits.LONG));
                  return Thread.currentThread().isInterrupted();
                })) {
      assertTrue(waiter.result(), "the flag is kept");
      assertThrows(ClosedChannelException.class, () -> scene.call(Waits.LONG));
    }
  }

  private static Background<Boolean> assertsThatItIsClosedByInterrupt(
      Waits.Scene scene, ThreadKind kind) {
    return Background.start(
        kind,
        () -> {
          assertThrows(ClosedByInterruptException.class, () -> scene.call(Waits.LONG));
          return Thread.currentThread().isInterrupted();
        });
  }

  @ParameterizedTest
  @MethodSource("polling")
  void aPollReturnsAndClosesNothing(Waits.Wait wait, ThreadKind kind) throws Exception {
    try (Waits.Scene scene = wait.opener().open(folder);
        Background<Boolean> waiter =
            Background.start(
                kind,
                () -> {
                  assertEquals(List.of(), scene.call(Waits.LONG));
                  return Thread.currentThread().isInterrupted();
                })) {
      waiter.awaitIn(wait.inKernel());

      waiter.interrupt();

      assertTrue(waiter.result(), "the flag is kept");
      assertTrue(((FileDescriptor) scene.target()).isOpen());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPollOfAnInterruptedThreadLooksAndDoesNotWait(ThreadKind kind) throws Exception {
    kind.assumeExists();
    try (Pipe pipe = Pipe.open();
        Background<Integer> waiter =
            Background.start(
                kind,
                () -> {
                  Thread.currentThread().interrupt();
                  Poll poll = new Poll().add(pipe.readEnd(), Poll.Event.READABLE);
                  assertEquals(List.of(), poll.await());
                  pipe.writeEnd().close();
                  return poll.await(Waits.LONG).size();
                })) {
      assertEquals(1, waiter.result());
    }
  }

  /** The interrupt comes somewhere between the calls' begin and the kernel. */
  @ParameterizedTest
  @EnumSource
  void anInterruptOnTheWayIntoTheWaitIsNotLost(ThreadKind kind) throws Exception {
    kind.assumeExists();
    for (int round = 0; round < 300; round++) {
      boolean poll = round % 2 == 0;
      CyclicBarrier start = new CyclicBarrier(2);
      try (Pipe pipe = Pipe.open();
          Background<Boolean> waiter =
              Background.start(kind, () -> isInterruptedAfterWait(pipe.readEnd(), start, poll))) {
        start.await();
        for (int i = 0; i < round; i++) {
          Thread.onSpinWait();
        }
        waiter.interrupt();

        assertTrue(waiter.result());
      }
    }
  }

  /** Its signals need a pause between them: they queue, and who gets them does nothing else. */
  @Test
  void anInterruptedThreadEndsAPollAsOthersDo() throws Exception {
    for (int round = 0; round < 300; round++) {
      try (Pipe pipe = Pipe.open()) {
        Poll poll = new Poll().add(pipe.readEnd(), Poll.Event.READABLE);
        FutureTask<List<Poll.Ready>> task = new FutureTask<>(poll::await);
        Thread waiter = new Thread(task, "waiter");
        waiter.start();
        try (Background<Boolean> interrupter =
            Background.start(
                () -> {
                  Thread.currentThread().interrupt();
                  waiter.interrupt();
                  return Thread.currentThread().isInterrupted();
                })) {
          assertTrue(interrupter.result(), "its own flag is kept");
        }

        assertEquals(List.of(), task.get(30, TimeUnit.SECONDS));
      }
    }
  }

  /** The JDK asks for the flag when it has left word of what an interrupt is to do. */
  @Test
  void anInterruptWhileTheWaitIsBeingAnnouncedEndsIt() throws Exception {
    try (Pipe pipe = Pipe.open()) {
      Poll poll = new Poll().add(pipe.readEnd(), Poll.Event.READABLE);
      FutureTask<List<Poll.Ready>> task = new FutureTask<>(poll::await);
      Thread waiter =
          new Thread(task, "waiter") {
            private int asked;

            @Override
            public boolean isInterrupted() {
              if (++asked == 2) {
                Thread interrupter = new Thread(this::interrupt, "interrupter");
                interrupter.start();
                while (interrupter.isAlive()
                    && interrupter.getState() != Thread.State.TIMED_WAITING) {
                  Thread.onSpinWait();
                }
              }
              return super.isInterrupted();
            }
          };
      waiter.start();

      assertEquals(List.of(), task.get(30, TimeUnit.SECONDS));
    }
  }

  private static boolean isInterruptedAfterWait(
      FileDescriptor end, CyclicBarrier start, boolean poll) throws Exception {
    start.await();
    if (poll) {
      assertEquals(List.of(), new Poll().add(end, Poll.Event.READABLE).await());
    } else {
      assertThrows(
          ClosedByInterruptException.class, () -> end.read(ByteBuffer.allocate(1), Waits.LONG));
    }
    return Thread.currentThread().isInterrupted();
  }

  @ParameterizedTest
  @EnumSource
  void anInterruptAfterACallLeavesWhatItWaitedForAlone(ThreadKind kind) throws Exception {
    kind.assumeExists();
    try (Pipe pipe = Pipe.open();
        Background<Integer> waiter =
            Background.start(
                kind,
                () -> {
                  int count = pipe.readEnd().read(ByteBuffer.allocate(9), Waits.LONG);
                  Thread.currentThread().interrupt();
                  return count;
                })) {
      waiter.awaitIn(KernelCall.POLL);
      pipe.writeEnd().write(bytes("in time"));

      assertEquals(7, waiter.result());
      assertTrue(pipe.readEnd().isOpen());
      pipe.writeEnd().write(bytes("more"));
      assertEquals(4, pipe.readEnd().read(ByteBuffer.allocate(9), Duration.ZERO));
    }
  }

  @ParameterizedTest
  @MethodSource("thatNoticeNothing")
  void plainTransfersOfPlatformThreadsGoOn(Waits.Wait wait) throws Exception {
    try (Waits.Scene scene = wait.opener().open(folder);
        Background<Object> waiter = scene.start(ThreadKind.PLATFORM)) {
      waiter.awaitIn(wait.inKernel());

      waiter.interrupt();
      waiter.awaitIn(wait.inKernel());

      assertFalse(waiter.isDone());
      scene.target().close();
      assertThrows(ClosedChannelException.class, waiter::result);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anInterruptedConnectionIsNotLeftOpen(ThreadKind kind) throws Exception {
    kind.assumeExists();
    try (Listener listener = Listener.bind(SocketAddress.inet("127.0.0.1", 0));
        Socket client = Socket.connect(listener.localAddress());
        Background<Void> acceptor =
            Background.start(
                kind,
                () -> {
                  Thread.currentThread().interrupt();
                  assertThrows(ClosedByInterruptException.class, listener::accept);
                  return null;
                })) {
      acceptor.result();

      assertFalse(listener.isOpen());
      Eventually.await("a reset or end of file", () -> isOver(client));
    }
  }

  private static boolean isOver(Socket client) throws Exception {
    try {
      return client.read(ByteBuffer.allocate(1), Waits.LONG) < 0;
    } catch (PosixException e) {
      return true; // ECONNRESET
    }
  }
}
