package org.posixipc.jmh;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How many messages a second arrive, by transport and size, when one thread writes and one reads?
 *
 * <p>JMH's thread is the reader, and an operation is one message that has arrived whole: what a
 * writer has got rid of may still be in a queue. The writer is a thread of our own and writes
 * without a pause, between iterations too, so an iteration begins with a full queue; that is no
 * more than the queue's size in all that an iteration moves. The C program {@code bandwidth.c} does
 * the same calls in the same loops.
 *
 * <p>At the end the writer closes its end, the reader drains the rest, and a count of bytes that
 * isn't the writer's fails the benchmark.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class Bandwidth {
  /** What carries the bytes. */
  @Param public Transport transport = Transport.PIPE;

  /** Through which library. */
  @Param({"POSIX_IPC", "JAVA_NIO"})
  public Library library = Library.POSIX_IPC;

  /** Bytes in a message. */
  @Param({"64", "1024", "4096", "65536", "1048576"})
  public int size = 65536;

  /** Bytes that our pipe holds at least; 0 leaves it to the kernel. */
  @Param("0")
  public int capacity;

  Ends ends;
  private Writer writer;
  private ByteBuffer buffer;
  private long received;

  /** Opens the transport and starts the writer. JMH calls it on the reader's thread. */
  @Setup
  public void start() throws IOException {
    Cpus cpus = Cpus.ofThisJvm();
    ends = transport.open(library, capacity);
    buffer = ByteBuffer.allocateDirect(size);
    received = 0;
    writer = new Writer(ends.writer(), size, cpus.writer());
    writer.start();
    Cpus.pin(cpus.reader());
  }

  /** Takes one message. */
  @Benchmark
  public void receive() throws IOException {
    ByteBuffer message = buffer;
    message.clear();
    do {
      if (ends.reader().read(message) < 0) {
        throw new EOFException("the writer ended before it was told to");
      }
    } while (message.hasRemaining());
    received += size;
  }

  /** Stops the writer, takes what is still on its way, and holds the two counts together. */
  @TearDown
  public void verify() throws IOException, InterruptedException {
    try (Ends both = ends) {
      writer.stop = true;
      int count;
      while ((count = both.reader().read(buffer.clear())) >= 0) {
        received += count;
      }
      writer.join();
    }
    if (writer.failure != null) {
      throw new IOException("the writer failed", writer.failure);
    }
    if (received != writer.sent) {
      throw new IOException("received " + received + " bytes of " + writer.sent);
    }
  }

  /** Bytes that have arrived. */
  long received() {
    return received;
  }

  private static final class Writer extends Thread {
    volatile boolean stop;
    long sent;
    @Nullable Throwable failure;
    private final WritableByteChannel channel;
    private final ByteBuffer message;
    private final int cpu;

    Writer(WritableByteChannel channel, int size, int cpu) {
      super("writer");
      setDaemon(true);
      this.channel = channel;
      this.message = ByteBuffer.allocateDirect(size);
      this.cpu = cpu;
    }

    @Override
    public void run() {
      try (channel) {
        Cpus.pin(cpu);
        while (!stop) {
          message.clear();
          do {
            sent += channel.write(message);
          } while (message.hasRemaining());
        }
      } catch (IOException | RuntimeException e) {
        failure = e;
      }
    }
  }
}
