package org.posixipc.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posixipc.Listener;
import org.posixipc.Socket;
import org.posixipc.SocketAddress;
import org.posixipc.fixture.Background;
import org.posixipc.fixture.Conversation;
import org.posixipc.fixture.Eventually;

/** Many clients at once, a small pool; {@code -Dposixipc.clients=5000} for the whole spike. */
class SpikeTest {
  private static final int CLIENTS = Integer.getInteger("posixipc.clients", 500);
  private static final int THREADS = 16;
  private static final int QUEUE = 32;

  @TempDir Path folder;

  private final Set<Thread> serving = ConcurrentHashMap.newKeySet();
  private final AtomicInteger mostActive = new AtomicInteger();
  private final CompletableFuture<SocketServer> started = new CompletableFuture<>();

  @ParameterizedTest
  @EnumSource
  @Timeout(300)
  void eachClientIsServedOrRefusedByNoMoreThreadsThanThereAre(Overload overload) throws Exception {
    Listener listener = Listener.bind(SocketAddress.unix(folder.resolve("s")));
    ServerModel model = ServerModel.pool(this::serve, THREADS, QUEUE, overload);
    try (SocketServer server = SocketServer.start(listener, model)) {
      List<Background<Boolean>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        String text = "client " + i;
        clients.add(Background.start(() -> isServed(text)));
      }

      started.complete(server);
      int served = 0;
      for (Background<Boolean> client : clients) {
        served += client.result() ? 1 : 0;
        client.close();
      }

      Eventually.await("all are done", () -> server.active() == 0);
      assertEquals(CLIENTS, served + server.refused());
      assertEquals(CLIENTS, server.accepted());
      assertTrue(overload == Overload.REFUSE || server.refused() == 0, overload::toString);
      assertTrue(serving.size() <= limit(overload, THREADS), serving::toString);
      assertTrue(mostActive.get() <= limit(overload, THREADS + QUEUE), mostActive::toString);
    }
  }

  private void serve(Socket socket) throws IOException {
    serving.add(Thread.currentThread());
    mostActive.accumulateAndGet(started.join().active(), Math::max);
    Conversation.echo(socket);
  }

  private boolean isServed(String text) throws IOException {
    try (Socket socket = Socket.connect(started.join().localAddress())) {
      return Conversation.isServed(socket, text);
    }
  }

  /** The accepting thread has one connection besides, but for a pool that it waits for. */
  private static int limit(Overload overload, int ofThePool) {
    return overload == Overload.WAIT_IN_BACKLOG ? ofThePool : ofThePool + 1;
  }
}
