package org.posixipc.jmh;

import java.util.Locale;

/** How a server serves its connections. */
enum ServerWay {
  THREADS("thread per connection", "threads"),
  POOL("pool of 16 threads", "threads"),
  VIRTUAL_THREADS("virtual thread per connection", "threads"),
  PROCESSES("process per connection", "fork"),
  WORKERS("8 pre-forked workers", "fork");

  private final String title;
  private final String inC;

  ServerWay(String title, String inC) {
    this.title = title;
    this.inC = inC;
  }

  String title() {
    return title;
  }

  /** What the same, or what comes nearest, is called by {@code echo_server.c}. */
  String inC() {
    return inC;
  }

  /** As the command line has it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  static ServerWay of(String argument) {
    return valueOf(argument.toUpperCase(Locale.ROOT));
  }
}
