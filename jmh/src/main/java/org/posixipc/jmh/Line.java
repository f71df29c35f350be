package org.posixipc.jmh;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** A connection with somebody at work at its far end. */
record Line(Connection connection, Far far) implements Closeable {
  /** {@code messages} is how many a {@link Role#CHECK} sends. */
  static Line open(Work work, Library library, Role role, long messages, Cpus cpus)
      throws IOException {
    Connection connection = library.ends().open(work.transport(), work.between(), work.settings());
    try {
      return new Line(connection, start(connection, work, role, messages, cpus.writer()));
    } catch (IOException e) {
      try (connection) {
        throw e;
      }
    }
  }

  private static Far start(Connection connection, Work work, Role role, long messages, int cpu)
      throws IOException {
    return work.between() == Between.PROCESSES
        ? FarProcess.start(CPrograms.peer(), connection, role, work.size(), messages, cpu)
        : FarThread.start(connection, role, work.size(), messages, cpu);
  }

  /** What went wrong at the near end, or why, if it was the far end that failed. */
  IOException explained(IOException seen) throws IOException {
    Optional<IOException> cause = far.failure();
    cause.ifPresent(it -> it.addSuppressed(seen));
    return cause.orElse(seen);
  }

  @Override
  public void close() throws IOException {
    try (connection) {
      far.close();
    }
  }
}
