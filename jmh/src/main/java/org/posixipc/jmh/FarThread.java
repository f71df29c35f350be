package org.posixipc.jmh;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The far end's work in a thread, as {@code far.h} has it. */
final class FarThread implements Far {
  private final Thread thread = new Thread(this::run, "far end");
  private final End near;
  private final End end;
  private final Role role;
  private final long messages;
  private final int cpu;
  private final ByteBuffer message;
  private final CRC32C checksum = new CRC32C();
  private volatile boolean stop;
  private long sent;
  private @Nullable Throwable failure;

  private FarThread(Connection connection, Role role, int size, long messages, int cpu) {
    near = connection.near();
    end = connection.far();
    this.role = role;
    this.messages = messages;
    this.cpu = cpu;
    this.message = ByteBuffer.allocateDirect(size);
  }

  static FarThread start(Connection connection, Role role, int size, long messages, int cpu) {
    FarThread far = new FarThread(connection, role, size, messages, cpu);
    far.thread.setDaemon(true);
    far.thread.start();
    return far;
  }

  private void run() {
    try {
      Cpus.pin(cpu);
      switch (role) {
        case WRITE -> write();
        case ECHO -> echo();
        case CHECK -> check();
      }
    } catch (IOException | RuntimeException e) {
      failure = e;
      // The near end reads the end of what there is, and asks why.
      finishAfter(e);
    }
  }

  private void finishAfter(Throwable first) {
    try {
      end.finish();
    } catch (IOException e) {
      first.addSuppressed(e);
    }
  }

  private void write() throws IOException {
    while (!stop) {
      send();
    }
    end.finish();
  }

  private void echo() throws IOException {
    while (Messages.receive(end.in(), message)) {
      message.flip();
      Messages.send(end.out(), message);
      sent += message.capacity();
    }
  }

  private void check() throws IOException {
    SplittableRandom random = new SplittableRandom(messages);
    for (long i = 0; i < messages && !stop; i++) {
      message.clear();
      while (message.hasRemaining()) {
        message.put((byte) random.nextInt());
      }
      checksum.update(message.flip());
      send();
    }
    end.finish();
  }

  private void send() throws IOException {
    message.clear();
    Messages.send(end.out(), message);
    sent += message.capacity();
  }

  @Override
  public void stop() {
    stop = true;
  }

  @Override
  public Sent await() throws IOException {
    awaitEnd();
    if (failure != null) {
      throw cause(failure);
    }
    return new Sent(sent, checksum.getValue());
  }

  @Override
  public Optional<IOException> failure() throws IOException {
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the far end worked", e);
    }
    return thread.isAlive() ? Optional.empty() : Optional.ofNullable(failure).map(FarThread::cause);
  }

  private static IOException cause(Throwable failure) {
    return new IOException("the far end failed", failure);
  }

  /** Who gives back ends when nothing more comes, a writer when nobody reads. */
  @Override
  public void close() throws IOException {
    stop();
    if (thread.isAlive() && role == Role.ECHO) {
      near.finish();
    }
    near.close();
    if (end.out() instanceof SharedFile) {
      end.close();
    }
    awaitEnd();
  }

  private void awaitEnd() throws IOException {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the far end worked", e);
    }
  }
}
