package org.posixipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.posixipc.fixture.Background;
import org.posixipc.fixture.FullBacklog;
import org.posixipc.fixture.KernelCall;
import org.posixipc.fixture.Medium;
import org.posixipc.fixture.ThreadKind;

/** Every call that takes a time to wait, on both kinds of threads. */
class DeadlineFormsTest {
  private static final Duration SHORT = Duration.ofMillis(20);

  @TempDir Path folder;

  static Stream<Arguments> forms() {
    return Stream.of(ThreadKind.values())
        .filter(ThreadKind::exists)
        .flatMap(kind -> Waits.where(Waits.Wait::hasDeadline).map(w -> Arguments.of(w, kind)));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void theTimeIsWaitedOutAndWhatItWasAboutStaysOpen(Waits.Wait wait, ThreadKind kind)
      throws Exception {
    try (Waits.Scene scene = wait.opener().open(folder);
        Background<Long> waiter =
            Background.start(
                kind,
                () -> {
                  long start = System.nanoTime();
                  assertTimesOut(wait, scene, SHORT);
                  return System.nanoTime() - start;
                })) {
      assertTrue(waiter.result() >= SHORT.toNanos());
      assertIsOpen(scene.target());
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void noTimeIsOverAtOnce(Waits.Wait wait, ThreadKind kind) throws Exception {
    try (Waits.Scene scene = wait.opener().open(folder);
        Background<Void> waiter =
            Background.start(
                kind,
                () -> {
                  assertTimesOut(wait, scene, Duration.ZERO);
                  return null;
                })) {
      waiter.result();
      assertIsOpen(scene.target());
    }
  }

  private static void assertTimesOut(Waits.Wait wait, Waits.Scene scene, Duration timeout)
      throws Exception {
    if (wait.isPoll()) {
      assertEquals(List.of(), scene.call(timeout));
    } else {
      CallTimeoutException e = assertThrows(CallTimeoutException.class, () -> scene.call(timeout));
      assertNotNull(e.getMessage());
    }
  }

  private static void assertIsOpen(Closeable target) throws Exception {
    if (target instanceof Listener listener) {
      assertTrue(listener.isOpen());
    } else if (target instanceof Socket socket) {
      assertTrue(socket.isOpen());
    } else {
      assertTrue(((FileDescriptor) target).isOpen());
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void aNegativeTimeIsRefusedBeforeAnyCall(Waits.Wait wait, ThreadKind kind) throws Exception {
    try (Waits.Scene scene = wait.opener().open(folder);
        Background<Void> waiter =
            Background.start(
                kind,
                () -> {
                  assertThrows(
                      IllegalArgumentException.class, () -> scene.call(Duration.ofNanos(-1)));
                  scene.target().close();
                  assertThrows(
                      IllegalArgumentException.class, () -> scene.call(Duration.ofNanos(-1)));
                  return null;
                })) {
      waiter.result();
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void aTimeLongerThanAnyClockIsWaitedFor(Waits.Wait wait, ThreadKind kind) throws Exception {
    try (Waits.Scene scene = wait.opener().open(folder);
        Background<Object> waiter =
            Background.start(kind, () -> scene.call(Duration.ofSeconds(Long.MAX_VALUE)))) {
      waiter.awaitIn(wait.inKernel());

      scene.target().close();

      assertThrows(IOException.class, waiter::result);
    }
  }

  static Stream<Arguments> mediaByThread() {
    return Stream.of(ThreadKind.values())
        .filter(ThreadKind::exists)
        .flatMap(kind -> Stream.of(Medium.values()).map(medium -> Arguments.of(medium, kind)));
  }

  /** What the other end then finds is what the exception and the position tell. */
  @ParameterizedTest
  @MethodSource("mediaByThread")
  void aWriteTellsHowMuchWentBeforeItsTimeWasOver(Medium medium, ThreadKind kind) throws Exception {
    ByteBuffer src = Waits.tooMuch();
    try (Medium.Ends ends = medium.open(folder);
        Background<CallTimeoutException> writer =
            Background.start(
                kind,
                () ->
                    assertThrows(
                        CallTimeoutException.class, () -> ends.writer().write(src, SHORT)))) {
      long went = writer.result().bytesTransferred();

      assertTrue(went > 0);
      assertEquals(src.position(), went);
      if (medium.tellsOfClose()) {
        ends.writer().close();
        assertEquals(went, countUntilEnd(ends.reader()));
      }
    }
  }

  private static long countUntilEnd(FileDescriptor reader) throws IOException {
    ByteBuffer dst = ByteBuffer.allocateDirect(1 << 20);
    long all = 0;
    int count;
    while ((count = reader.read(dst.clear())) >= 0) {
      all += count;
    }
    return all;
  }

  @ParameterizedTest
  @EnumSource
  void aSendTellsHowMuchWentBeforeItsTimeWasOver(ThreadKind kind) throws Exception {
    kind.assumeExists();
    ByteBuffer src = Waits.tooMuch();
    try (SocketPair pair = SocketPair.open();
        Background<CallTimeoutException> sender =
            Background.start(
                kind,
                () ->
                    assertThrows(
                        CallTimeoutException.class, () -> pair.first().send(src, SHORT)))) {
      long went = sender.result().bytesTransferred();

      pair.first().close();
      assertEquals(src.position(), went);
      assertEquals(went, countUntilEnd(pair.second().descriptor()));
    }
  }

  @ParameterizedTest
  @MethodSource("mediaByThread")
  void whatComesInTimeIsTaken(Medium medium, ThreadKind kind) throws Exception {
    try (Medium.Ends ends = medium.open(folder)) {
      if (!medium.tellsOfClose()) {
        return; // what one program writes to a terminal no other program reads from it
      }
      try (Background<Object> reader =
          Background.start(kind, () -> DescriptorCall.READ_UNTIL.on(ends.reader(), Waits.LONG))) {
        reader.awaitIn(KernelCall.POLL);

        ends.writer().write(ByteBuffer.allocate(1));

        assertEquals(1, reader.result());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aConnectionThatComesInTimeIsAccepted(ThreadKind kind) throws Exception {
    kind.assumeExists();
    try (Listener listener = Listener.bind(SocketAddress.inet("::1", 0))) {
      List<Socket> sockets = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        try (Background<Socket> acceptor =
            Background.start(kind, () -> listener.accept(Waits.LONG))) {
          acceptor.awaitIn(KernelCall.POLL);

          sockets.add(Socket.connect(listener.localAddress()));

          sockets.add(acceptor.result());
        }
      }
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aUnixSocketConnectsAsSoonAsTheBacklogHasRoom(ThreadKind kind) throws Exception {
    kind.assumeExists();
    try (FullBacklog full = FullBacklog.unix(folder);
        Socket socket = full.newSocket();
        Background<Boolean> connecting =
            Background.start(
                kind,
                () -> {
                  socket.connectTo(full.address(), Waits.LONG);
                  return socket.descriptor().isNonBlocking();
                })) {
      connecting.awaitIn(KernelCall.FUTEX);

      full.makeRoom();

      assertEquals(false, connecting.result());
    }
  }
}
