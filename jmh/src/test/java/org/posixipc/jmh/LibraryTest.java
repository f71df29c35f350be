package org.posixipc.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A library that isn't there has no column, and a reason for that. */
class LibraryTest {
  @ParameterizedTest
  @EnumSource(names = {"JNR_POSIX", "JNR_UNIXSOCKET", "JUNIXSOCKET"})
  void aClassThatIsMissingIsNamed(Library library) {
    assertEquals(Optional.empty(), library.absence());

    String why = library.absence(ClassLoader.getPlatformClassLoader()).orElseThrow();

    assertTrue(why.startsWith(library.title() + ": the class path has no "), why);
  }

  @Test
  void foreignFunctionsNeedTheirJdk() {
    assertEquals(Runtime.version().feature() < 22, Library.FFM.absence().isPresent());
  }

  @Test
  void aTransportThatOneLibraryCannotBeMeasuredByIsSaidWhereItIsAskedFor() throws IOException {
    String pairs = Library.JUNIXSOCKET.lack(Transport.SOCKETPAIR).orElseThrow();
    Plan plan = new Plan(1, 1, 1, 1, List.of(64), List.of(64));
    Conditions conditions = new Conditions(plan, Cpus.FREE, CPrograms.find());

    for (Transport transport : List.of(Transport.SOCKETPAIR, Transport.PIPE)) {
      Scope scope =
          new Scope(
              List.of(transport),
              List.of(Between.THREADS),
              List.of(Library.POSIX_IPC, Library.JUNIXSOCKET),
              Settings.NONE);
      assertEquals(
          transport == Transport.SOCKETPAIR ? List.of(pairs) : List.of(),
          new BandwidthQuestion(scope, conditions).absences());
    }
    assertEquals(List.of(pairs), new WaysQuestion(Ways.SETUP_COST, conditions).absences());
    assertEquals(
        List.of(),
        new WaysQuestion(Ways.CALL_OVERHEAD, conditions)
            .absences().stream().filter(it -> it.contains("junixsocket")).toList());
  }

  @Test
  void whatIsAbsentIsSaid() throws IOException {
    Scope scope =
        new Scope(
            List.of(Transport.DGRAM),
            List.of(Between.THREADS, Between.PROCESSES),
            List.of(Library.POSIX_IPC),
            Settings.NONE);
    Plan plan = new Plan(1, 1, 1, 1, List.of(64, 1 << 30), List.of(64));
    Conditions withoutC = new Conditions(plan, Cpus.FREE, Optional.empty());
    BandwidthQuestion question = new BandwidthQuestion(scope, withoutC);

    List<String> absences = question.absences();

    assertEquals(2, absences.size(), absences.toString());
    assertTrue(absences.get(0).startsWith("dgram of 1024 MiB: "), absences.get(0));
    assertTrue(absences.get(1).startsWith("processes: "), absences.get(1));
    assertEquals(1, question.round().size());
  }
}
