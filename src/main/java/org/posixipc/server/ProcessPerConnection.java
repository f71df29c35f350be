package org.posixipc.server;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.posixipc.Listener;
import org.posixipc.Socket;
import org.posixipc.Spawn;

/** Each connection has a process of its own, whose 0 and 1 it is. */
final class ProcessPerConnection extends Acceptor {
  private final Spawn program;
  private final Semaphore room;

  ProcessPerConnection(Listener listener, Connections connections, Spawn program, int most)
      throws IOException {
    super(listener, connections);
    this.program = program;
    this.room = new Semaphore(most);
  }

  /** This thread alone takes permits: what is there now will be there after accept. */
  @Override
  void awaitRoom() throws InterruptedException {
    room.acquire();
    room.release();
  }

  @Override
  void receive(Socket socket) throws IOException {
    room.acquireUninterruptibly();
    boolean started = false;
    try {
      Spawn withSocket = program.descriptor(0, socket).descriptor(1, socket);
      ServingProcess.start(withSocket, connections::begin, connections, room::release);
      started = true;
    } finally {
      if (!started) {
        room.release();
      }
    }
    connections.pass(socket); // the program has it now, and its end is the connection's
  }

  @Override
  public void stop() {
    room.release();
  }
}
