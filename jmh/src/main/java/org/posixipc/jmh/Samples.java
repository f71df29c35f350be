package org.posixipc.jmh;

import java.util.List;
import java.util.stream.Stream;

/** What was measured for one cell of a table, in one unit, over all rounds. */
public record Samples(List<Double> values) {
  /** Of a normal distribution, 99% is within so many standard deviations. */
  private static final double DEVIATIONS = 2.576;

  /** Nothing measured yet. */
  static final Samples NONE = new Samples(List.of());

  Samples plus(Samples more) {
    return new Samples(Stream.concat(values.stream(), more.values.stream()).toList());
  }

  /** The same in another unit, {@code factor} of which make one of this. */
  public Samples times(double factor) {
    return new Samples(values.stream().map(value -> value * factor).toList());
  }

  /** The figure of the tables: a sample that a neighbour on the machine spoilt doesn't move it. */
  public double median() {
    List<Double> sorted = sorted();
    int half = sorted.size() / 2;
    return (sorted.get(half) + sorted.get(sorted.size() - 1 - half)) / 2;
  }

  /** Half the width of the median's 99% confidence interval, as a part of the median. */
  public double error() {
    return (high() - low()) / 2 / median();
  }

  /**
   * Where the median's 99% confidence interval begins.
   *
   * <p>The count of samples below the true median is binomial, whatever the samples' distribution:
   * the interval goes from one rank to the same rank from above. Of fewer than 7 samples it is all
   * of them.
   */
  public double low() {
    return sorted().get(rank());
  }

  /** Where the median's 99% confidence interval ends. */
  public double high() {
    return sorted().get(values.size() - 1 - rank());
  }

  private int rank() {
    int size = values.size();
    return (int) Math.max(0, Math.floor((size - DEVIATIONS * Math.sqrt(size)) / 2));
  }

  private List<Double> sorted() {
    return values.stream().sorted().toList();
  }
}
