package org.posixipc.jmh;

import java.io.IOException;

/** What carries the bytes, through each of the two Java APIs. */
public enum Transport {
  /** {@code pipe(2)}. */
  PIPE("pipe"),

  /** {@code socketpair(2)}; java.nio has none, so there it is an accepted AF_UNIX connection. */
  SOCKETPAIR("socketpair"),

  /** An AF_UNIX connection to a path, accepted. */
  UNIX("unix"),

  /** TCP over 127.0.0.1, options as the kernel has them. */
  TCP("tcp");

  private final String title;

  Transport(String title) {
    this.title = title;
  }

  /** Its name for people and for the C program. */
  String title() {
    return title;
  }

  /** Both ends; {@code capacity} is for our pipes, 0 for the kernel's own choice. */
  Ends open(Library library, int capacity) throws IOException {
    boolean ours = library == Library.POSIX_IPC;
    return switch (this) {
      case PIPE -> ours ? PosixEnds.pipe(capacity) : JdkEnds.pipe();
      case SOCKETPAIR -> ours ? PosixEnds.socketPair() : JdkEnds.unix();
      case UNIX -> ours ? PosixEnds.unix() : JdkEnds.unix();
      case TCP -> ours ? PosixEnds.tcp() : JdkEnds.tcp();
    };
  }
}
