package org.posixipc.jmh;

import java.util.Locale;

/** Where the far end of a connection is. */
public enum Between {
  /** In another thread of the same process, through the same library. */
  THREADS,

  /** In a child, a C program, whatever library the near end goes through. */
  PROCESSES;

  /** As the options, the figures and the C programs have it. */
  String title() {
    return name().toLowerCase(Locale.ROOT);
  }
}
