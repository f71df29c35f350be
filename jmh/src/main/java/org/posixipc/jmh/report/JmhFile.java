package org.posixipc.jmh.report;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import org.posixipc.jmh.Figure;
import org.posixipc.jmh.Samples;

/** Reads what {@link JmhResults} wrote. */
final class JmhFile {
  private record Metric(String scoreUnit, List<List<Double>> rawData) {}

  private record Benchmark(
      @Nullable String benchmark,
      @Nullable Map<String, String> params,
      Metric primaryMetric,
      @Nullable Map<String, Metric> secondaryMetrics) {}

  private JmhFile() {}

  /**
   * The figures of a {@code results.json}.
   *
   * @throws IOException which names the file, if it can't be read or is something else
   */
  static List<Figure> read(Path file) throws IOException {
    Benchmark[] benchmarks;
    try {
      benchmarks = new Gson().fromJson(Files.readString(file), Benchmark[].class);
    } catch (JsonParseException e) {
      throw new IOException(file + " is no JSON of JMH's: " + e.getMessage(), e);
    }
    List<Figure> figures = new ArrayList<>();
    for (Benchmark benchmark : benchmarks == null ? new Benchmark[0] : benchmarks) {
      figures.addAll(figures(benchmark));
    }
    if (figures.isEmpty()) {
      throw new IOException(file + " has no results of compare's");
    }
    return figures;
  }

  /** None, if the entry is a benchmark of somebody else's. */
  private static List<Figure> figures(Benchmark entry) {
    Matcher name = JmhResults.BENCHMARK.matcher(Objects.requireNonNullElse(entry.benchmark, ""));
    if (!name.matches()) {
      return List.of();
    }
    List<Metric> metrics = new ArrayList<>();
    metrics.add(entry.primaryMetric);
    metrics.addAll(
        Objects.requireNonNullElse(entry.secondaryMetrics, Map.<String, Metric>of()).values());
    Map<String, String> params = Objects.requireNonNullElse(entry.params, Map.of());
    return metrics.stream()
        .map(
            metric ->
                new Figure(
                    name.group("question"),
                    params,
                    JmhResults.who(name.group("method")),
                    JmhResults.unitOfJmh(metric.scoreUnit),
                    new Samples(metric.rawData.stream().flatMap(List::stream).toList())))
        .toList();
  }
}
