package org.posixipc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.posixipc.fixture.Conversation.exchange;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posixipc.Listener;
import org.posixipc.SocketAddress;
import org.posixipc.Spawn;
import org.posixipc.fixture.Background;
import org.posixipc.fixture.Eventually;
import org.posixipc.server.FailureListener;
import org.posixipc.server.ServerModel;
import org.posixipc.server.SocketServer;

/**
 * A tenth of all connections ends the process that serves it, by SIGKILL or SIGSEGV; {@code
 * -Dposixipc.connections=1000} for more than a build waits for.
 */
class ServerIsolationTest {
  private static final int CONNECTIONS = Integer.getInteger("posixipc.connections", 200);
  private static final int CLIENTS = 4;

  @TempDir Path folder;

  enum Model {
    PROCESS_PER_CONNECTION,
    PRE_FORKED;

    ServerModel serving() {
      return this == PRE_FORKED
          ? ServerModel.preForked(program("worker"), 10)
          : ServerModel.processPerConnection(program("connection"), 50);
    }

    private static Spawn program(String part) {
      return Spawn.command(PeerProcess.cCommand("serve", part).toArray(String[]::new));
    }
  }

  @ParameterizedTest
  @EnumSource
  @Timeout(300)
  void aProcessThatCrashesTakesItsOwnConnectionWithItAndNoOther(Model model) throws Exception {
    Listener listener = Listener.bind(SocketAddress.unix(folder.resolve("s")));
    AtomicInteger told = new AtomicInteger();
    FailureListener count = (what, cause) -> told.incrementAndGet();
    try (SocketServer server = SocketServer.start(listener, model.serving(), count)) {
      AtomicInteger next = new AtomicInteger();
      List<Background<Integer>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(Background.start(() -> connect(server.localAddress(), next)));
      }

      int crashes = 0;
      for (Background<Integer> client : clients) {
        crashes += client.result();
        client.close();
      }

      assertEquals(CONNECTIONS / 10, crashes);
      Eventually.await("each crash is told", () -> told.get() == CONNECTIONS / 10);
      assertEquals(CONNECTIONS / 10, server.failed());
    }
  }

  /** Every tenth crashes, by turns in one way and the other. How many did. */
  private static int connect(SocketAddress address, AtomicInteger next) throws IOException {
    int crashes = 0;
    for (int i = next.getAndIncrement(); i < CONNECTIONS; i = next.getAndIncrement()) {
      boolean crashing = i % 10 == 0;
      String text = !crashing ? "connection " + i : i % 20 == 0 ? "kill" : "segv";
      assertEquals(crashing ? "" : text, exchange(address, text));
      crashes += crashing ? 1 : 0;
    }
    return crashes;
  }
}
