package org.posixipc.jmh;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How many messages a second arrive, by transport and size, when one side writes and one reads?
 *
 * <p>JMH's thread is the reader, and an operation is one message that has arrived whole: what a
 * writer has got rid of may still be in a queue. The writer writes without a pause, between
 * iterations too, so an iteration begins with a full queue; that is no more than the queue's size
 * in all that an iteration moves. The C program {@code bandwidth.c} does the same calls in the same
 * loops.
 *
 * <p>At the end the writer closes its end, the reader drains the rest, and a count of bytes that
 * isn't the writer's fails the benchmark.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class Bandwidth extends OverTransport {
  @Override
  Role role() {
    return Role.WRITE;
  }

  /** Takes one message. */
  @Benchmark
  public void receive() throws IOException {
    receiveMessage();
  }

  /** Stops the writer, takes what is still on its way, and holds the two counts together. */
  @TearDown
  public void verify() throws IOException {
    try (Line open = line) {
      open.far().stop();
      int count;
      while ((count = line.connection().near().in().read(buffer.clear())) > 0) {
        received += count;
      }
      verifyCount();
    }
  }
}
