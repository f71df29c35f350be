package org.posixipc.jmh.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.posixipc.jmh.Figure;

class ChangesTest {
  private static final int SAMPLES = 12;

  @Test
  void aClearDifferenceIsAChangeAndSaysWhichWay() {
    Table table = changes(pipe(100e6, 0.01), pipe(120e6, 0.01));

    assertEquals(1, table.rows().size());
    assertEquals("1.20", table.rows().get(0).get(5));
    assertEquals("better", table.rows().get(0).get(6));
    assertEquals("worse", changes(pipe(120e6, 0.01), pipe(100e6, 0.01)).rows().get(0).get(6));
  }

  @Test
  void lessTimeIsBetter() {
    Table table = changes(spawn(600), spawn(300));

    assertEquals("better", table.rows().get(0).get(6));
  }

  @Test
  void aDifferenceWithinTheErrorsIsNone() {
    Table table = changes(pipe(100e6, 0.3), pipe(120e6, 0.3));

    assertTrue(table.rows().isEmpty());
    assertTrue(table.title().contains("0 of 1 figures changed"), table.title());
  }

  @Test
  void partsOfAnAllocatedByteAreNoChange() {
    Figure old = Made.figure("cost", Map.of(), "posix-ipc", "B/op", around(0.01, 0.01));
    Figure now = Made.figure("cost", Map.of(), "posix-ipc", "B/op", around(0.02, 0.01));

    assertTrue(changes(old, now).rows().isEmpty());
  }

  @Test
  void threeSamplesAreTooFewForAChange() {
    Figure old = Made.bandwidth("pipe", 64, "posix-ipc", 1e6, 1e6, 1e6);
    Figure now = Made.bandwidth("pipe", 64, "posix-ipc", 2e6, 2e6, 2e6);

    assertTrue(changes(old, now).rows().isEmpty());
  }

  @Test
  void whatIsNewOrMissingIsCounted() {
    List<Figure> old = List.of(pipe(100e6, 0.01), spawn(300));
    List<Figure> now = List.of(pipe(100e6, 0.01), Made.bandwidth("tcp", 64, "C", 1));

    String title = new Changes(old, now).table().title();

    assertEquals("Against the baseline: 0 of 1 figures changed; 1 are new, 1 are missing", title);
  }

  private static Figure pipe(double median, double spread) {
    return Made.bandwidth("pipe", 64, "posix-ipc", around(median, spread));
  }

  private static Figure spawn(double median) {
    return Made.figure("spawn-cost", Map.of(), "posix-ipc", "ns", around(median, 0.01));
  }

  private static double[] around(double median, double spread) {
    return DoubleStream.iterate(-1, x -> x + 2.0 / (SAMPLES - 1))
        .limit(SAMPLES)
        .map(x -> median * (1 + spread * x))
        .toArray();
  }

  private static Table changes(Figure old, Figure now) {
    return new Changes(List.of(old), List.of(now)).table();
  }
}
