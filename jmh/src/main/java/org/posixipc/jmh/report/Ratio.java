package org.posixipc.jmh.report;

import java.util.Locale;
import org.posixipc.jmh.Samples;

/** What was measured divided by what it stands beside; each of the two in the same unit. */
record Ratio(Samples ours, Samples peer) {
  private static final double VAGUE = 0.25;

  double value() {
    return ours.median() / peer.median();
  }

  /** The least that it is if both medians are within their intervals. */
  double low() {
    return ours.low() / peer.high();
  }

  /** The most that it is if both medians are within their intervals. */
  double high() {
    return ours.high() / peer.low();
  }

  /** Whether the two intervals have nothing in common. */
  boolean differs() {
    return low() > 1 || high() < 1;
  }

  /** With a {@code ~} if one of the two varies too much for a ratio. */
  @Override
  public String toString() {
    boolean vague = ours.error() > VAGUE || peer.error() > VAGUE;
    return String.format(Locale.ROOT, vague ? "~%.2f" : "%.2f", value());
  }
}
