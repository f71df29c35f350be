package org.posixipc.server;

import java.io.IOException;

/** A model at work for one server. */
interface Service {
  /**
   * Serves until the server stops, on a thread of the server's.
   *
   * @throws InterruptedException if somebody interrupts that thread, which ends the service
   */
  void run() throws InterruptedException;

  /** Ends what {@link #run} waits for, where closing the listener doesn't. */
  void stop() throws IOException;
}
