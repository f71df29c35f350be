package org.posixipc.jmh;

import java.io.Closeable;
import java.io.IOException;

/**
 * Both ends of a connection.
 *
 * @param near measures
 * @param far writes, or gives back
 * @param place what they need in the file system
 */
record Connection(End near, End far, Closeable place) implements Closeable {
  Connection(End near, End far) {
    this(near, far, () -> {});
  }

  /** Two one-way channels. */
  static Connection of(OneWay toNear, OneWay toFar) {
    return new Connection(
        new End(toNear.reader(), toFar.writer()), new End(toFar.reader(), toNear.writer()));
  }

  @Override
  public void close() throws IOException {
    try (place;
        near) {
      far.close();
    }
  }
}
