package org.posixipc.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BandwidthTest {
  private static final int MESSAGES = 100;

  @ParameterizedTest
  @CsvSource({
    "PIPE, POSIX_IPC, 64", "PIPE, POSIX_IPC, 1048576", "PIPE, JAVA_NIO, 1000",
    "SOCKETPAIR, POSIX_IPC, 64", "SOCKETPAIR, POSIX_IPC, 1048576", "SOCKETPAIR, JAVA_NIO, 1000",
    "UNIX, POSIX_IPC, 64", "UNIX, POSIX_IPC, 1048576", "UNIX, JAVA_NIO, 1000",
    "TCP, POSIX_IPC, 64", "TCP, POSIX_IPC, 1048576", "TCP, JAVA_NIO, 1000"
  })
  void everyMessageArrivesAndTheCountsAreEqual(Transport transport, Library library, int size)
      throws Exception {
    Bandwidth bandwidth = bandwidth(transport, library, size);

    bandwidth.start();
    for (int i = 0; i < MESSAGES; i++) {
      bandwidth.receive();
    }
    long whileMeasured = bandwidth.received();
    bandwidth.verify();

    assertEquals((long) MESSAGES * size, whileMeasured);
    assertTrue(bandwidth.received() >= whileMeasured);
  }

  @Test
  void aByteThatIsNotCountedFailsTheBenchmark() throws Exception {
    Bandwidth bandwidth = bandwidth(Transport.PIPE, Library.POSIX_IPC, 64);
    bandwidth.start();

    assertEquals(1, bandwidth.ends.reader().read(ByteBuffer.allocate(1)));

    IOException failure = assertThrows(IOException.class, bandwidth::verify);
    assertTrue(failure.toString().contains("received "), failure.toString());
  }

  private static Bandwidth bandwidth(Transport transport, Library library, int size) {
    Bandwidth bandwidth = new Bandwidth();
    bandwidth.transport = transport;
    bandwidth.library = library;
    bandwidth.size = size;
    return bandwidth;
  }
}
