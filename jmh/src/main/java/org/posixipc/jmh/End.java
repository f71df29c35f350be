package org.posixipc.jmh;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/**
 * One party's side of a connection.
 *
 * @param in what the other side sends
 * @param out to the other side; a socket is both
 * @param farewell tells the other side that nothing more comes, where closing doesn't
 */
record End(ReadableByteChannel in, WritableByteChannel out, Farewell farewell)
    implements Closeable {
  interface Farewell {
    void send() throws IOException;
  }

  End(ReadableByteChannel in, WritableByteChannel out) {
    this(in, out, () -> {});
  }

  /** Nothing more goes out: the other side reads the end behind all that went. */
  void finish() throws IOException {
    if (out.isOpen()) {
      try (out) {
        farewell.send();
      }
    }
  }

  @Override
  public void close() throws IOException {
    try (in) {
      out.close();
    }
  }
}
