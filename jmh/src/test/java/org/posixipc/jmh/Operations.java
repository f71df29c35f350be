package org.posixipc.jmh;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * The Java side of all {@link SameWork}, a known count of operations at a time: a program to run
 * under strace. What it is about to do it says by opening a file that isn't there, in whose path it
 * stands.
 */
final class Operations {
  private Operations() {}

  /** Each work to warm up, then once and twice its count. */
  public static void main(String[] arguments) throws Exception {
    for (SameWork work : SameWork.all()) {
      mark("warm-up");
      run(work, 1);
      for (int times : new int[] {1, 2}) {
        mark(work.section(times));
        run(work, times);
      }
    }
    mark("end");
  }

  private static void mark(String path) throws IOException {
    try (FileInputStream none = new FileInputStream(SystemCalls.MARK + path)) {
      throw new IllegalStateException(path + " is there: " + none.available());
    } catch (FileNotFoundException e) {
      // As it should be: strace has seen it.
    }
  }

  private static void run(SameWork work, int times) throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + work.benchmark().getName() + "\\." + work.method() + "$")
            .mode(Mode.SingleShotTime)
            .forks(0)
            .warmupIterations(0)
            .measurementIterations(1)
            .measurementBatchSize(times * work.invocations())
            .shouldFailOnError(true);
    work.parameters().forEach(options::param);
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    new Runner(
            options.build(), OutputFormatFactory.createFormatInstance(nowhere, VerboseMode.SILENT))
        .run();
  }
}
