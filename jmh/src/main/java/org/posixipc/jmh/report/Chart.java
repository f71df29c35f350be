package org.posixipc.jmh.report;

import java.util.List;

/** What a plot shows, whoever draws it. */
sealed interface Chart {
  /** Names its file. */
  String name();

  String title();

  /** A value with its 99% confidence interval. */
  record Point(double x, double value, double low, double high) {}

  /** Points in one style; {@code style} is the same number for the same thing in all charts. */
  record Series(String name, int style, List<Point> points) {}

  /** A place on an axis and what stands there. */
  record Tick(double at, String label) {}

  /**
   * Values over something.
   *
   * @param x its label
   * @param ticks where its values are
   * @param y the label of the values, with their unit
   * @param kind how the values are laid out
   */
  record Lines(
      String name, String title, String x, List<Tick> ticks, String y, Kind kind, List<Series> all)
      implements Chart {}

  /** How values are laid out. */
  enum Kind {
    /** Over several powers of ten; neighbours are joined. */
    LOGARITHMIC,
    /** Ratios over a line at 1; neighbours are joined. */
    RATIO,
    /** Ratios beside a line at 1, each tick of {@code x} a row of its own. */
    RATIO_ROWS
  }

  /** One value, with its name. */
  record Bar(String name, int style, Point value, String text) {}

  /**
   * Values beside each other.
   *
   * @param x the label of the values, with their unit
   * @param legend what each style stands for: series without points
   */
  record Bars(String name, String title, String x, List<Series> legend, List<Bar> all)
      implements Chart {}
}
