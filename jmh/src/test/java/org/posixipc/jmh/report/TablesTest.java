package org.posixipc.jmh.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.posixipc.jmh.Figure;

/** Tables made of samples that are known. */
class TablesTest {
  @Test
  void columnsAreAsWideAsTheirWidestCell() {
    Table table = new Table("", 1, List.of("way", "ns"));
    table.row(List.of("FileDescriptor", "867.8"));
    table.row(List.of("C", "9.1"));

    assertEquals(
        """
        way                ns
        FileDescriptor  867.8
        C                 9.1
        """,
        table.toString());
  }

  @Test
  void aTransportStandsBesideItsPeersAndTheFastestOfASizeIsMarked() {
    assertEquals(
        """
        size    transport    MB/s    ±      C    ±   / C  / java.nio
        64 B    pipe       200.0*  ±0%  250.0  ±0%  0.80        2.00
        64 B    tcp        100.0   ±0%
        64 KiB  pipe       500.0   ±0%
        64 KiB  tcp        600.0*  ±0%
        """,
        text(
            Made.bandwidth("pipe", 64, "posix-ipc", 200e6, 200e6),
            Made.bandwidth("pipe", 64, "C", 250e6, 250e6),
            Made.bandwidth("pipe", 64, "java.nio", 100e6, 100e6),
            Made.bandwidth("pipe", 65536, "posix-ipc", 500e6, 500e6),
            Made.bandwidth("tcp", 64, "posix-ipc", 100e6, 100e6),
            Made.bandwidth("tcp", 65536, "posix-ipc", 600e6, 600e6)));
  }

  @Test
  void allThatTheErrorsDoNotTellApartAreMarked() {
    String text =
        text(
            Made.bandwidth("pipe", 64, "posix-ipc", 190e6, 200e6, 210e6),
            Made.bandwidth("unix", 64, "posix-ipc", 180e6, 190e6, 200e6),
            Made.bandwidth("tcp", 64, "posix-ipc", 99e6, 100e6, 101e6));

    assertTrue(text.contains("pipe       200.0*"), text);
    assertTrue(text.contains("unix       190.0*"), text);
    assertTrue(text.contains("tcp        100.0 "), text);
  }

  @Test
  void aWayIsComparedWithItsOwnCallsInCAndWithTheJdks() {
    Map<String, String> send = Map.of("calls", "send", "way", "flags");
    Map<String, String> write = Map.of("calls", "write", "way", "direct");
    Map<String, String> jdk = Map.of("calls", "write", "way", "SocketChannel");

    assertEquals(
        """
        way            through    calls     ns    ±  B/op   / C  / java.nio
                       C          send   100.0  ±0%        1.00
        flags          posix-ipc  send   120.0  ±0%    16  1.20
                       C          write  200.0  ±0%        1.00        0.50
        direct         posix-ipc  write  210.0  ±0%        1.05        0.53
        SocketChannel  java.nio   write  400.0  ±0%        2.00        1.00
        """,
        text(
            Made.figure("overhead", Map.of("calls", "send"), "C", "ns", 100, 100),
            Made.figure("overhead", send, "posix-ipc", "ns", 120, 120),
            Made.figure("overhead", send, "posix-ipc", "B/op", 16.4, 16.4),
            Made.figure("overhead", Map.of("calls", "write"), "C", "ns", 200, 200),
            Made.figure("overhead", write, "posix-ipc", "ns", 210, 210),
            Made.figure("overhead", jdk, "java.nio", "ns", 400, 400)));
  }

  @Test
  void metricsAreColumnsAndEachWayStandsBesideTheSame() {
    assertEquals(
        """
        way      through    requests 1/s    ±  memory MiB  / java.nio
        threads  posix-ipc        30,000  ±0%       2.000        2.00
        threads  java.nio         15,000  ±0%                    1.00
        pool     posix-ipc        40,000  ±0%                    4.00
        pool     java.nio         10,000  ±0%                    1.00
        """,
        text(
            server("threads", "requests", "posix-ipc", "1/s", 30_000),
            server("threads", "memory", "posix-ipc", "B", 2 << 20),
            server("threads", "requests", "java.nio", "1/s", 15_000),
            server("pool", "requests", "posix-ipc", "1/s", 40_000),
            server("pool", "requests", "java.nio", "1/s", 10_000)));
  }

  @Test
  void percentilesAreColumnsEachInItsUnit() {
    assertEquals(
        """
        transport  p50 ns    ±  p99 µs      C    ±   / C
        pipe       5,000*  ±0%  20.00*  4,000  ±0%  1.25
        """,
        text(
            trip("50", "posix-ipc", 5000),
            trip("99", "posix-ipc", 20_000),
            trip("50", "C", 4000),
            trip("99", "C", 19_000)));
  }

  @Test
  void aRatioOfVagueFiguresSaysSo() {
    assertEquals("2.00", new Ratio(Made.samples(20, 20), Made.samples(10, 10)).toString());
    assertEquals("~2.00", new Ratio(Made.samples(2, 20, 90), Made.samples(10, 10)).toString());
  }

  @Test
  void aFigureHasFourDigits() {
    assertEquals("1.967", Scale.of("B/s", 1e9).text(1.9666e9));
    assertEquals("0.05000", Scale.of("ns", 1).text(0.05));
    assertEquals("1,234,568", Scale.of("1/s", 1).text(1234567.8));
    assertEquals("0", Scale.of("ns", 1).text(0));
    assertEquals("2.000", Scale.of("ns", 2e6).text(2e6));
  }

  private static Figure server(String way, String metric, String who, String unit, double value) {
    return Made.figure("server", Map.of("way", way, "metric", metric), who, unit, value, value);
  }

  private static Figure trip(String percentile, String who, double nanos) {
    Map<String, String> rank = Map.of("transport", "pipe", "percentile", percentile);
    return Made.figure("round-trip", rank, who, "ns", nanos, nanos);
  }

  private static String text(Figure... figures) {
    List<Table> tables = Tables.all(Made.run(List.of(figures)));
    assertEquals(1, tables.size());
    return tables.get(0).toString();
  }
}
