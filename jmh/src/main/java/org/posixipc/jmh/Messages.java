package org.posixipc.jmh;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** Whole messages, however many calls they take. */
final class Messages {
  private Messages() {}

  static void send(WritableByteChannel channel, ByteBuffer message) throws IOException {
    do {
      channel.write(message);
    } while (message.hasRemaining());
  }

  /**
   * Fills all of {@code message}; false if there is none any more. An empty datagram is the end.
   */
  static boolean receive(ReadableByteChannel channel, ByteBuffer message) throws IOException {
    message.clear();
    do {
      if (channel.read(message) <= 0) {
        if (message.position() == 0) {
          return false;
        }
        throw new EOFException("a message ended after " + message.position() + " bytes");
      }
    } while (message.hasRemaining());
    return true;
  }
}
