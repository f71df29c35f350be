package org.posixipc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posixipc.fixture.Bytes.bytes;
import static org.posixipc.fixture.Conversation.exchange;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posixipc.ChildProcess;
import org.posixipc.Listener;
import org.posixipc.Signal;
import org.posixipc.Socket;
import org.posixipc.SocketAddress;
import org.posixipc.SocketPair;
import org.posixipc.Spawn;
import org.posixipc.example.EchoServer;
import org.posixipc.fixture.Background;
import org.posixipc.fixture.Bytes;
import org.posixipc.fixture.Conversation;
import org.posixipc.fixture.Eventually;
import org.posixipc.server.ServerModel;
import org.posixipc.server.SocketServer;

/** A new process goes on where another stops, and no client is turned away meanwhile. */
class ServerRestartTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final int CLIENTS = 4;
  private static final int AFTERWARDS = 100;

  @TempDir Path folder;

  private final AtomicBoolean enough = new AtomicBoolean();

  private SocketServer start(Place place) throws IOException {
    return SocketServer.start(
        Listener.bind(place.address(folder)), ServerModel.threadPerConnection(Conversation::echo));
  }

  /** A JVM that takes the listener over, by way of its 0. */
  private static ChildProcess successor(Socket socket) throws IOException {
    List<String> java = PeerProcess.javaCommand(EchoServer.class, "successor");
    return Spawn.command(java.toArray(String[]::new)).descriptor(0, socket).start();
  }

  /** Connects again and again; an error or a wrong answer is thrown. */
  private int converse(SocketAddress address) throws IOException {
    int count = 0;
    for (; !enough.get(); count++) {
      assertEquals("client " + count, exchange(address, "client " + count));
    }
    return count;
  }

  @ParameterizedTest
  @EnumSource
  void noClientIsRefusedWhileANewProcessTakesOver(Place place) throws Exception {
    List<Background<Integer>> clients = new ArrayList<>();
    try (SocketServer server = start(place);
        SocketPair pair = SocketPair.open()) {
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(Background.start(() -> converse(server.localAddress())));
      }
      Eventually.await("clients are served", () -> server.accepted() > CLIENTS);
      ChildProcess successor = successor(pair.second());
      try {
        pair.second().close();

        assertTrue(server.handOver(pair.first(), LONG));

        for (int i = 0; i < AFTERWARDS; i++) {
          assertEquals("hello", exchange(server.localAddress(), "hello"));
        }
        enough.set(true);
        int served = 0;
        for (Background<Integer> client : clients) {
          served += client.result();
          client.close();
        }
        assertTrue(served + AFTERWARDS > server.accepted(), "the successor served some");
        assertTrue(successor.isAlive());
      } finally {
        successor.signal(Signal.SIGTERM);
        successor.waitFor();
      }
    }
  }

  /** The old process serves to its end who began with it. */
  @Test
  void aConnectionThatWasBegunIsServedToItsEnd() throws Exception {
    SocketServer old = start(Place.UNIX_PATH);
    try (SocketPair pair = SocketPair.open();
        Socket client = Socket.connect(old.localAddress())) {
      client.write(bytes("hello, "));
      assertEquals("hello, ", Bytes.text(client));
      ServerModel model = ServerModel.serial(Conversation::echo);
      try (Background<Boolean> handOver = Background.start(() -> old.handOver(pair.first(), LONG));
          SocketServer successor = SocketServer.takeOver(pair.second(), model)) {
        // Until the old one has closed its listener, either may accept.
        while (successor.accepted() == 0) {
          assertEquals("new", exchange(successor.localAddress(), "new"));
        }

        assertEquals("world", exchange(client, "world"));
        assertTrue(handOver.result());
      }
    }
  }

  @Test
  void aSuccessorThatGoesAwayLeavesTheServerAtWork() throws Exception {
    try (SocketServer server = start(Place.UNIX_PATH);
        SocketPair pair = SocketPair.open()) {
      pair.second().close();

      assertThrows(IOException.class, () -> server.handOver(pair.first(), LONG));

      assertEquals("hello", exchange(server.localAddress(), "hello"));
    }
  }

  @Test
  void aSuccessorThatGoesAwayBeforeItServesLeavesTheServerAtWork() throws Exception {
    try (SocketServer server = start(Place.UNIX_PATH);
        SocketPair pair = SocketPair.open();
        Background<EOFException> handOver =
            Background.start(
                () ->
                    assertThrows(EOFException.class, () -> server.handOver(pair.first(), LONG)))) {
      pair.second().receive(ByteBuffer.allocate(1), 1).close();
      pair.second().close();

      handOver.result();
      assertEquals("hello", exchange(server.localAddress(), "hello"));
    }
  }

  @Test
  void aPredecessorThatSendsNoListenerIsToldApart() throws Exception {
    ServerModel model = ServerModel.serial(Conversation::echo);
    try (SocketPair pair = SocketPair.open()) {
      pair.first().write(bytes("x"));
      assertThrows(EOFException.class, () -> SocketServer.takeOver(pair.second(), model));

      pair.first().send(bytes("x"), pair.first().descriptor());
      assertThrows(
          IllegalArgumentException.class, () -> SocketServer.takeOver(pair.second(), model));
    }
  }
}
