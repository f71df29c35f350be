package org.posixipc.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posixipc.fixture.Bytes.bytes;
import static org.posixipc.fixture.Conversation.exchange;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posixipc.Listener;
import org.posixipc.PosixException;
import org.posixipc.Socket;
import org.posixipc.SocketAddress;
import org.posixipc.fixture.Background;
import org.posixipc.fixture.Bytes;
import org.posixipc.fixture.Conversation;
import org.posixipc.fixture.Eventually;

/** A server's end: for those who wait for it, those who are being served, and those who come. */
class ServerStopTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path folder;

  private final Failures failures = new Failures();

  private SocketServer start(ThreadModel model, ConnectionHandler handler) throws IOException {
    Listener listener = Listener.bind(SocketAddress.unix(folder.resolve("s")));
    return SocketServer.start(listener, model.serving(handler), failures);
  }

  @ParameterizedTest
  @EnumSource
  void closeEndsAServerThatWaitsForClients(ThreadModel model) throws Exception {
    SocketServer server = start(model, Conversation::echo);
    exchange(server.localAddress(), "hello");

    assertTrue(server.close(LONG));

    PosixException e =
        assertThrows(PosixException.class, () -> exchange(server.localAddress(), "too late"));
    assertEquals(Errno.ENOENT, e.errno());
    assertEquals(List.of(), failures.told());
  }

  @ParameterizedTest
  @EnumSource
  void closeLetsAHandlerFinish(ThreadModel model) throws Exception {
    SocketServer server = start(model, Conversation::echo);
    try (Socket client = Socket.connect(server.localAddress())) {
      client.write(bytes("hello, "));
      assertEquals("hello, ", Bytes.text(client));
      try (Background<Boolean> close = Background.start(() -> server.close(LONG))) {
        Eventually.await("it has begun to stop", () -> !Files.exists(folder.resolve("s")));

        assertEquals("world", exchange(client, "world"));
        assertTrue(close.result());
      }
    }
    assertEquals(0, server.failed());
  }

  @ParameterizedTest
  @EnumSource
  void closeEndsTheConnectionOfAHandlerThatTakesTooLong(ThreadModel model) throws Exception {
    SocketServer server = start(model, Conversation::echo);
    try (Socket client = Socket.connect(server.localAddress())) {
      client.write(bytes("hello"));
      assertEquals("hello", Bytes.text(client));

      assertFalse(server.close(Duration.ofMillis(1)));

      assertEquals("", Conversation.rest(client));
    }
    Eventually.await("the handler ends", () -> server.active() == 0);
    assertEquals(1, server.failed());
    assertEquals(List.of(), failures.told(), "what close asked for is no news");
  }

  /** Accepted before the end, begun after it: the client sees an end, not a silence. */
  @Test
  void closeEndsAConnectionThatWaitsForAThread() throws Exception {
    CountDownLatch letGo = new CountDownLatch(1);
    ConnectionHandler stuck =
        socket -> {
          try {
            letGo.await();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
          socket.write(bytes("late"));
        };
    Listener listener = Listener.bind(SocketAddress.unix(folder.resolve("s")));
    ServerModel pool = ServerModel.pool(stuck, 1, 1, Overload.WAIT_IN_BACKLOG);
    SocketServer server = SocketServer.start(listener, pool, failures);
    try (Socket first = Socket.connect(server.localAddress());
        Socket second = Socket.connect(server.localAddress())) {
      Eventually.await("both are accepted", () -> server.active() == 2);

      assertFalse(server.close(Duration.ZERO));

      assertEquals("", Conversation.rest(first));
      assertEquals("", Conversation.rest(second));
      letGo.countDown();
    }
    Eventually.await("both are done", () -> server.active() == 0);
  }

  @Test
  void closeEndsAServerWhosePoolIsFull() throws Exception {
    Listener listener = Listener.bind(SocketAddress.unix(folder.resolve("s")));
    ServerModel pool = ServerModel.pool(Conversation::echo, 1, 0, Overload.WAIT_IN_BACKLOG);
    SocketServer server = SocketServer.start(listener, pool, failures);
    try (Socket client = Socket.connect(server.localAddress())) {
      Eventually.await("it is served", () -> server.active() == 1);

      assertFalse(server.close(Duration.ZERO));

      assertEquals("", Conversation.rest(client));
    }
    Eventually.await("the handler ends", () -> server.active() == 0);
  }

  @Test
  void closeMayBeCalledTwice() throws Exception {
    SocketServer server = start(ThreadModel.THREADS, Conversation::echo);

    server.close();

    assertTrue(server.close(Duration.ZERO));
  }

  @Test
  void anInterruptTakesThePatienceAway() throws Exception {
    SocketServer server = start(ThreadModel.THREADS, Conversation::echo);
    try (Socket client = Socket.connect(server.localAddress())) {
      Eventually.await("it is served", () -> server.active() == 1);

      Thread.currentThread().interrupt();
      assertFalse(server.close(LONG));
      assertTrue(Thread.interrupted(), "the interrupt stays");

      assertEquals("", Conversation.rest(client));
    }
  }

  @Test
  void patienceIsNotNegative() throws Exception {
    try (SocketServer server = start(ThreadModel.SERIAL, Conversation::echo)) {
      assertThrows(IllegalArgumentException.class, () -> server.close(Duration.ofMillis(-1)));

      assertEquals("hello", exchange(server.localAddress(), "hello"));
    }
  }

  /** Somebody else closed the listener: the server is over, and says so. */
  @Test
  void aListenerThatIsClosedUnderAServerIsTold() throws Exception {
    Listener listener = Listener.bind(SocketAddress.unix(folder.resolve("s")));
    ServerModel model = ServerModel.serial(Conversation::echo);
    try (SocketServer server = SocketServer.start(listener, model, failures)) {
      exchange(server.localAddress(), "hello");

      listener.close();

      failures.await(1);
    }
    assertTrue(
        failures.told().get(0).startsWith("accepting from listener(unix:"),
        failures.told()::toString);
  }
}
