package org.posixipc.jmh.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** The unit in which people read a figure, and how many of the figure's own make one of it. */
record Scale(String unit, double size) {
  private static final int DIGITS = 4;
  private static final String ALLOCATED = "B/op";

  /** For figures in {@code unit}, {@code least} of which is the least. */
  static Scale of(String unit, double least) {
    return switch (unit) {
      case "ns" -> time(least);
      case "B/s" -> least >= 1e9 ? new Scale("GB/s", 1e9) : new Scale("MB/s", 1e6);
      case "B" -> new Scale("MiB", 1 << 20);
      default -> new Scale(unit, 1);
    };
  }

  private static Scale time(double least) {
    if (least >= 1e6) {
      return new Scale("ms", 1e6);
    }
    return least >= 1e4 ? new Scale("µs", 1e3) : new Scale("ns", 1);
  }

  double of(double value) {
    return value / size;
  }

  /** Four digits, or all of a larger number's before the point; of bytes all, and no parts. */
  String text(double value) {
    double scaled = of(value);
    BigDecimal digits = new BigDecimal(scaled, new MathContext(DIGITS));
    int decimals = DIGITS - digits.precision() + digits.scale();
    boolean whole = scaled == 0 || unit.equals(ALLOCATED);
    return String.format(Locale.ROOT, "%,." + (whole ? 0 : Math.max(0, decimals)) + "f", scaled);
  }
}
