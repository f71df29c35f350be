package org.posixipc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.posixipc.Listener;
import org.posixipc.Socket;
import org.posixipc.SocketAddress;
import org.posixipc.fixture.Bytes;
import org.posixipc.fixture.Eventually;
import org.posixipc.server.ServerModel;
import org.posixipc.server.SocketServer;

/**
 * Many connections on which nothing happens, held by virtual threads; {@code -Dposixipc.idle=10000}
 * for more than a build waits for.
 */
class IdleConnectionsTest {
  private static final int CONNECTIONS = Integer.getInteger("posixipc.idle", 1000);
  private static final int MOST_BYTES_EACH = 16_384;
  private static final int MOST_THREADS = 32;

  @TempDir Path folder;

  /** Opens connections, waits for a line, and then uses each once. */
  static final class IdleClients {
    public static void main(String[] arguments) throws IOException {
      List<Socket> sockets = new ArrayList<>();
      for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
        sockets.add(Socket.connect(SocketAddress.unix(Path.of(arguments[0]))));
      }
      System.out.println("ready");
      if (System.in.read() < 0) {
        throw new IOException("nobody says go");
      }
      int answered = 0;
      for (Socket socket : sockets) {
        socket.write(Bytes.bytes("" + answered));
        answered += Bytes.text(socket).equals("" + answered) ? 1 : 0;
      }
      System.out.println("ok " + answered);
    }
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  @Timeout(120)
  void thousandsOfIdleConnectionsCostKibibytesEachAndNoThread(TestReporter report)
      throws Exception {
    Path path = folder.resolve("s");
    ServerModel model = ServerModel.virtualThreadPerConnection(Footprint::echo);
    try (SocketServer server = SocketServer.start(Listener.bind(SocketAddress.unix(path)), model)) {
      hold(server, path, 10).close(); // what the first ones load is no connection's
      Eventually.await("those are done", () -> server.active() == 0);
      long heapBefore = Footprint.heap();
      int threadsBefore = Footprint.threads();
      try (PeerProcess clients = hold(server, path, CONNECTIONS)) {
        long each = (Footprint.heap() - heapBefore) / CONNECTIONS;
        report.publishEntry("bytes a connection", Long.toString(each));

        assertTrue(each < MOST_BYTES_EACH, each + " bytes a connection");
        assertTrue(
            Footprint.threads() - threadsBefore < MOST_THREADS, Footprint.threads() + " threads");
        clients.say("go");
        assertEquals("" + CONNECTIONS, clients.succeed());
      }
      Eventually.await("all are done", () -> server.active() == 0);
      assertEquals(0, server.failed());
    }
  }

  private static PeerProcess hold(SocketServer server, Path path, int connections)
      throws Exception {
    String[] arguments = {path.toString(), "" + connections};
    PeerProcess clients = PeerProcess.start(PeerProcess.javaCommand(IdleClients.class, arguments));
    clients.awaitLine("ready");
    Eventually.await("all are accepted", () -> server.active() == connections);
    return clients;
  }
}
