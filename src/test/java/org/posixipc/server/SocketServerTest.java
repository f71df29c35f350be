package org.posixipc.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posixipc.fixture.Bytes.bytes;
import static org.posixipc.fixture.Conversation.exchange;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posixipc.Listener;
import org.posixipc.Socket;
import org.posixipc.SocketAddress;
import org.posixipc.fixture.Background;
import org.posixipc.fixture.Bytes;
import org.posixipc.fixture.Conversation;
import org.posixipc.fixture.Eventually;
import org.posixipc.fixture.Place;

/** What a server does for its clients, whichever threads serve them. */
class SocketServerTest {
  private static final int CLIENTS = 50;

  @TempDir Path folder;

  private final Failures failures = new Failures();

  private SocketServer start(ThreadModel model, ConnectionHandler handler) throws IOException {
    Listener listener = Listener.bind(SocketAddress.unix(folder.resolve("s")));
    return SocketServer.start(listener, model.serving(handler), failures);
  }

  @ParameterizedTest
  @EnumSource
  void eachOfManyClientsGetsItsOwnBytesBack(ThreadModel model) throws Exception {
    try (SocketServer server = start(model, Conversation::echo)) {
      List<Background<String>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        String text = "client " + i;
        clients.add(Background.start(() -> exchange(server.localAddress(), text)));
      }

      for (int i = 0; i < CLIENTS; i++) {
        assertEquals("client " + i, clients.get(i).result());
        clients.get(i).close();
      }
      Eventually.await("all are done", () -> server.active() == 0);
      assertEquals(CLIENTS, server.accepted());
      assertEquals(0, server.failed() + server.refused());
    }
    assertEquals(List.of(), failures.told());
  }

  @ParameterizedTest
  @EnumSource
  void itServesEveryKindOfAddress(Place place) throws Exception {
    Listener listener = Listener.bind(place.fresh(folder));

    try (SocketServer server =
        SocketServer.start(listener, ServerModel.serial(Conversation::echo))) {
      assertEquals("hello", exchange(server.localAddress(), "hello"));
    }
  }

  /** Throws what the client asks for. */
  private static void fail(Socket socket) throws IOException {
    switch (Bytes.text(socket)) {
      case "exception" -> throw new IllegalStateException("on demand");
      case "error" -> throw new StackOverflowError("on demand");
      default -> socket.write(bytes("served"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatAHandlerThrowsEndsItsConnectionAloneAndIsTold(ThreadModel model) throws Exception {
    try (SocketServer server = start(model, SocketServerTest::fail)) {
      SocketAddress address = server.localAddress();

      for (int i = 0; i < 10; i++) {
        assertEquals("", exchange(address, "exception"));
        assertEquals("", exchange(address, "error"));
        assertEquals("served", exchange(address, "other"));
      }

      failures.await(20);
      Eventually.await("all are done", () -> server.active() == 0);
      assertEquals(20, server.failed());
    }
    assertEquals(10, told("serving socket\\(.*IllegalStateException.*"));
    assertEquals(10, told("serving socket\\(.*StackOverflowError.*"));
  }

  /** In no order: a connection is closed, and its client may send the next, before it is told. */
  private long told(String pattern) {
    return failures.told().stream().filter(it -> it.matches(pattern)).count();
  }

  @Test
  void aFailureListenerThatThrowsEndsNothing() throws Exception {
    FailureListener bad =
        (what, cause) -> {
          throw new IllegalStateException("a bug in the listener");
        };
    Listener listener = Listener.bind(SocketAddress.unix(folder.resolve("s")));

    try (SocketServer server =
        SocketServer.start(listener, ServerModel.serial(SocketServerTest::fail), bad)) {
      exchange(server.localAddress(), "exception");

      assertEquals("served", exchange(server.localAddress(), "other"));
    }
  }

  /** The next connection of the same thread must not find the interrupt. */
  @ParameterizedTest
  @EnumSource
  void aHandlerThatLeavesItsThreadInterruptedDisturbsNoOther(ThreadModel model) throws Exception {
    ConnectionHandler handler =
        socket -> {
          Conversation.echo(socket);
          Thread.currentThread().interrupt();
        };

    try (SocketServer server = start(model, handler)) {
      for (int i = 0; i < 10; i++) {
        assertEquals("hello", exchange(server.localAddress(), "hello"));
      }
    }
    assertEquals(List.of(), failures.told());
  }

  @Test
  void virtualThreadsNeedAJdkThatHasThem() {
    if (Runtime.version().feature() < 21) {
      UnsupportedOperationException e =
          assertThrows(
              UnsupportedOperationException.class,
              () -> ServerModel.virtualThreadPerConnection(Conversation::echo));
      assertTrue(e.toString().contains("virtual threads need JDK 21 or later, this is 1"));
    } else {
      assertEquals(
          "virtual thread per connection",
          ServerModel.virtualThreadPerConnection(Conversation::echo).toString());
    }
  }

  @Test
  void aListenerThatDoesNotWaitIsLeftToTheCaller() throws Exception {
    try (Listener listener = Listener.bind(SocketAddress.unix(folder.resolve("s")))) {
      listener.descriptor().nonBlocking(true);

      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () -> SocketServer.start(listener, ServerModel.serial(Conversation::echo)));

      assertTrue(e.toString().contains("non-blocking: listener(unix:"), e::toString);
      assertTrue(listener.isOpen());
    }
  }

  @Test
  void itSaysWhatServesWhere() throws Exception {
    try (SocketServer server = start(ThreadModel.POOL, Conversation::echo)) {
      assertEquals("pool of 4 at " + server.localAddress(), server.toString());
    }
  }
}
