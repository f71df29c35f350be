package org.posixipc.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs one benchmark in one JVM of its own.
 *
 * <p>JMH would run all forks of a benchmark in a row. Here each is started by itself, so that what
 * it is compared with runs right before and after it, in the same state of the machine.
 */
final class Forks {
  private static final String FAILURE = "<failure>";
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private final Plan plan;
  private final Cpus cpus;
  private final Options jmh;

  Forks(Plan plan, Cpus cpus, Options jmh) {
    this.plan = plan;
    this.cpus = cpus;
    this.jmh = jmh;
  }

  /** The iterations of one fork. */
  record Result(List<IterationResult> iterations) {
    Samples scores() {
      return each(iteration -> iteration.getPrimaryResult().getScore());
    }

    /** Bytes that an operation allocates. */
    Samples allocated() {
      return each(
          iteration ->
              Objects.requireNonNull(iteration.getSecondaryResults().get(ALLOCATED)).getScore());
    }

    /** Of each iteration's operations, where each is timed by itself. */
    Samples percentile(double percent) {
      return each(iteration -> iteration.getPrimaryResult().getStatistics().getPercentile(percent));
    }

    private Samples each(ToDoubleFunction<IterationResult> figure) {
      return new Samples(iterations.stream().mapToDouble(figure).boxed().toList());
    }
  }

  Result run(Class<?> question, String method, Map<String, String> parameters) throws IOException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .parent(jmh)
            .include("^" + question.getName().replace(".", "\\.") + "\\." + method + "$")
            .forks(1)
            .warmupIterations(plan.warmups())
            .warmupTime(jmh.getWarmupTime().orElse(plan.iteration()))
            .measurementIterations(plan.samples())
            .measurementTime(plan.iteration())
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .jvmArgs(jvmOptions());
    parameters.forEach(options::param);
    // JMH's own account is for the case that something fails.
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(log, true, UTF_8)) {
      RunResult result =
          new Runner(
                  options.build(),
                  OutputFormatFactory.createFormatInstance(out, VerboseMode.NORMAL))
              .runSingle();
      return new Result(iterations(result));
    } catch (RunnerException e) {
      throw new IOException(method + why(log.toString(UTF_8)), e);
    }
  }

  /** What JMH has from the fork stands below this word; then all that it says. */
  private static String why(String log) {
    String failure = log.substring(Math.max(0, log.indexOf(FAILURE)));
    return ": " + failure.replace(FAILURE, "").strip() + "\nJMH says:\n" + log;
  }

  private String[] jvmOptions() {
    return Stream.concat(
            Stream.of(cpus.jvmOption(), "-Xms128m", "-Xmx128m", "-XX:+UseSerialGC"),
            Stream.concat(
                NativeAccess.jvmOptions().stream(), jmh.getJvmArgs().orElse(List.of()).stream()))
        .toArray(String[]::new);
  }

  private static List<IterationResult> iterations(RunResult result) {
    return result.getBenchmarkResults().stream()
        .map(BenchmarkResult::getIterationResults)
        .flatMap(iterations -> iterations.stream())
        .toList();
  }
}
