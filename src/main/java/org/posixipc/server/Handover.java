package org.posixipc.server;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.posixipc.FileDescriptor;
import org.posixipc.Listener;
import org.posixipc.Message;
import org.posixipc.Socket;

/** How a listener gets from one process to another: with a byte, which the other sends back. */
final class Handover {
  private Handover() {}

  /** Sends it, and returns when the other process serves it. */
  static void give(Listener listener, Socket successor) throws IOException {
    ByteBuffer word = ByteBuffer.allocate(1);
    successor.send(word, listener.descriptor());
    if (successor.read(word.clear()) < 1) {
      throw new EOFException("the successor went away before it served: " + successor);
    }
  }

  /** The listener that comes next, the caller's. */
  static Listener receive(Socket predecessor) throws IOException {
    try (Message message = predecessor.receive(ByteBuffer.allocate(1), 1)) {
      if (message.descriptorCount() == 0) {
        throw new EOFException("no listener came from the predecessor: " + predecessor);
      }
      return adopt(message.takeDescriptor());
    }
  }

  /** Tells the other process that this one serves. */
  static void confirm(Socket predecessor) throws IOException {
    predecessor.write(ByteBuffer.allocate(1));
  }

  private static Listener adopt(FileDescriptor received) throws IOException {
    int number = received.release();
    boolean adopted = false;
    try {
      Listener listener = Listener.adopt(number);
      adopted = true;
      return listener;
    } finally {
      if (!adopted) {
        FileDescriptor.adopt(number).close();
      }
    }
  }
}
