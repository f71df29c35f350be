package org.posixipc.jmh;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import jnr.unixsocket.UnixSocketChannel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.posixipc.Pipe;
import org.posixipc.SocketPair;

/**
 * What does it cost to make a pipe, or a pair of sockets, and to close both ends?
 *
 * <p>What a connection costs, over Unix and TCP, is {@link ConnectionRate}'s question. The C
 * program {@code setup_cost.c} does the same calls.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SetupCost {
  /** Keeps the thread on its CPU. */
  @Setup
  public void pin() throws IOException {
    Cpus.pin(Cpus.ofThisJvm().reader());
  }

  /** This library's pipe. */
  @Benchmark
  public void pipe() throws IOException {
    Pipe.open().close();
  }

  /** This library's pair. */
  @Benchmark
  public void socketPair() throws IOException {
    SocketPair.open().close();
  }

  /** jnr-unixsocket's pair. */
  @Benchmark
  public void jnrUnixSocketPair() throws IOException {
    for (UnixSocketChannel socket : UnixSocketChannel.pair()) {
      socket.close();
    }
  }

  /** The JDK's pipe. */
  @Benchmark
  public void javaNioPipe() throws IOException {
    java.nio.channels.Pipe pipe = java.nio.channels.Pipe.open();
    pipe.source().close();
    pipe.sink().close();
  }
}
