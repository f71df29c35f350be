package org.posixipc.jmh.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** The unit in which people read a figure, and how many of the figure's own make one of it. */
record Scale(String unit, double size) {
  private static final int DIGITS = 4;

  /** For figures in {@code unit}, {@code least} of which is the least. */
  static Scale of(String unit, double least) {
    return switch (unit) {
      case "ns" -> time(least);
      case "B/s" -> least >= 1e8 ? new Scale("GB/s", 1e9) : new Scale("MB/s", 1e6);
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

  /** With the digits that a measurement is good for. */
  String text(double value) {
    return number(of(value));
  }

  /** Four digits, or all of a larger number's before the point. */
  static String number(double value) {
    BigDecimal exact = new BigDecimal(value, new MathContext(DIGITS));
    int decimals = value == 0 ? 0 : DIGITS - exact.precision() + exact.scale();
    BigDecimal shown =
        BigDecimal.valueOf(value).setScale(Math.max(0, decimals), RoundingMode.HALF_EVEN);
    return String.format(Locale.ROOT, "%,." + shown.scale() + "f", shown);
  }
}
