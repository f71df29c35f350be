package org.posixipc.server;

/** Hears of what went wrong in a server and didn't end it. */
@FunctionalInterface
public interface FailureListener {
  /**
   * Something went wrong. Called on the thread that met it, and on several at once.
   *
   * @param what what failed, such as {@code serving socket(INET4, STREAM, fd 9)}
   * @param cause why
   */
  void failed(String what, Throwable cause);
}
