package org.posixipc.server;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import jnr.constants.platform.Errno;
import org.posixipc.PosixException;
import org.posixipc.Socket;
import org.posixipc.SocketPair;
import org.posixipc.Spawn;

/**
 * A server's line to one of its workers, which reports what it counts. It is close-on-exec, and no
 * child has it: the kernel closes it when this process ends, and the worker reads end of file.
 */
final class WorkerLine implements Closeable {
  private final Socket socket;
  private final Connections connections;

  private WorkerLine(Socket socket, Connections connections) {
    this.socket = socket;
    this.connections = connections;
  }

  /** Starts a worker at the other end; {@code afterwards} is told when it has ended. */
  static ServingProcess start(Spawn worker, Connections connections, Runnable afterwards)
      throws IOException {
    SocketPair pair = SocketPair.open();
    // Without a worker, the close of its end is the end of file here.
    try (Socket theirs = pair.second()) {
      WorkerLine line = new WorkerLine(pair.first(), connections);
      line.startReading();
      return ServingProcess.start(
          worker
              .descriptor(Worker.LINE, theirs)
              .variable(Worker.VARIABLE, Integer.toString(Worker.LINE)),
          connections::beginWorker,
          connections,
          () -> {
            line.end();
            afterwards.run();
          });
    }
  }

  /** The line is in service until all is read: who waits for the server's end gets all counts. */
  private void startReading() throws IOException {
    boolean started = false;
    connections.beginWorker(this);
    try {
      new Thread(this::readAll, "reports of a worker").start();
      started = true;
    } finally {
      if (!started) {
        socket.close();
        connections.end(this);
      }
    }
  }

  private void readAll() {
    ByteBuffer record = ByteBuffer.allocate(Counts.BYTES);
    Counts last = Counts.NONE;
    try (socket) {
      while (socket.read(record) >= 0) {
        if (!record.hasRemaining()) {
          Counts counts = Counts.get(record.flip());
          connections.add(counts.minus(last));
          last = counts;
          record.clear();
        }
      }
    } catch (ClosedChannelException e) {
      // The server doesn't wait for it any longer.
    } catch (IOException e) {
      connections.report("reading the reports of a worker", e);
    } finally {
      connections.add(new Counts(0, -last.active(), 0, 0)); // they ended with it
      connections.end(this);
    }
  }

  /**
   * The worker's end is that of its reports, though a child of its own may have its descriptor yet.
   * What is queued is still read, on Linux.
   */
  private void end() {
    try {
      socket.shutdownInput();
    } catch (ClosedChannelException e) {
      // All is read.
    } catch (IOException e) {
      // On macOS a socket whose peer is gone can't be shut down, and needn't.
      if (!(e instanceof PosixException posix && posix.is(Errno.ENOTCONN))) {
        connections.report("ending the reports of a worker", e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
