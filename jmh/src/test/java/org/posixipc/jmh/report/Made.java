package org.posixipc.jmh.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.posixipc.jmh.Figure;
import org.posixipc.jmh.Samples;

/** Figures whose values are known. */
final class Made {
  /** Samples so close that nothing is within their error. */
  private static final double CLOSE = 0.001;

  private Made() {}

  static Run run(List<Figure> figures) {
    return new Run(
        Instant.parse("2026-11-22T10:00:00Z"),
        List.of("compare", "--quick"),
        Map.of("CPU", "a CPU of <two> cores & more"),
        Map.of("placement", "two-cores"),
        List.of("C: no compiler"),
        true,
        Map.of(
            "bandwidth", "Bandwidth: \"much\" < more & most",
            "round-trip", "Round trip: a message and its answer"),
        figures);
  }

  /** Every kind of question that there is, every peer, between threads and processes. */
  static Run everything() {
    List<Figure> figures = new ArrayList<>();
    List<String> transports =
        List.of(
            "file",
            "tmpfs",
            "pipe",
            "pipe-1m",
            "fifo",
            "socketpair",
            "unix",
            "dgram",
            "seqpacket",
            "tcp",
            "tcp6");
    List<String> peers =
        List.of("posix-ipc", "C", "java.nio", "jnr-unixsocket", "junixsocket", "FFM");
    for (String between : List.of("threads", "processes")) {
      for (int t = 0; t < transports.size(); t++) {
        for (int p = 0; p < peers.size(); p++) {
          Map<String, String> work = Map.of("between", between, "transport", transports.get(t));
          for (int size = 1; size <= 1 << 20; size *= 16) {
            double rate = size / (size + 4000.0) * 6e9 / (1 + 0.3 * t + 0.1 * p);
            figures.add(around("bandwidth", with(work, "size", size), peers.get(p), "B/s", rate));
          }
          double slow = 5000 * (1 + 0.2 * t + 0.05 * p);
          for (String percentile : List.of("50", "90", "99", "99.9")) {
            Map<String, String> rank = with(with(work, "percentile", percentile), "size", 64);
            figures.add(around("round-trip", rank, peers.get(p), "ns", slow));
            slow *= 1.8;
          }
          if (between.equals("threads")) {
            figures.add(
                around(
                    "setup-cost",
                    Map.of("transport", transports.get(t)),
                    peers.get(p),
                    "ns",
                    9000 * (1 + t + 0.1 * p)));
          }
        }
      }
    }
    figures.add(around("spawn-cost", Map.of(), "C", "ns", 400_000));
    figures.add(around("spawn-cost", Map.of("way", "Spawn"), "posix-ipc", "ns", 420_000));
    figures.add(around("spawn-cost", Map.of("way", "Spawn"), "posix-ipc", "B/op", 320));
    figures.add(around("spawn-cost", Map.of("way", "ProcessBuilder"), "java.nio", "ns", 990_000));
    for (String model : List.of("thread a connection", "one poll loop", "prefork")) {
      figures.add(server(model, "requests", "1/s", 80_000));
      figures.add(server(model, "connections", "1/s", 20_000));
      figures.add(server(model, "p99", "ns", 90_000));
      figures.add(server(model, "memory", "B", 90 << 20));
    }
    return run(figures);
  }

  private static Figure server(String way, String metric, String unit, double value) {
    return around("server", Map.of("way", way, "metric", metric), "posix-ipc", unit, value);
  }

  static Figure bandwidth(String transport, int size, String who, double... values) {
    Map<String, String> work = Map.of("transport", transport, "size", Integer.toString(size));
    return new Figure("bandwidth", work, who, "B/s", samples(values));
  }

  static Figure figure(
      String question, Map<String, String> parameters, String who, String unit, double... values) {
    return new Figure(question, parameters, who, unit, samples(values));
  }

  static Samples samples(double... values) {
    return new Samples(Arrays.stream(values).boxed().toList());
  }

  /** Ten samples with {@code value} in their middle. */
  private static Figure around(
      String question, Map<String, String> parameters, String who, String unit, double value) {
    List<Double> samples = new ArrayList<>();
    for (int i = -5; i < 5; i++) {
      samples.add(value * (1 + 30 * CLOSE * (i + 0.5) / 5));
    }
    return new Figure(question, parameters, who, unit, new Samples(samples));
  }

  private static Map<String, String> with(Map<String, String> work, String name, Object value) {
    Map<String, String> more = new LinkedHashMap<>(work);
    more.put(name, value.toString());
    return more;
  }
}
