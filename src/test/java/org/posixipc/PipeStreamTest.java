package org.posixipc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.posixipc.fixture.Background;
import org.posixipc.fixture.Bytes;

/** Much goes through a pipe, and none of it is lost, doubled or torn. */
class PipeStreamTest {
  private static final long GIBIBYTE = 1L << 30;

  @Test
  void aGibibyteArrivesUnchangedByWayOfDirectBuffers() throws Exception {
    assertArrivesUnchanged(1 << 16, 1 << 16, ByteBuffer::allocateDirect);
  }

  @Test
  void aGibibyteArrivesUnchangedByWayOfHeapBuffers() throws Exception {
    assertArrivesUnchanged(1 << 16, 1 << 16, ByteBuffer::allocate);
  }

  @Test
  void aGibibyteArrivesUnchangedByWayOfOddSizedSlices() throws Exception {
    assertArrivesUnchanged(
        150_001, 65_537, size -> ByteBuffer.allocateDirect(size + 13).slice(13, size));
  }

  @Test
  void aGibibyteArrivesUnchangedByWayOfLargeHeapBuffers() throws Exception {
    assertArrivesUnchanged(3_000_001, 300_007, ByteBuffer::allocate);
  }

  @Test
  void writesOfPipeBufFromEightThreadsNeverInterleave() throws Exception {
    int recordsEach = 2000;
    List<Background<Void>> writers = new ArrayList<>();
    try (Pipe pipe = Pipe.open()) {
      for (int i = 0; i < 8; i++) {
        long mark = 0x0101010101010101L * (i + 1);
        boolean direct = i % 2 == 0;
        writers.add(Background.start(() -> writeRecords(pipe, mark, recordsEach, direct)));
      }

      int[] seen = new int[9];
      ByteBuffer record = ByteBuffer.allocateDirect(Pipe.ATOMIC_WRITE);
      for (int i = 0; i < 8 * recordsEach; i++) {
        Bytes.fill(pipe.readEnd(), record.clear());
        seen[markOf(record)]++;
      }

      for (int i = 1; i <= 8; i++) {
        assertEquals(recordsEach, seen[i], "records of writer " + i);
        writers.get(i - 1).result();
        writers.get(i - 1).close();
      }
    }
  }

  private static Void writeRecords(Pipe pipe, long mark, int count, boolean direct)
      throws Exception {
    int size = Pipe.ATOMIC_WRITE;
    ByteBuffer record = direct ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
    while (record.hasRemaining()) {
      record.putLong(mark);
    }
    for (int i = 0; i < count; i++) {
      assertEquals(size, pipe.writeEnd().write(record.clear()));
    }
    return null;
  }

  /** The one mark that the whole record has; it fails for a record of two writers' bytes. */
  private static int markOf(ByteBuffer record) {
    long first = record.getLong(0);
    for (int i = 0; i < record.capacity(); i += Long.BYTES) {
      assertEquals(first, record.getLong(i), "torn at " + i);
    }
    return (int) (first & 0xff);
  }

  private static void assertArrivesUnchanged(
      int writeSize, int readSize, IntFunction<ByteBuffer> allocate) throws Exception {
    try (Pipe pipe = Pipe.open();
        Background<Long> writer =
            Background.start(() -> writeGibibyte(pipe, allocate.apply(writeSize)))) {
      CRC32C received = new CRC32C();
      ByteBuffer buffer = allocate.apply(readSize);
      long total = 0;
      for (int n = pipe.readEnd().read(buffer); n >= 0; n = pipe.readEnd().read(buffer.clear())) {
        received.update(buffer.flip());
        total += n;
      }

      assertEquals(GIBIBYTE, total);
      assertEquals(writer.result(), received.getValue());
    }
  }

  /** Each piece differs from the one before, so that one lost and one doubled don't make even. */
  private static long writeGibibyte(Pipe pipe, ByteBuffer buffer) throws Exception {
    CRC32C sent = new CRC32C();
    buffer.order(ByteOrder.LITTLE_ENDIAN).put(Bytes.noise(buffer.capacity()));
    try (FileDescriptor out = pipe.writeEnd()) {
      for (long left = GIBIBYTE; left > 0; left -= buffer.limit()) {
        buffer.clear().limit((int) Math.min(buffer.capacity(), left));
        if (left >= Long.BYTES) {
          buffer.putLong(0, left);
        }
        sent.update(buffer);
        buffer.rewind();
        while (buffer.hasRemaining()) {
          out.write(buffer);
        }
      }
    }
    return sent.getValue();
  }
}
