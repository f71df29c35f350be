package org.posixipc.jmh.report;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.posixipc.jmh.Figure;

/**
 * What figures of a question are: a column of its table.
 *
 * @param unit as {@link Figure} has it
 * @param percentile empty where the figures are of no distribution
 * @param metric empty where the unit says what it is
 */
record Measure(String unit, String percentile, String metric) {
  private static final String ALLOCATED = "B/op";

  static Measure of(Figure figure) {
    Map<String, String> parameters = figure.parameters();
    return new Measure(
        figure.unit(),
        parameters.getOrDefault("percentile", ""),
        parameters.getOrDefault("metric", ""));
  }

  /** Those of {@code figures}: what was asked first, what was allocated for it last. */
  static List<Measure> all(List<Figure> figures) {
    return figures.stream()
        .map(Measure::of)
        .distinct()
        .sorted(Comparator.comparing(Measure::isAllocation))
        .toList();
  }

  boolean isAllocation() {
    return unit.equals(ALLOCATED);
  }

  /** Of a rate more is better, of all else less. */
  boolean isRate() {
    return unit.endsWith("/s");
  }

  boolean matches(Figure figure) {
    return equals(of(figure));
  }

  /** A scale for all of {@code figures}, so that their numbers can be held against each other. */
  Scale scale(List<Figure> figures) {
    double least =
        figures.stream()
            .filter(this::matches)
            .mapToDouble(figure -> figure.samples().median())
            .min()
            .orElse(0);
    return Scale.of(unit, least);
  }

  /** Such as {@code p99 µs}. */
  String title(Scale scale) {
    String what = percentile.isEmpty() ? metric : "p" + percentile;
    return (what + " " + scale.unit()).strip();
  }
}
