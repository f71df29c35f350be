package org.posixipc.server;

import java.time.Duration;

/** A pause that doubles while things go wrong. One thread uses it. */
final class Backoff {
  private final Duration first;
  private final Duration longest;
  private Duration next;

  Backoff(Duration first, Duration longest) {
    this.first = first;
    this.longest = longest;
    this.next = first;
  }

  /** How long to pause now; twice as long the next time. */
  Duration pause() {
    Duration now = next;
    Duration twice = now.multipliedBy(2);
    next = twice.compareTo(longest) < 0 ? twice : longest;
    return now;
  }

  /**
   * It went well for so long: for as long as the longest pause, and the next is the first again.
   */
  void wentWellFor(Duration time) {
    if (time.compareTo(longest) >= 0) {
      reset();
    }
  }

  void reset() {
    next = first;
  }
}
