package org.posixipc.jmh;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Through whom the bytes did not arrive as they were sent: how fast that is tells nothing. */
final class Doubts {
  private final Set<Object> failed = new HashSet<>();

  void note(Work work, String who) {
    failed.add(key(work, who));
  }

  /**
   * Before something is measured.
   *
   * @throws IOException if its verification failed
   */
  void check(Work work, String who) throws IOException {
    if (failed.contains(key(work, who))) {
      throw new IOException("not measured, as its verification failed");
    }
  }

  /** The size doesn't matter: verified are messages of another. */
  private static Object key(Work work, String who) {
    return List.of(work.transport(), work.between(), who);
  }
}
