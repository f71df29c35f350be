package org.posixipc.jmh;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Messages over a transport, of which JMH's thread has the near end. At the far end is a thread of
 * our own, or a child.
 */
@State(Scope.Thread)
public abstract class OverTransport {
  /** What carries the bytes. */
  @Param("PIPE")
  public Transport transport = Transport.PIPE;

  /** Through which library. */
  @Param("POSIX_IPC")
  public Library library = Library.POSIX_IPC;

  /** Where the far end is. */
  @Param("THREADS")
  public Between between = Between.THREADS;

  /** Bytes in a message. */
  @Param({"64", "4096", "65536"})
  public int size = 65536;

  /** Bytes that a {@link Transport#PIPE} holds at least; 0 leaves it to the kernel. */
  @Param("0")
  public int capacity;

  /** SO_SNDBUF of both ends; 0 leaves it to the kernel. */
  @Param("0")
  public int sndbuf;

  /** SO_RCVBUF of both ends; 0 leaves it to the kernel. */
  @Param("0")
  public int rcvbuf;

  /** TCP_NODELAY of both ends. */
  @Param("false")
  public boolean nodelay;

  Line line;
  ByteBuffer buffer;

  /** Bytes that have arrived at the near end. */
  long received;

  /** What is done at the far end. */
  abstract Role role();

  /** Opens the transport and starts the far end. JMH calls it on the thread that measures. */
  @Setup
  public final void start() throws IOException {
    Cpus cpus = Cpus.ofThisJvm();
    Settings settings = new Settings(capacity, sndbuf, rcvbuf, nodelay);
    line = Line.open(new Work(transport, size, between, settings), library, role(), 0, cpus);
    buffer = ByteBuffer.allocateDirect(size);
    received = 0;
    Cpus.pin(cpus.reader());
  }

  /** Takes one message. */
  final void receiveMessage() throws IOException {
    try {
      if (!Messages.receive(line.connection().near().in(), buffer)) {
        throw new EOFException("the far end ended before it was told to");
      }
    } catch (IOException e) {
      throw line.explained(e);
    }
    received += size;
  }

  /** Sends one message. */
  final void sendMessage() throws IOException {
    buffer.clear();
    try {
      Messages.send(line.connection().near().out(), buffer);
    } catch (IOException e) {
      throw line.explained(e);
    }
  }

  /** Waits for the end of the far end, and holds the two counts together. */
  final void verifyCount() throws IOException {
    long sent = line.far().await().bytes();
    if (received != sent) {
      throw new IOException("received " + received + " bytes of " + sent);
    }
  }
}
