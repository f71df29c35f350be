package org.posixipc.it;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.posixipc.Socket;

/** What servers whose memory is measured do, and how it is. */
final class Footprint {
  private Footprint() {}

  /** By a heap buffer: a direct one's memory is kept until the collector finds it. */
  static void echo(Socket connection) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(16);
    while (connection.read(buffer) >= 0) {
      connection.write(buffer.flip());
      buffer.clear();
    }
  }

  /** Bytes of this JVM's heap that something holds. */
  static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  static int threads() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }
}
