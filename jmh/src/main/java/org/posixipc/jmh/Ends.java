package org.posixipc.jmh;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** Both ends of a connection: what is written to {@code writer} comes out of {@code reader}. */
record Ends(ReadableByteChannel reader, WritableByteChannel writer) implements Closeable {
  @Override
  public void close() throws IOException {
    try (reader) {
      writer.close();
    }
  }
}
