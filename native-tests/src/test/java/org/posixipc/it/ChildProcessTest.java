package org.posixipc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posixipc.fixture.Bytes.bytes;
import static org.posixipc.fixture.Bytes.text;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posixipc.ChildProcess;
import org.posixipc.ExitStatus;
import org.posixipc.FileDescriptor;
import org.posixipc.PosixException;
import org.posixipc.Signal;
import org.posixipc.Spawn;
import org.posixipc.fixture.Background;
import org.posixipc.fixture.Eventually;
import org.posixipc.fixture.KernelCall;
import org.posixipc.fixture.ThreadKind;

/** A child that was started, until its end and after it. */
class ChildProcessTest {
  private static final int MANY = 50;

  @Test
  void everyThreadThatWaitsGetsTheStatus() throws Exception {
    ChildProcess child = spawn("pause").start();
    List<Background<ExitStatus>> waiting = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      waiting.add(Background.start(child::waitFor).awaitIn(KernelCall.POLL));
    }

    child.signal(Signal.SIGTERM);

    for (Background<ExitStatus> each : waiting) {
      assertEquals("was ended by SIGTERM", each.result().toString());
      each.close();
    }
    assertEquals("was ended by SIGTERM", child.waitFor().toString());
    assertEquals(Optional.of(child.waitFor()), child.waitFor(Duration.ZERO));
  }

  @Test
  void aDeadlineEndsTheWaitForAChildThatDoesNot() throws Exception {
    ChildProcess child = spawn("pause").start();
    long start = System.nanoTime();

    assertEquals(Optional.empty(), child.waitFor(Duration.ofMillis(30)));
    assertTrue(System.nanoTime() - start >= 30_000_000);
    assertTrue(child.isAlive());
    assertThrows(IllegalArgumentException.class, () -> child.waitFor(Duration.ofNanos(-1)));
    end(child);
  }

  @Test
  void aWaitWithADeadlineSleepsUntilTheEnd() throws Exception {
    ChildProcess child = spawn("pause").start();
    try (Background<Optional<ExitStatus>> waiting =
        Background.start(() -> child.waitFor(Duration.ofDays(1)))) {
      waiting.awaitIn(KernelCall.POLL);

      child.signal(Signal.SIGKILL);

      assertEquals("was ended by SIGKILL", waiting.result().orElseThrow().toString());
    }
  }

  @ParameterizedTest
  @EnumSource
  void anInterruptLeavesTheWaitAndTheChildAloneAndStaysSet(ThreadKind kind) throws Exception {
    kind.assumeExists();
    ChildProcess child = spawn("pause").start();
    try (Background<Boolean> waiting =
        Background.start(
            kind,
            () -> {
              child.waitFor();
              return Thread.currentThread().isInterrupted();
            })) {
      waiting.awaitIn(KernelCall.POLL);

      waiting.interrupt();
      waiting.awaitIn(KernelCall.POLL);

      assertTrue(child.signal(Signal.SIGTERM));
      assertTrue(waiting.result(), "the flag is kept");
    }
    assertEquals("was ended by SIGTERM", child.waitFor().toString());
  }

  @ParameterizedTest
  @EnumSource
  void aDeadlineEndsTheWaitOfAnInterruptedThreadToo(ThreadKind kind) throws Exception {
    kind.assumeExists();
    ChildProcess child = spawn("pause").start();
    try (Background<Optional<ExitStatus>> waiting =
        Background.start(
            kind,
            () -> {
              Thread.currentThread().interrupt();
              return child.waitFor(Duration.ofMillis(30));
            })) {
      assertEquals(Optional.empty(), waiting.result());
    } finally {
      end(child);
    }
  }

  @Test
  void nothingIsSentToAChildThatWasReaped() throws IOException {
    ChildProcess child = spawn("exit").start();
    child.waitFor();

    assertFalse(child.signal(Signal.SIGKILL));
    assertFalse(child.isAlive());
  }

  @Test
  void onExitTellsOfTheEndWithoutAThreadAChild() throws Exception {
    List<ChildProcess> children = new ArrayList<>();
    List<CompletableFuture<ExitStatus>> ends = new ArrayList<>();
    end(spawn("pause").start());
    int before = ours();

    for (int i = 0; i < 4 * MANY; i++) {
      children.add(spawn("pause").start());
      ends.add(children.get(i).onExit());
    }
    assertEquals(before, ours());
    assertTrue(ends.stream().noneMatch(CompletableFuture::isDone));
    for (ChildProcess child : children) {
      assertTrue(child.signal(Signal.SIGINT));
    }

    for (CompletableFuture<ExitStatus> end : ends) {
      assertEquals("was ended by SIGINT", end.get(20, TimeUnit.SECONDS).toString());
    }
  }

  @Test
  void whatHangsOnAnEndDoesNotHoldUpTheNext() throws Exception {
    ChildProcess first = spawn("pause").start();
    ChildProcess second = spawn("pause").start();
    CompletableFuture<ExitStatus> both =
        first
            .onExit()
            .thenApply(
                status -> {
                  try {
                    second.signal(Signal.SIGTERM);
                    return second.onExit().join();
                  } catch (IOException e) {
                    throw new AssertionError(e);
                  }
                });

    first.signal(Signal.SIGKILL);

    assertEquals("was ended by SIGTERM", both.get(20, TimeUnit.SECONDS).toString());
    assertFalse(first.onExit().get().success());
  }

  @Test
  void aChildThatIsForgottenIsReapedAllTheSame() throws Exception {
    for (int i = 0; i < MANY; i++) {
      spawn("exit").start();
    }

    Eventually.await(
        "no child is left", () -> ProcessHandle.current().children().findAny().isEmpty());
  }

  @Test
  void ourChildrenAndTheJdksLiveSideBySide() throws Exception {
    List<ChildProcess> ours = new ArrayList<>();
    List<Process> theirs = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      ours.add(spawn("exit", Integer.toString(i)).start());
      theirs.add(
          new ProcessBuilder(CProgram.path("child"), "exit", Integer.toString(100 + i)).start());
    }

    for (int i = 0; i < MANY; i++) {
      assertEquals("exited with " + i, ours.get(i).waitFor().toString());
      assertEquals(100 + i, theirs.get(i).waitFor());
    }
  }

  @Test
  void aChildThatClosesItsInputIsEpipeHere() throws IOException {
    ChildProcess child = spawn("close-stdin").pipe(0).pipe(1).start();
    try (FileDescriptor in = child.pipe(0);
        FileDescriptor out = child.pipe(1)) {
      assertEquals("closed", text(out));

      PosixException e = assertThrows(PosixException.class, () -> in.write(bytes("too late")));

      assertEquals(Errno.EPIPE, e.errno());
    }
    end(child);
    assertThrows(NoSuchElementException.class, () -> child.pipe(2));
  }

  @Test
  void aGrandchildThatKeepsThePipeHoldsUpItsEndButNotTheChilds() throws Exception {
    ChildProcess child = spawn("leave-grandchild", "5").pipe(0).pipe(1).start();
    try (FileDescriptor in = child.pipe(0);
        FileDescriptor out = child.pipe(1)) {
      assertEquals("exited with 5", child.waitFor().toString());
      out.nonBlocking(true);
      assertEquals(0, out.read(ByteBuffer.allocate(1)), "somebody can still write");

      in.close();
      out.nonBlocking(false);

      assertEquals(0, Channels.newInputStream(out).readAllBytes().length);
    }
  }

  @Test
  void endOfFileComesWhenTheLastCopyCloses() throws IOException {
    ChildProcess child = spawn("copy").pipe(0).pipe(1).start();
    try (FileDescriptor in = child.pipe(0);
        FileDescriptor copy = in.duplicate();
        FileDescriptor out = child.pipe(1)) {
      in.close();
      copy.write(bytes("still open"));
      assertEquals("still open", text(out));

      copy.close();

      assertEquals(-1, out.read(ByteBuffer.allocate(1)));
      child.waitFor().orThrow();
    }
  }

  @Test
  void aPipelinePassesDataAndEndsByItsEnd() throws IOException {
    ChildProcess[] children =
        Spawn.pipeline(spawn("copy").pipe(0), spawn("copy"), spawn("copy").pipe(1))
            .toArray(ChildProcess[]::new);
    try (FileDescriptor in = children[0].pipe(0);
        FileDescriptor out = children[2].pipe(1)) {
      in.write(bytes("through three"));
      assertEquals("through three", text(out));

      in.close();

      assertEquals(-1, out.read(ByteBuffer.allocate(1)));
    }
    for (ChildProcess child : children) {
      child.waitFor().orThrow();
    }
  }

  @Test
  void whoWritesToAnEndedPipelineIsEndedBySigpipe() throws IOException {
    List<ChildProcess> children =
        Spawn.pipeline(Spawn.command("yes"), Spawn.command("head", "-n", "1").pipe(1));

    try (FileDescriptor out = children.get(1).pipe(1)) {
      assertEquals("y\n", text(out));
    }
    assertEquals("was ended by SIGPIPE", children.get(0).waitFor().toString());
    assertTrue(children.get(1).waitFor().success());
  }

  private static Spawn spawn(String... arguments) {
    List<String> command = new ArrayList<>(List.of(CProgram.path("child")));
    command.addAll(List.of(arguments));
    return Spawn.command(command.toArray(String[]::new));
  }

  private static void end(ChildProcess child) throws IOException {
    assertTrue(child.signal(Signal.SIGKILL));
    assertEquals("was ended by SIGKILL", child.waitFor().toString());
  }

  /** The threads that the library has started. */
  private static int ours() {
    return (int)
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("posix-ipc"))
            .count();
  }
}
