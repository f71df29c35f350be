package org.posixipc.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posixipc.fixture.Bytes.bytes;
import static org.posixipc.fixture.Conversation.exchange;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posixipc.Listener;
import org.posixipc.Socket;
import org.posixipc.SocketAddress;
import org.posixipc.fixture.Background;
import org.posixipc.fixture.Conversation;
import org.posixipc.fixture.Eventually;

/** A pool whose threads and queue are taken. */
class BoundedPoolTest {
  @TempDir Path folder;

  private final CountDownLatch letGo = new CountDownLatch(1);

  private SocketServer start(int threads, int queue, Overload overload) throws IOException {
    Listener listener = Listener.bind(SocketAddress.unix(folder.resolve("s")));
    ConnectionHandler handler =
        socket -> {
          awaitLetGo();
          socket.write(bytes(Thread.currentThread().getName().replaceFirst(" .*", ": ")));
          Conversation.echo(socket);
        };
    return SocketServer.start(listener, ServerModel.pool(handler, threads, queue, overload));
  }

  private void awaitLetGo() throws IOException {
    try {
      letGo.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static Socket connectAndAwait(SocketServer server, int active) throws Exception {
    Socket socket = Socket.connect(server.localAddress());
    Eventually.await(active + " are served", () -> server.active() == active);
    return socket;
  }

  @Test
  void moreClientsWaitInTheBacklogUntilThereIsRoom() throws Exception {
    try (SocketServer server = start(1, 1, Overload.WAIT_IN_BACKLOG);
        Socket first = connectAndAwait(server, 1);
        Socket second = connectAndAwait(server, 2);
        Socket third = Socket.connect(server.localAddress())) {
      letGo.countDown();

      assertEquals("pool: 1", exchange(first, "1"));
      assertEquals("pool: 2", exchange(second, "2"));
      assertEquals("pool: 3", exchange(third, "3"));
      assertEquals(3, server.accepted());
      assertEquals(0, server.refused());
    }
  }

  /** The kernel has it, and the server hasn't: it will be accepted when another is done. */
  @Test
  void aConnectionInTheBacklogIsNotAccepted() throws Exception {
    try (SocketServer server = start(1, 0, Overload.WAIT_IN_BACKLOG);
        Socket first = connectAndAwait(server, 1);
        Socket second = Socket.connect(server.localAddress());
        Background<String> answer = Background.start(() -> exchange(second, "2"))) {
      assertEquals(1, server.accepted());
      letGo.countDown();
      exchange(first, "1");

      assertEquals("pool: 2", answer.result());
      assertEquals(2, server.accepted());
    }
  }

  @Test
  void moreClientsAreRefusedUntilThereIsRoom() throws Exception {
    try (SocketServer server = start(1, 1, Overload.REFUSE);
        Socket first = connectAndAwait(server, 1);
        Socket second = connectAndAwait(server, 2)) {
      try (Socket third = Socket.connect(server.localAddress())) {
        assertEquals("", Conversation.rest(third));
      }
      Eventually.await("it is refused", () -> server.refused() == 1);
      letGo.countDown();
      exchange(first, "1");
      exchange(second, "2");
      Eventually.await("there is room", () -> server.active() == 0);

      assertEquals("pool: 4", exchange(server.localAddress(), "4"));
      assertEquals(4, server.accepted());
      assertEquals(1, server.refused());
    }
  }

  @Test
  void moreClientsAreServedByTheThreadThatAccepts() throws Exception {
    try (SocketServer server = start(1, 0, Overload.CALLER_RUNS);
        Socket first = connectAndAwait(server, 1);
        Socket second = connectAndAwait(server, 2);
        Socket third = Socket.connect(server.localAddress())) {
      letGo.countDown();

      assertEquals("pool: 1", exchange(first, "1"));
      assertEquals("server: 2", exchange(second, "2"));
      assertTrue(exchange(third, "3").endsWith(": 3"));
      assertEquals(3, server.accepted());
    }
  }

  @Test
  void aPoolHasAThreadAndAQueueThatIsNotNegative() {
    assertThrows(
        IllegalArgumentException.class,
        () -> ServerModel.pool(Conversation::echo, 0, 1, Overload.REFUSE));
    assertThrows(
        IllegalArgumentException.class,
        () -> ServerModel.pool(Conversation::echo, 1, -1, Overload.REFUSE));
  }
}
