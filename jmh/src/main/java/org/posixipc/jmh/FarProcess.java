package org.posixipc.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.posixipc.ChildProcess;
import org.posixipc.ExitStatus;
import org.posixipc.FileDescriptor;
import org.posixipc.Pipe;
import org.posixipc.Signal;
import org.posixipc.Socket;
import org.posixipc.SocketType;
import org.posixipc.Spawn;

/** The far end's work in a child: the C program {@code peer}. */
final class FarProcess implements Far {
  /** Where the peer says what it sent; and on 2 what went wrong. */
  private static final int REPORT = 3;

  private final ChildProcess child;
  private final FileDescriptor report;
  private final CompletableFuture<Void> endNoted;
  private volatile boolean closing;

  private FarProcess(ChildProcess child, FileDescriptor report, End near) {
    this.child = child;
    this.report = report;
    endNoted = child.onExit().thenAccept(status -> noteEnd(status, near));
  }

  /** Gives the far end to a child; it isn't ours any more. */
  static FarProcess start(
      Path peer, Connection connection, Role role, int size, long messages, int cpu)
      throws IOException {
    End end = connection.far();
    Spawn spawn =
        Spawn.command(
            peer.toString(),
            role.title(),
            kind(end),
            Integer.toString(size),
            Long.toString(messages),
            Integer.toString(cpu));
    if (end.in() instanceof SharedFile) {
      return start(spawn, connection);
    }
    try (end) {
      return start(
          spawn
              .descriptor(0, PosixEnds.descriptor(end.in()))
              .descriptor(1, PosixEnds.descriptor(end.out())),
          connection);
    }
  }

  private static FarProcess start(Spawn spawn, Connection connection) throws IOException {
    try (Pipe pipe = Pipe.open()) {
      ChildProcess child =
          spawn.descriptor(2, pipe.writeEnd()).descriptor(REPORT, pipe.writeEnd()).start();
      return new FarProcess(child, pipe.readEnd().duplicate(), connection.near());
    }
  }

  /** What the peer is to do with descriptors 0 and 1: the names are its own. */
  private static String kind(End end) {
    if (end.in() instanceof SharedFile file) {
      return file.folder().toString();
    }
    if (end.in() instanceof Socket socket) {
      return socket.type() == SocketType.DGRAM ? "datagrams" : "stream";
    }
    return "descriptors";
  }

  private static boolean endedWell(ExitStatus status) {
    return status instanceof ExitStatus.Exited exited && exited.code() == 0;
  }

  /** Pipes and streams end with their last writer; files and datagrams have to be told. */
  private void noteEnd(ExitStatus status, End near) {
    if (closing || endedWell(status)) {
      return;
    }
    try {
      if (near.in() instanceof SharedFile file) {
        file.markEnd();
      } else if (near.in() instanceof Socket socket && socket.type() == SocketType.DGRAM) {
        socket.shutdownInput();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() throws IOException {
    child.signal(Signal.SIGTERM);
  }

  @Override
  public Sent await() throws IOException {
    String text = new String(Channels.newInputStream(report).readAllBytes(), UTF_8).strip();
    ExitStatus status = child.waitFor();
    endNoted.join();
    String[] words = text.split(" ", -1);
    if (!endedWell(status) || words.length != 2) {
      throw new IOException("the peer ended with " + status + ": " + text);
    }
    return new Sent(Long.parseLong(words[0]), Long.parseLong(words[1]));
  }

  @Override
  public Optional<IOException> failure() throws IOException {
    if (child.waitFor(PATIENCE).isEmpty()) {
      return Optional.empty();
    }
    try {
      await();
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e);
    }
  }

  /** As if somebody else did. */
  void kill() throws IOException {
    child.signal(Signal.SIGKILL);
  }

  @Override
  public void close() throws IOException {
    try (report) {
      closing = true;
      if (child.isAlive()) {
        kill();
      }
      child.waitFor();
    }
  }
}
