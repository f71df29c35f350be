package org.posixipc.jmh;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A connection with both ends in one thread, for a byte that goes there and back.
 *
 * @param <C> the connection
 */
public abstract class OneByte<C extends Closeable> {
  C connection;
  final ByteBuffer direct = ByteBuffer.allocateDirect(1);
  final ByteBuffer heap = ByteBuffer.allocate(1);

  /** Makes the connection. */
  abstract C connect() throws IOException;

  /** Makes the connection, and keeps the thread on its CPU. */
  @Setup
  public void open() throws IOException {
    Cpus.pin(Cpus.ofThisJvm().reader());
    connection = connect();
  }

  /** Closes it. */
  @TearDown
  public void close() throws IOException {
    connection.close();
  }

  static void thereAndBack(
      WritableByteChannel writer, ReadableByteChannel reader, ByteBuffer buffer)
      throws IOException {
    buffer.clear();
    checkCount(writer.write(buffer), 1);
    buffer.clear();
    checkCount(reader.read(buffer), 1);
  }

  /** As a program would: a call that failed at once would look fast. */
  static void checkCount(long count, int expected) throws IOException {
    if (count != expected) {
      throw new IOException("the call's count is " + count + ", not " + expected);
    }
  }
}
