package org.posixipc.jmh;

import java.io.IOException;

/**
 * One measurement.
 *
 * @param title what is measured, for the progress
 * @param millis how long it takes, about
 * @param rank 0 if a run is not one without it; the greater, the sooner it is left out where there
 *     is no time for all
 * @param body the measurement; its answer is shown behind the title
 */
record Step(String title, long millis, int rank, Body body) {
  /** One that is never left out. */
  Step(String title, long millis, Body body) {
    this(title, millis, 0, body);
  }

  /** Measures, and says in a few words what came out. */
  interface Body {
    String run() throws IOException;
  }
}
