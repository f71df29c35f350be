package org.posixipc.jmh.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.IterationResultMetaData;
import org.openjdk.jmh.results.ResultRole;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.IterationType;
import org.openjdk.jmh.runner.WorkloadParams;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.Version;
import org.posixipc.jmh.Figure;

/**
 * Figures as JMH writes its own results: JSON, for whatever reads those.
 *
 * <p>A benchmark's class is the question there, its method the library. Scores are means, as JMH's
 * are; our samples stand in {@code rawData}. The first entry has a member of our own, {@code host}:
 * readers of JMH's results take the members that they know, and of entries they know one kind.
 */
final class JmhResults {
  static final Pattern BENCHMARK =
      Pattern.compile("compare\\.(?<question>[^.]+)\\.(?<method>[^.]+)");

  /** JMH's words for our units. */
  private static final Map<String, String> UNITS = Map.of("ns", "ns/op", "1/s", "ops/s");

  /** JMH's own name for what its profiler counts. */
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private JmhResults() {}

  /** {@code figures}, of which there is one at least, with what they were measured on. */
  static String json(Map<String, String> host, List<Figure> figures) {
    JsonArray entries = JsonParser.parseString(json(figures)).getAsJsonArray();
    entries.get(0).getAsJsonObject().add("host", new Gson().toJsonTree(host));
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(entries);
  }

  private static String json(List<Figure> figures) {
    Map<List<Object>, List<Figure>> benchmarks = new LinkedHashMap<>();
    for (Figure figure : figures) {
      List<Object> key = List.of(figure.question(), figure.who(), figure.parameters());
      benchmarks.computeIfAbsent(key, none -> new ArrayList<>()).add(figure);
    }
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(json, true, UTF_8)) {
      ResultFormatFactory.getInstance(ResultFormatType.JSON, out)
          .writeOut(benchmarks.values().stream().map(JmhResults::result).toList());
    }
    return json.toString(UTF_8);
  }

  /** Figures of one thing that was done: the first is what was asked. */
  private static RunResult result(List<Figure> figures) {
    BenchmarkParams params = params(figures.get(0));
    List<IterationResult> iterations = new ArrayList<>();
    for (int i = 0; i < samples(figures.get(0)); i++) {
      IterationResult iteration =
          new IterationResult(
              params,
              params.getMeasurement(),
              new IterationResultMetaData(samples(figures.get(0)), 0));
      iteration.addResults(scores(figures, i));
      iterations.add(iteration);
    }
    return new RunResult(params, List.of(new BenchmarkResult(params, iterations)));
  }

  private static List<JmhSample> scores(List<Figure> figures, int index) {
    List<JmhSample> scores = new ArrayList<>();
    for (Figure figure : figures) {
      if (index < samples(figure)) {
        ResultRole role = scores.isEmpty() ? ResultRole.PRIMARY : ResultRole.SECONDARY;
        scores.add(
            new JmhSample(
                role, label(figure), unit(figure.unit()), figure.samples().values().get(index)));
      }
    }
    return scores;
  }

  private static int samples(Figure figure) {
    return figure.samples().values().size();
  }

  private static String label(Figure figure) {
    return Measure.of(figure).isAllocation() ? ALLOCATED : figure.unit();
  }

  private static String unit(String unit) {
    return UNITS.getOrDefault(unit, unit);
  }

  static String unitOfJmh(String unit) {
    return UNITS.keySet().stream().filter(ours -> unit(ours).equals(unit)).findAny().orElse(unit);
  }

  /** A benchmark's class ends before the last dot. */
  private static String method(String who) {
    return who.replace('.', '_');
  }

  static String who(String method) {
    return method.replace('_', '.');
  }

  private static BenchmarkParams params(Figure figure) {
    WorkloadParams parameters = new WorkloadParams();
    int number = 0;
    for (Map.Entry<String, String> entry : new TreeMap<>(figure.parameters()).entrySet()) {
      parameters.put(entry.getKey(), entry.getValue(), number++);
    }
    String benchmark = "compare." + figure.question() + "." + method(figure.who());
    TimeValue time = TimeValue.NONE;
    return new BenchmarkParams(
        benchmark,
        benchmark,
        false,
        1,
        new int[] {1},
        List.of(),
        1,
        0,
        new IterationParams(IterationType.WARMUP, 0, time, 1),
        new IterationParams(IterationType.MEASUREMENT, samples(figure), time, 1),
        Measure.of(figure).isRate() ? Mode.Throughput : Mode.AverageTime,
        parameters,
        TimeUnit.NANOSECONDS,
        1,
        System.getProperty("java.home"),
        ManagementFactory.getRuntimeMXBean().getInputArguments(),
        Runtime.version().toString(),
        System.getProperty("java.vm.name"),
        System.getProperty("java.vm.version"),
        Version.getPlainVersion(),
        time);
  }
}
