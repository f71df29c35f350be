package org.posixipc.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each library's connections carry what is sent, as it is sent. */
class VerificationTest {
  record Case(Library library, Transport transport, Between between) {
    Work work() {
      return new Work(transport, Verification.SIZE, between, Settings.NONE);
    }
  }

  static List<Case> everyByteArrivesThroughEachLibrary() throws IOException {
    List<Case> cases = new ArrayList<>();
    for (Library library : Library.values()) {
      if (library.absence().isEmpty()) {
        for (Between between : Between.values()) {
          for (Transport transport : library.ends().transports(between)) {
            if (transport.absence(Verification.SIZE, Settings.NONE).isEmpty()) {
              cases.add(new Case(library, transport, between));
            }
          }
        }
      }
    }
    return cases;
  }

  @ParameterizedTest
  @MethodSource
  void everyByteArrivesThroughEachLibrary(Case it) throws IOException {
    assumeTrue(
        it.between() == Between.THREADS || CPrograms.find().isPresent(), "no C compiler here");

    Verification.verify(it.work(), it.library());
  }

  @Test
  void aByteThatChangedOnItsWayIsFound() throws IOException {
    Work work = new Work(Transport.PIPE, Verification.SIZE, Between.THREADS, Settings.NONE);
    try (Line line =
        Line.open(work, Library.POSIX_IPC, Role.CHECK, Verification.MESSAGES, Cpus.FREE)) {
      Far.Sent received = Verification.receive(line.connection().near().in(), Verification.SIZE);
      Far.Sent other = new Far.Sent(received.bytes(), received.checksum() ^ 1);

      IOException failure =
          assertThrows(
              IOException.class,
              () -> Verification.check(work, Library.POSIX_IPC, line.far().await(), other));

      assertTrue(failure.toString().contains("posix-ipc, pipe 4099 B: sent "));
    }
  }

  @Test
  void whatFailsItsVerificationIsNotMeasuredAndTheOthersAre() throws IOException {
    Work work = new Work(Transport.UNIX, Verification.SIZE, Between.THREADS, Settings.NONE);
    Work measured = new Work(Transport.UNIX, 64, Between.THREADS, Settings.NONE);
    Doubts doubts = new Doubts();
    Map<String, Verification.Check> checks = new LinkedHashMap<>();
    checks.put(
        "junixsocket",
        () -> {
          throw new UnsatisfiedLinkError("no library");
        });
    AtomicBoolean verifiedC = new AtomicBoolean();
    checks.put("C", () -> verifiedC.set(true));

    IOException failure =
        assertThrows(IOException.class, () -> Verification.all(work, checks, doubts));

    assertEquals("junixsocket: java.lang.UnsatisfiedLinkError: no library", failure.getMessage());
    assertTrue(verifiedC.get());
    doubts.check(measured, "C");
    assertThrows(IOException.class, () -> doubts.check(measured, "junixsocket"));
  }

  @Test
  void aByteThatIsLostIsFound() throws IOException {
    Work work = new Work(Transport.UNIX, Verification.SIZE, Between.THREADS, Settings.NONE);
    try (Line line =
        Line.open(work, Library.JAVA_NIO, Role.CHECK, Verification.MESSAGES, Cpus.FREE)) {
      assertEquals(1, line.connection().near().in().read(ByteBuffer.allocate(1)));

      Far.Sent rest = Verification.receive(line.connection().near().in(), Verification.SIZE);

      assertThrows(
          IOException.class,
          () -> Verification.check(work, Library.JAVA_NIO, line.far().await(), rest));
    }
  }
}
