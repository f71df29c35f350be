package org.posixipc.jmh;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How long is a message's way to the other side and back, by transport and size?
 *
 * <p>Each trip is timed by itself: what a program waits for is seldom the mean. A trip wakes the
 * other side and is woken by it, so the figure is as much the scheduler's as the transport's. The C
 * program {@code round_trip.c} does the same.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RoundTrip extends OverTransport {
  @Override
  Role role() {
    return Role.ECHO;
  }

  /** Sends a message and waits until it is back. */
  @Benchmark
  public void trip() throws IOException {
    sendMessage();
    receiveMessage();
  }

  /** Says that nothing more comes, and holds the two counts together. */
  @TearDown
  public void verify() throws IOException {
    try (Line open = line) {
      open.connection().near().finish();
      verifyCount();
    }
  }
}
