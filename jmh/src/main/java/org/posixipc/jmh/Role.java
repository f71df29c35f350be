package org.posixipc.jmh;

/** What is done at the far end of a connection. */
enum Role {
  /** Message after message without a pause, until it is told to stop. */
  WRITE("write"),

  /** Gives back each message, until nobody sends any more. */
  ECHO("echo"),

  /** As many messages as it was told, of pseudo-random bytes. */
  CHECK("check");

  private final String title;

  Role(String title) {
    this.title = title;
  }

  /** As {@code peer.c} has it. */
  String title() {
    return title;
  }
}
