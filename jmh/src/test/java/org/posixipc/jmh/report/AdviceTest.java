package org.posixipc.jmh.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.posixipc.jmh.Figure;

class AdviceTest {
  private static final String ENDING =
      " This holds for this host, with the threads placed two-cores.";

  @Test
  void theFastestOfASizeClassIsChosenAndTheNextIsNamed() {
    assertEquals(
        "For a stream of small messages (64 B) choose pipe: 200.0 MB/s at 64 B (unix: 150.0 MB/s)."
            + ENDING,
        advice(
            Made.bandwidth("tcp", 64, "posix-ipc", 100e6, 100e6),
            Made.bandwidth("unix", 64, "posix-ipc", 150e6, 150e6),
            Made.bandwidth("pipe", 64, "posix-ipc", 200e6, 200e6)));
  }

  @Test
  void aDifferenceWithinTheErrorIsNoReasonToChoose() {
    String advice =
        advice(
            Made.bandwidth("pipe", 64, "posix-ipc", 190e6, 200e6, 210e6),
            Made.bandwidth("unix", 64, "posix-ipc", 180e6, 190e6, 200e6));

    assertTrue(
        advice.contains("choose pipe or unix, which differ by less than their errors"), advice);
  }

  @Test
  void aClassWhoseSizesHaveDifferentWinnersIsToldBySize() {
    assertEquals(
        "For a stream of large messages (64 KiB to 1 MiB) no transport is the fastest at all"
            + " sizes: pipe at 64 KiB; unix at 1 MiB."
            + ENDING,
        advice(
            Made.bandwidth("pipe", 65536, "posix-ipc", 3e9, 3e9),
            Made.bandwidth("unix", 65536, "posix-ipc", 2e9, 2e9),
            Made.bandwidth("pipe", 1 << 20, "posix-ipc", 2e9, 2e9),
            Made.bandwidth("unix", 1 << 20, "posix-ipc", 3e9, 3e9)));
  }

  @Test
  void theShortestMedianIsChosenForQuestionsAndAnswers() {
    assertEquals(
        "For questions that wait for their answers choose socketpair: half of them take 5,000 ns"
            + " (pipe: 6,000 ns)."
            + ENDING,
        advice(
            trip("pipe", "processes", "50", 6000),
            trip("socketpair", "processes", "50", 5000),
            trip("pipe", "processes", "99", 7000),
            trip("socketpair", "processes", "99", 9000)));
  }

  @Test
  void whatWasMeasuredBetweenProcessesCounts() {
    String advice =
        advice(
            trip("pipe", "threads", "50", 1000),
            trip("socketpair", "threads", "50", 2000),
            trip("pipe", "processes", "50", 6000),
            trip("socketpair", "processes", "50", 5000));

    assertTrue(advice.contains("choose socketpair"), advice);
    assertFalse(advice.contains("1,000"), advice);
  }

  @Test
  void figuresOfOthersGiveNoAdvice() {
    String advice =
        advice(
            Made.bandwidth("pipe", 64, "C", 2e9, 2e9), Made.bandwidth("unix", 64, "C", 1e9, 1e9));

    assertEquals("This run did not measure two transports that could be chosen between.", advice);
  }

  @Test
  void oneTransportIsNoChoice() {
    assertEquals(
        "This run did not measure two transports that could be chosen between.",
        advice(Made.bandwidth("pipe", 64, "posix-ipc", 2e9, 2e9)));
  }

  private static Figure trip(String transport, String between, String percentile, double nanos) {
    Map<String, String> rank =
        Map.of("transport", transport, "between", between, "percentile", percentile, "size", "64");
    return Made.figure("round-trip", rank, "posix-ipc", "ns", nanos, nanos);
  }

  private static String advice(Figure... figures) {
    return Advice.of(Made.run(Arrays.asList(figures)));
  }
}
