package org.posixipc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.posixipc.fixture.Bytes.bytes;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.posixipc.Socket;
import org.posixipc.example.EchoServer;
import org.posixipc.fixture.Bytes;
import org.posixipc.fixture.Conversation;

/**
 * More clients than a server has descriptors for; {@code -Dposixipc.seconds=2} for how long at
 * least.
 */
class ServerShortageTest {
  private static final int SECONDS = Integer.getInteger("posixipc.seconds", 0);
  private static final int CLIENTS = 300;
  private static final List<String> FEW_DESCRIPTORS =
      List.of("sh", "-c", "ulimit -n 200 && exec \"$@\"", "sh");

  private final List<Socket> clients = new ArrayList<>();

  /** Linux keeps a connection that it has no descriptor for; macOS drops it. */
  @Test
  @EnabledOnOs(OS.LINUX)
  @Timeout(120)
  void clientsBeyondTheServersDescriptorsWaitAndAreServed() throws Exception {
    try (ExampleServer server = ExampleServer.start(FEW_DESCRIPTORS, EchoServer.class, "threads")) {
      clients.add(Socket.connect(server.address()));
      converseWith(clients.get(0)); // loads the classes, which are files that must be opened
      Conversation.exchange(server.address(), "and what the end of a connection needs");
      while (clients.size() < CLIENTS) {
        clients.add(Socket.connect(server.address()));
      }
      server.awaitLineWith("(EMFILE)");
      converseWith(clients.get(0));

      for (int i = 0; i < CLIENTS; i++) {
        assertEquals("client " + i, Conversation.exchange(clients.get(i), "client " + i));
        clients.get(i).close();
      }
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
  }

  /** Who is being served notices nothing. */
  private static void converseWith(Socket client) throws IOException {
    long end = System.nanoTime() + SECONDS * 1_000_000_000L;
    for (int i = 0; i < 1000 || System.nanoTime() < end; i++) {
      client.write(bytes("meanwhile"));
      assertEquals("meanwhile", Bytes.text(client));
    }
  }
}
