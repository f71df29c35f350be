package org.posixipc.jmh;

import java.util.Locale;

/** Figures as the tables and the progress write them. */
public final class Figures {
  private Figures() {}

  public static String size(int bytes) {
    if (bytes >= 1 << 20 && bytes % (1 << 20) == 0) {
      return (bytes >> 20) + " MiB";
    }
    if (bytes >= 1 << 10 && bytes % (1 << 10) == 0) {
      return (bytes >> 10) + " KiB";
    }
    return bytes + " B";
  }

  /** Bytes a second, in units of 10^9. */
  static String gigabytes(Samples bytesPerSecond) {
    return String.format(Locale.ROOT, "%.3f", bytesPerSecond.median() / 1e9);
  }

  /** Nanoseconds, in units of 10^3. */
  static String micros(Samples nanos) {
    return String.format(Locale.ROOT, "%.2f", nanos.median() / 1e3);
  }

  static String count(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  static String nanos(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  public static String percent(double part) {
    return String.format(Locale.ROOT, "±%.0f%%", part * 100);
  }

  static String minutes(long millis) {
    long seconds = Math.round(millis / 1000.0);
    return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
  }
}
