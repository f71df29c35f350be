package org.posixipc.jmh;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
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
            .include("^" + ways.benchmark().getName().replace(".", "\\.") + "\\.")
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

    assertEquals(ways.list().stream().map(Ways.Way::method).collect(toSet()), ran);
  }
}
