package org.posixipc.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BandwidthTest {
  private static final int MESSAGES = 100;

  @ParameterizedTest
  @CsvSource({
    "PIPE, POSIX_IPC, THREADS, 64", "PIPE, POSIX_IPC, PROCESSES, 1048576",
    "PIPE, JAVA_NIO, THREADS, 1000", "PIPE_1M, POSIX_IPC, THREADS, 1048576",
    "FIFO, JAVA_NIO, PROCESSES, 1000", "SOCKETPAIR, POSIX_IPC, THREADS, 1",
    "SOCKETPAIR, JNR_UNIXSOCKET, THREADS, 1000", "UNIX, JNR_UNIXSOCKET, PROCESSES, 1000",
    "DGRAM, POSIX_IPC, THREADS, 64", "DGRAM, POSIX_IPC, PROCESSES, 65536",
    "UNIX, JUNIXSOCKET, THREADS, 64", "SEQPACKET, POSIX_IPC, PROCESSES, 65536",
    "TCP, POSIX_IPC, THREADS, 1048576", "TCP6, JAVA_NIO, PROCESSES, 1000",
    "FILE, POSIX_IPC, THREADS, 1048576", "FILE_TMPFS, JAVA_NIO, PROCESSES, 1000"
  })
  void everyMessageArrivesAndTheCountsAreEqual(
      Transport transport, Library library, Between between, int size) throws Exception {
    assumeTrue(between == Between.THREADS || CPrograms.find().isPresent(), "no C compiler here");
    assumeTrue(transport.absence(size, Settings.NONE).isEmpty(), "no such transport here");
    Bandwidth bandwidth = bandwidth(transport, library, size);
    bandwidth.between = between;

    bandwidth.start();
    for (int i = 0; i < MESSAGES; i++) {
      bandwidth.receive();
    }
    long whileMeasured = bandwidth.received;
    bandwidth.verify();

    assertEquals((long) MESSAGES * size, whileMeasured);
    assertTrue(bandwidth.received >= whileMeasured);
  }

  @Test
  void aByteThatIsNotCountedFailsTheBenchmark() throws Exception {
    Bandwidth bandwidth = bandwidth(Transport.PIPE, Library.POSIX_IPC, 64);
    bandwidth.start();

    assertEquals(1, bandwidth.line.connection().near().in().read(ByteBuffer.allocate(1)));

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
