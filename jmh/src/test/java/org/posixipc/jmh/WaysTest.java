package org.posixipc.jmh;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** JMH itself runs each way once: it has an order of its own for what sets a state up. */
class WaysTest {
  static List<Ways> theWaysAreTheBenchmarksMethods() {
    return Ways.all(Cpus.FREE);
  }

  @ParameterizedTest
  @MethodSource
  void theWaysAreTheBenchmarksMethods(Ways ways) throws RunnerException {
    Options once =
        new OptionsBuilder()
            .include(Pattern.quote(ways.benchmark().getName()) + "\\.(" + present(ways) + ")$")
            .forks(0)
            .warmupIterations(0)
            .measurementIterations(1)
            .measurementTime(TimeValue.milliseconds(10))
            .shouldFailOnError(true)
            .build();
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());

    Set<String> ran =
        new Runner(once, OutputFormatFactory.createFormatInstance(nowhere, VerboseMode.SILENT))
            .run().stream().map(result -> result.getPrimaryResult().getLabel()).collect(toSet());

    assertEquals(ways.present().stream().map(Ways.Way::method).collect(toSet()), ran);
    assertEquals(benchmarks(ways), ways.list().stream().map(Ways.Way::method).collect(toSet()));
  }

  private static String present(Ways ways) {
    return ways.present().stream().map(Ways.Way::method).collect(joining("|"));
  }

  private static Set<String> benchmarks(Ways ways) {
    return Arrays.stream(ways.benchmark().getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(Benchmark.class))
        .map(Method::getName)
        .collect(toSet());
  }
}
