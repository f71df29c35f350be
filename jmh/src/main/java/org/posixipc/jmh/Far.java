package org.posixipc.jmh;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Who is at work at the far end of a connection. */
interface Far extends Closeable {
  /** What was sent: how many bytes, and the CRC-32C of those that were checked. */
  record Sent(long bytes, long checksum) {}

  /** Tells a writer to end. It finishes its message, and says that nothing more comes. */
  void stop() throws IOException;

  /**
   * Waits for the end of the work.
   *
   * @throws IOException if it failed
   */
  Sent await() throws IOException;

  /** How long a far end that fails may take to end, once the near end has noticed. */
  Duration PATIENCE = Duration.ofSeconds(2);

  /** Why the work has ended before it was told to; empty if it hasn't. */
  Optional<IOException> failure() throws IOException;

  /** Ends the work, if it hasn't ended, and waits for that. */
  @Override
  void close() throws IOException;
}
