package org.posixipc.jmh;

import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.util.ListStatistics;

/** What was measured for one cell of a table, in one unit, over all rounds. */
record Samples(List<Double> values) {
  private static final double CONFIDENCE = 0.99;

  Samples plus(Samples more) {
    return new Samples(Stream.concat(values.stream(), more.values.stream()).toList());
  }

  /** The figure of the tables: a sample that a neighbour on the machine spoilt doesn't move it. */
  double median() {
    return statistics().getPercentile(50);
  }

  /** Half the width of the mean's confidence interval, as JMH has it, as a part of the median. */
  double error() {
    return statistics().getMeanErrorAt(CONFIDENCE) / median();
  }

  private ListStatistics statistics() {
    return new ListStatistics(values.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
