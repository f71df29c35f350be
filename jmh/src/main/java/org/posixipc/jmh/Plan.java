package org.posixipc.jmh;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How long each measurement takes.
 *
 * <p>In a round every cell of a table is measured once, in a fork of its own, with C's beside it;
 * more rounds see more of what a JVM compiles differently from fork to fork.
 *
 * @param rounds how often everything is measured
 * @param warmups iterations before the samples of each fork
 * @param samples iterations of each fork that count
 * @param millis how long an iteration takes
 * @param sizes bytes in a message, for bandwidth
 * @param tripSizes bytes in a message that goes there and back
 */
record Plan(
    int rounds,
    int warmups,
    int samples,
    int millis,
    List<Integer> sizes,
    List<Integer> tripSizes) {
  /** About what it takes to start a fork, until its first iteration. */
  private static final int FORK_MILLIS = 700;

  static final Plan QUICK = new Plan(1, 2, 5, 100, List.of(64, 65536, 1 << 20), List.of(64));
  static final Plan FULL =
      new Plan(1, 3, 7, 100, List.of(1, 64, 1024, 4096, 65536, 1 << 20), List.of(64));
  static final Plan THOROUGH =
      new Plan(
          2,
          4,
          10,
          250,
          List.of(1, 16, 64, 256, 1024, 4096, 16384, 65536, 1 << 18, 1 << 20),
          List.of(1, 64, 4096));

  Plan withSizes(List<Integer> chosen) {
    return new Plan(rounds, warmups, samples, millis, chosen, chosen);
  }

  Plan withRounds(int count) {
    return new Plan(count, warmups, samples, millis, sizes, tripSizes);
  }

  /** For what is measured twice in a round: half of the samples each time. */
  Plan halved() {
    return new Plan(rounds, warmups, (samples + 1) / 2, millis, sizes, tripSizes);
  }

  /** Where JMH's own options say otherwise, they have it; C's programs do the same then. */
  Plan with(Options jmh) {
    return new Plan(
        rounds,
        jmh.getWarmupIterations().orElse(warmups),
        jmh.getMeasurementIterations().orElse(samples),
        (int) jmh.getMeasurementTime().orElse(iteration()).convertTo(TimeUnit.MILLISECONDS),
        sizes,
        tripSizes);
  }

  /** For people. */
  Map<String, String> facts() {
    return Map.of(
        "rounds",
        Integer.toString(rounds),
        "samples",
        samples + " of " + millis + " ms a round and figure, behind " + warmups + " to warm up",
        "sizes",
        sizes.stream().map(Figures::size).collect(Collectors.joining(", ")));
  }

  TimeValue iteration() {
    return TimeValue.milliseconds(millis);
  }

  long forkMillis() {
    return FORK_MILLIS + (warmups + samples) * (long) millis;
  }

  /** A C program warms up for one sample. */
  long programMillis() {
    return (1 + samples) * (long) millis;
  }
}
