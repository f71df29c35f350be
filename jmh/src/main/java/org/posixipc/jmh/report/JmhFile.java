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
  private record Metric(@Nullable String scoreUnit, @Nullable List<List<Double>> rawData) {}

  private record Benchmark(
      @Nullable String benchmark,
      @Nullable Map<String, String> host,
      @Nullable Map<String, String> params,
      @Nullable Metric primaryMetric,
      @Nullable Map<String, Metric> secondaryMetrics) {}

  private JmhFile() {}

  /**
   * What a {@code results.json} holds.
   *
   * @throws IOException which names the file, if it can't be read or is something else
   */
  static Baseline read(Path file) throws IOException {
    List<Figure> figures = new ArrayList<>();
    Map<String, String> host = Map.of();
    try {
      Benchmark[] benchmarks = new Gson().fromJson(Files.readString(file), Benchmark[].class);
      for (Benchmark benchmark : benchmarks == null ? new Benchmark[0] : benchmarks) {
        figures.addAll(figures(benchmark));
        host = benchmark == null || benchmark.host == null ? host : benchmark.host;
      }
    } catch (JsonParseException e) {
      throw new IOException(file + " is no JSON of JMH's: " + e.getMessage(), e);
    }
    if (figures.isEmpty()) {
      throw new IOException(file + " has no results of compare's");
    }
    return new Baseline(host, figures);
  }

  /** None, if the entry is a benchmark of somebody else's. */
  private static List<Figure> figures(@Nullable Benchmark entry) {
    if (entry == null || entry.benchmark == null) {
      return List.of();
    }
    Matcher name = JmhResults.BENCHMARK.matcher(entry.benchmark);
    if (!name.matches()) {
      return List.of();
    }
    List<@Nullable Metric> metrics = new ArrayList<>();
    metrics.add(entry.primaryMetric);
    metrics.addAll(
        Objects.requireNonNullElse(entry.secondaryMetrics, Map.<String, Metric>of()).values());
    List<Figure> figures = new ArrayList<>();
    for (Metric metric : metrics) {
      if (metric == null || metric.scoreUnit == null || metric.rawData == null) {
        throw new JsonParseException(entry.benchmark + " has no samples");
      }
      figures.add(
          new Figure(
              name.group("question"),
              Objects.requireNonNullElse(entry.params, Map.of()),
              JmhResults.who(name.group("method")),
              JmhResults.unitOfJmh(metric.scoreUnit),
              new Samples(metric.rawData.stream().flatMap(List::stream).toList())));
    }
    return figures;
  }
}
