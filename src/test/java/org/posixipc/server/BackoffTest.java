package org.posixipc.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long a server pauses. */
class BackoffTest {
  private final Backoff backoff = new Backoff(Duration.ofMillis(10), Duration.ofMillis(50));

  private void assertPauses(int... millis) {
    for (int each : millis) {
      assertEquals(Duration.ofMillis(each), backoff.pause());
    }
  }

  @Test
  void eachPauseIsTwiceTheLastUpToTheLongest() {
    assertPauses(10, 20, 40, 50, 50);
  }

  @Test
  void whatWentWellForAsLongAsTheLongestPauseBeginsAnew() {
    assertPauses(10, 20);
    backoff.wentWellFor(Duration.ofMillis(49));
    assertPauses(40);
    backoff.wentWellFor(Duration.ofMillis(50));
    assertPauses(10);
  }
}
