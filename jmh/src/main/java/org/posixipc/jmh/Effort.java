package org.posixipc.jmh;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** How much time a run may take, and what it makes of it. */
enum Effort {
  /** A first look. */
  QUICK(TimeUnit.SECONDS.toMillis(95)),
  /** What is worth showing. */
  DEFAULT(TimeUnit.SECONDS.toMillis(570)),
  /** All there is. */
  THOROUGH(Long.MAX_VALUE);

  private final long millis;

  Effort(long millis) {
    this.millis = millis;
  }

  Plan plan() {
    return switch (this) {
      case QUICK -> Plan.QUICK;
      case DEFAULT -> Plan.FULL;
      case THOROUGH -> Plan.THOROUGH;
    };
  }

  /** Those of {@code steps} that there is time for: whole ranks, the first always. */
  List<Step> affordable(List<Step> steps) {
    return affordable(steps, millis);
  }

  static List<Step> affordable(List<Step> steps, long millis) {
    int last =
        IntStream.rangeClosed(0, steps.stream().mapToInt(Step::rank).max().orElse(0))
            .filter(rank -> rank == 0 || millis(upTo(rank, steps)) <= millis)
            .max()
            .orElse(0);
    return upTo(last, steps);
  }

  private static List<Step> upTo(int rank, List<Step> steps) {
    return steps.stream().filter(step -> step.rank() <= rank).toList();
  }

  private static long millis(List<Step> steps) {
    return steps.stream().mapToLong(Step::millis).sum();
  }
}
