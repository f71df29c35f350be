package org.posixipc.jmh;

import java.io.IOException;

/**
 * One measurement.
 *
 * @param title what is measured, for the progress
 * @param millis how long it takes, about
 * @param body the measurement; its answer is shown behind the title
 */
record Step(String title, long millis, Body body) {
  /** Measures, and says in a few words what came out. */
  interface Body {
    String run() throws IOException;
  }
}
