package org.posixipc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.posixipc.ChildProcess;
import org.posixipc.ExitStatus;
import org.posixipc.Signal;
import org.posixipc.Spawn;
import org.posixipc.fixture.Eventually;

/** How a child ended, against how it was told to end. */
class ExitStatusTest {
  private static final Set<Signal> NOT_TERMINATING =
      EnumSet.of(
          Signal.SIGCHLD,
          Signal.SIGCONT,
          Signal.SIGSTOP,
          Signal.SIGTSTP,
          Signal.SIGTTIN,
          Signal.SIGTTOU,
          Signal.SIGURG,
          Signal.SIGWINCH);

  private static final Set<Signal> WITH_CORE =
      EnumSet.of(
          Signal.SIGQUIT,
          Signal.SIGILL,
          Signal.SIGTRAP,
          Signal.SIGABRT,
          Signal.SIGBUS,
          Signal.SIGFPE,
          Signal.SIGSEGV,
          Signal.SIGXCPU,
          Signal.SIGXFSZ,
          Signal.SIGSYS);

  @TempDir Path folder;

  static Stream<Signal> terminating() {
    return EnumSet.complementOf(EnumSet.copyOf(NOT_TERMINATING)).stream();
  }

  static Stream<Signal> withCore() {
    return WITH_CORE.stream();
  }

  @Test
  void everyExitCodeArrives() throws IOException {
    for (int code = 0; code <= 255; code++) {
      ExitStatus status = child("exit", code).waitFor();

      assertEquals(code, assertInstanceOf(ExitStatus.Exited.class, status).code());
      assertEquals(code == 0, status.success());
      assertEquals("exited with " + code, status.toString());
    }
  }

  @Test
  void ofAnExitCodeTheLowEightBitsArrive() throws IOException {
    assertTrue(child("exit", 256).waitFor().success());
    assertEquals(child("exit", 255).waitFor(), child("exit", -1).waitFor());
  }

  @ParameterizedTest
  @MethodSource("terminating")
  void everyTerminatingSignalIsTold(Signal signal) throws IOException {
    ExitStatus status = child("die", signal.number()).waitFor();

    ExitStatus.Signaled signaled = assertInstanceOf(ExitStatus.Signaled.class, status);
    assertEquals(signal.number(), signaled.signal());
    assertEquals(Optional.of(signal), Signal.of(signaled.signal()));
    assertFalse(signaled.success());
    // A pipe as core_pattern takes cores that the limit forbids.
    if (!corePattern().startsWith("|")) {
      assertEquals("was ended by " + signal, status.toString());
    }
  }

  @ParameterizedTest
  @MethodSource("withCore")
  @EnabledOnOs(OS.LINUX)
  void aCoreIsTold(Signal signal) throws IOException {
    assumeTrue(
        !corePattern().isEmpty() && !corePattern().startsWith("/") && hardCoreLimit() > 0,
        "cores are not written to the child's folder here: core_pattern " + corePattern());

    ExitStatus status = child("die-with-core", signal.number()).waitFor();

    assertTrue(assertInstanceOf(ExitStatus.Signaled.class, status).coreDumped());
    assertEquals("was ended by " + signal + " (core dumped)", status.toString());
    assertNotEquals(child("die", signal.number()).waitFor(), status);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aRealTimeSignalIsToldByItsNumber() throws IOException {
    ExitStatus status = child("die", 40).waitFor();

    assertEquals("was ended by signal 40", status.toString());
    assertEquals(Optional.empty(), Signal.of(40));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void stoppingAndGoingOnIsNoEnd() throws Exception {
    ChildProcess child = child("pause", 0);

    child.signal(Signal.SIGSTOP);
    Eventually.await("the stop", () -> state(child) == 'T');
    assertTrue(child.isAlive());
    assertEquals(Optional.empty(), child.waitFor(Duration.ZERO));
    child.signal(Signal.SIGCONT);
    Eventually.await("going on", () -> state(child) == 'S');
    assertEquals(Optional.empty(), child.waitFor(Duration.ofMillis(1)));
    child.signal(Signal.SIGTERM);

    assertEquals("was ended by SIGTERM", child.waitFor().toString());
  }

  @Test
  void aBadEndIsThrownWithTheCommandAndTheStatus() throws IOException {
    ExitStatus failed = child("exit", 3).waitFor();
    ExitStatus killed = child("die", Signal.SIGKILL.number()).waitFor();
    String program = CProgram.path("child");

    child("exit", 0).waitFor().orThrow();
    assertEquals(
        program + " exited with 3", assertThrows(IOException.class, failed::orThrow).getMessage());
    assertEquals(
        program + " was ended by SIGKILL",
        assertThrows(IOException.class, killed::orThrow).getMessage());
  }

  @Test
  void statusesAreEqualIfTheProcessesEndedAlike() throws IOException {
    ExitStatus one = child("exit", 1).waitFor();
    ExitStatus other = Spawn.command("false").start().waitFor();
    ExitStatus signaled = child("die", 1).waitFor();

    assertEquals(one, other);
    assertEquals(one.hashCode(), other.hashCode());
    assertEquals(signaled, child("die", 1).waitFor());
    for (Object different : List.of(child("exit", 2).waitFor(), signaled, "exited with 1")) {
      assertNotEquals(one, different);
    }
  }

  private ChildProcess child(String what, int number) throws IOException {
    return Spawn.command(CProgram.path("child"), what, Integer.toString(number))
        .directory(folder)
        .start();
  }

  private static char state(ChildProcess child) throws IOException {
    String stat = Files.readString(Path.of("/proc", Integer.toString(child.pid()), "stat"));
    return stat.charAt(stat.lastIndexOf(')') + 2);
  }

  private static String corePattern() throws IOException {
    Path pattern = Path.of("/proc/sys/kernel/core_pattern");
    return Files.isReadable(pattern) ? Files.readString(pattern).strip() : "";
  }

  private static long hardCoreLimit() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/limits")).stream()
        .filter(line -> line.startsWith("Max core file size"))
        .map(line -> line.split(" {2,}", -1)[2])
        .mapToLong(limit -> limit.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(limit))
        .sum();
  }
}
