package org.posixipc;

/**
 * A thread's interrupt flag, put aside for a wait that an interrupt doesn't end: with the flag set
 * nothing would wait at all. {@link #close} sets it again.
 */
final class InterruptFlag implements AutoCloseable {
  private boolean interrupted;

  /** Before each wait: the flag may have been set since the last. */
  void putAside() {
    interrupted |= Thread.interrupted();
  }

  @Override
  public void close() {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
