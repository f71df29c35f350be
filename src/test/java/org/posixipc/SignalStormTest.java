package org.posixipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posixipc.fixture.Bytes.noise;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posixipc.fixture.Background;
import org.posixipc.fixture.Eventually;
import org.posixipc.fixture.Medium;
import org.posixipc.fixture.SignalStorm;

/**
 * Signals all the time, to threads that transfer, poll and accept: no EINTR gets through, and no
 * byte gets lost. With {@code -Dposixipc.stress=full} it is 1 GiB.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class SignalStormTest {
  private static final long TOTAL =
      "full".equals(System.getProperty("posixipc.stress")) ? 1L << 30 : 64L << 20;
  private static final byte[] NOISE = noise(1 << 20);
  private static final int CONNECTIONS = 200;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(names = {"PIPE", "SOCKET_PAIR", "TCP"})
  void whatIsWrittenIsRead(Medium medium) throws Exception {
    try (Medium.Ends ends = medium.open(folder);
        SignalStorm storm = new SignalStorm();
        Background<Long> writer = storm.start(() -> write(ends.writer()));
        Background<Long> reader = storm.start(() -> read(ends.reader()))) {
      Eventually.await("the end", Long.MAX_VALUE / 4, reader::isDone);

      assertEquals(writer.result(), reader.result());
      assertTrue(storm.sent() > 0);
    }
  }

  /** In pieces of all sizes, by all the calls; returns the checksum. */
  private static long write(FileDescriptor end) throws IOException {
    Random random = new Random(1);
    CRC32 checksum = new CRC32();
    ByteBuffer direct = ByteBuffer.allocateDirect(NOISE.length).put(NOISE).clear();
    long done = 0;
    try (end) {
      while (done < TOTAL) {
        int offset = random.nextInt(NOISE.length);
        int length = 1 + random.nextInt((int) Math.min(NOISE.length - offset, TOTAL - done));
        ByteBuffer src =
            random.nextBoolean()
                ? ByteBuffer.wrap(NOISE, offset, length)
                : direct.clear().position(offset).limit(offset + length);
        write(end, src, random.nextInt(3));
        int went = src.position() - offset;
        checksum.update(NOISE, offset, went);
        done += went;
      }
    }
    return checksum.getValue();
  }

  /** A signal may cut a write that has begun, and then its count is short. */
  private static void write(FileDescriptor end, ByteBuffer src, int how) throws IOException {
    int start = src.position();
    long count =
        switch (how) {
          case 0 -> end.write(src);
          case 1 -> end.write(new ByteBuffer[] {src, ByteBuffer.allocate(0)});
          default -> end.write(src, Waits.LONG);
        };
    assertEquals(src.position() - start, count);
    assertTrue(count > 0);
  }

  private static long read(FileDescriptor end) throws IOException {
    Random random = new Random(2);
    CRC32 checksum = new CRC32();
    ByteBuffer heap = ByteBuffer.allocate(1 << 18);
    ByteBuffer direct = ByteBuffer.allocateDirect(1 << 18);
    Poll poll = new Poll().add(end, Poll.Event.READABLE);
    while (true) {
      ByteBuffer dst = random.nextBoolean() ? heap : direct;
      dst.clear().limit(1 + random.nextInt(dst.capacity()));
      if (random.nextInt(4) == 0) {
        assertEquals(1, poll.await().size());
      }
      long count =
          switch (random.nextInt(3)) {
            case 0 -> end.read(dst);
            case 1 -> end.read(new ByteBuffer[] {ByteBuffer.allocate(0), dst});
            default -> end.read(dst, Waits.LONG);
          };
      if (count < 0) {
        return checksum.getValue();
      }
      checksum.update(dst.flip());
    }
  }

  @Test
  void whoConnectsIsAccepted() throws Exception {
    try (Listener listener = Listener.bind(SocketAddress.inet("127.0.0.1", 0));
        SignalStorm storm = new SignalStorm();
        Background<Integer> acceptor = storm.start(() -> accept(listener));
        Background<Integer> connector = storm.start(() -> connect(listener.localAddress()))) {
      assertEquals(CONNECTIONS, connector.result());
      assertEquals(CONNECTIONS, acceptor.result());
    }
  }

  private static int accept(Listener listener) throws IOException {
    int bytes = 0;
    for (int i = 0; i < CONNECTIONS; i++) {
      try (Socket socket = i % 2 == 0 ? listener.accept() : listener.accept(Waits.LONG)) {
        bytes += socket.receive(ByteBuffer.allocate(1), ReceiveFlag.WAIT_ALL);
        socket.write(ByteBuffer.allocate(1));
      }
    }
    return bytes;
  }

  private static int connect(SocketAddress address) throws IOException {
    int bytes = 0;
    for (int i = 0; i < CONNECTIONS; i++) {
      try (Socket socket =
          i % 3 == 0 ? Socket.connect(address, Waits.LONG) : Socket.connect(address)) {
        socket.send(ByteBuffer.allocate(1));
        bytes += socket.receive(ByteBuffer.allocate(1), 0).count();
      }
    }
    return bytes;
  }
}
