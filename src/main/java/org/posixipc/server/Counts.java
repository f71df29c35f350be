package org.posixipc.server;

import java.nio.ByteBuffer;

/** What a server counts, at one moment, or what has changed of it. */
record Counts(long accepted, long active, long refused, long failed) {
  static final Counts NONE = new Counts(0, 0, 0, 0);
  static final int BYTES = 4 * Long.BYTES;

  static Counts get(ByteBuffer source) {
    return new Counts(source.getLong(), source.getLong(), source.getLong(), source.getLong());
  }

  void put(ByteBuffer target) {
    target.putLong(accepted).putLong(active).putLong(refused).putLong(failed);
  }

  Counts minus(Counts that) {
    return new Counts(
        accepted - that.accepted,
        active - that.active,
        refused - that.refused,
        failed - that.failed);
  }
}
