package org.posixipc.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CProgramsTest {
  private static final Plan SHORT = new Plan(1, 1, 2, 10, List.of(64), List.of(64));

  @Test
  void aSampleIsOperationsAndNanoseconds() throws IOException {
    List<String> lines = List.of("sample 200 1000", "sample 400 1000", "total 7 7");

    assertEquals(List.of(5.0, 2.5), CPrograms.samples(lines, CPrograms.Sample::nanosEach).values());
    assertEquals(
        List.of(200e6, 400e6), CPrograms.samples(lines, CPrograms.Sample::perSecond).values());
  }

  @Test
  void outputWithoutSamplesIsAnError() {
    assertThrows(
        IOException.class,
        () -> CPrograms.samples(List.of("total 7 7"), CPrograms.Sample::nanosEach));
  }

  @Test
  void countsThatDifferAreAnError() {
    assertThrows(IOException.class, () -> CPrograms.checkTotal(List.of("total 64 63")));
    assertThrows(IOException.class, () -> CPrograms.checkTotal(List.of("sample 1 1")));
    assertThrows(IOException.class, () -> CPrograms.checkTotal(List.of()));
  }

  @Test
  void aByteThatChangedOnItsWayIsAnError() throws IOException {
    CPrograms.checkChecksums(List.of("checked 7 99 7 99"));
    assertThrows(IOException.class, () -> CPrograms.checkChecksums(List.of("checked 7 99 7 98")));
    assertThrows(IOException.class, () -> CPrograms.checkChecksums(List.of()));
  }

  @Test
  void percentilesAreTakenByTheirNames() throws IOException {
    List<String> lines =
        List.of("percentile 50 1", "percentile 90 2", "percentile 99 3", "percentile 99.9 4");

    assertEquals(new Samples(List.of(3.0)), CPrograms.percentiles(lines).get("99"));
    assertThrows(IOException.class, () -> CPrograms.percentiles(lines.subList(0, 3)));
  }

  @ParameterizedTest
  @MethodSource("works")
  void theProgramsMeasureEachTransport(Work work) throws IOException {
    Samples samples = programs().bandwidth(work, SHORT, Cpus.FREE);
    Map<String, Samples> trips = programs().roundTrip(work, SHORT, Cpus.FREE);

    assertEquals(SHORT.samples(), samples.values().size());
    assertTrue(samples.median() > 0);
    for (Samples percentile : trips.values()) {
      assertEquals(SHORT.samples(), percentile.values().size());
      assertTrue(percentile.median() > 0);
    }
  }

  @ParameterizedTest
  @MethodSource("works")
  void everyByteArrivesInC(Work work) throws IOException {
    programs().verify(work, Verification.MESSAGES);
  }

  static List<Work> works() throws IOException {
    List<Work> works = new ArrayList<>();
    for (Transport transport : Transport.values()) {
      if (transport.absence(4096, Settings.NONE).isEmpty()) {
        for (Between between : Between.values()) {
          works.add(new Work(transport, 4096, between, Settings.NONE));
        }
      }
    }
    return works;
  }

  @ParameterizedTest
  @MethodSource
  void aProgramMeasuresTheCallsOfEachWay(Ways ways) throws IOException {
    for (Ways.Way way : ways.list()) {
      Samples samples = programs().ways(ways, way, SHORT, Cpus.FREE);

      assertEquals(SHORT.samples(), samples.values().size());
      assertTrue(samples.median() > 0);
    }
  }

  static List<Ways> aProgramMeasuresTheCallsOfEachWay() {
    return Ways.all(Cpus.FREE);
  }

  private static CPrograms programs() {
    Optional<CPrograms> programs = CPrograms.find();
    assumeTrue(programs.isPresent(), "no C compiler when this was built");
    return programs.orElseThrow();
  }
}
