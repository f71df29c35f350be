package org.posixipc.jmh;

import java.io.IOException;
import java.util.Set;

/** A library's connections. */
interface Ends {
  /** Those that it has. */
  Set<Transport> transports(Between between);

  /**
   * Both ends of a new connection. Between processes the far end is of posix-ipc's channels,
   * whatever the near one is: those can be given to a child.
   */
  Connection open(Transport transport, Between between, Settings settings) throws IOException;
}
