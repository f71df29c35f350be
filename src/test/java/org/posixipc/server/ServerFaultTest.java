package org.posixipc.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.posixipc.fixture.Bytes.bytes;
import static org.posixipc.fixture.Conversation.exchange;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posixipc.AddressFamily;
import org.posixipc.Linger;
import org.posixipc.Listener;
import org.posixipc.Socket;
import org.posixipc.SocketAddress;
import org.posixipc.SocketOption;
import org.posixipc.SocketType;
import org.posixipc.fixture.Background;
import org.posixipc.fixture.Bytes;
import org.posixipc.fixture.Conversation;
import org.posixipc.fixture.DescriptorLimit;
import org.posixipc.fixture.Eventually;
import org.posixipc.fixture.KernelCall;

/** Clients that don't behave, and a system that is short of something. */
class ServerFaultTest {
  @TempDir Path folder;

  private final Failures failures = new Failures();

  private SocketServer start(ThreadModel model) throws IOException {
    Listener listener = Listener.bind(SocketAddress.inet("127.0.0.1", 0));
    return SocketServer.start(listener, model.serving(Conversation::echo), failures);
  }

  @ParameterizedTest
  @EnumSource
  void aClientThatVanishesInTheMiddleEndsItsConnectionAlone(ThreadModel model) throws Exception {
    try (SocketServer server = start(model)) {
      for (int i = 1; i <= 10; i++) {
        vanishInTheMiddle(server.localAddress());
        failures.await(i);

        assertEquals("hello", exchange(server.localAddress(), "hello"));
      }
      Eventually.await("all are done", () -> server.active() == 0);
      assertEquals(10, server.failed());
    }
  }

  /** A connection that is closed with SO_LINGER 0 is reset. */
  private static void vanishInTheMiddle(SocketAddress address) throws IOException {
    try (Socket socket = Socket.connect(address)) {
      socket.write(bytes("half a req"));
      assertEquals("half a req", Bytes.text(socket));
      socket.set(SocketOption.SO_LINGER, new Linger(true, 0));
    }
  }

  /** Byte by byte, and others are served between any two of them. */
  @ParameterizedTest
  @EnumSource
  void aSlowClientHoldsUpNoOther(ThreadModel model) throws Exception {
    assumeTrue(model != ThreadModel.SERIAL, "that one serves one after the other");
    try (SocketServer server = start(model);
        Socket slow = Socket.connect(server.localAddress())) {
      for (String letter : List.of("s", "l", "o", "w")) {
        slow.write(bytes(letter));
        assertEquals("hello", exchange(server.localAddress(), "hello"));
        assertEquals(letter, Bytes.text(slow));
      }
      slow.shutdownOutput();
      assertEquals("", Conversation.rest(slow));
    }
    assertEquals(List.of(), failures.told());
  }

  /** The client is done writing, and the answer is longer than the kernel's buffers. */
  @ParameterizedTest
  @EnumSource
  void aClientThatHasShutDownItsOutputGetsItsWholeAnswer(ThreadModel model) throws Exception {
    String text = "x".repeat(3_000_000);
    try (SocketServer server = start(model);
        Socket client = Socket.connect(server.localAddress());
        Background<Void> writer =
            Background.start(
                () -> {
                  client.write(bytes(text));
                  client.shutdownOutput();
                  return null;
                })) {
      String answer = Conversation.rest(client);

      writer.result();
      assertEquals(text.length(), answer.length());
      assertTrue(text.equals(answer));
    }
  }

  /** More clients than the backlog has room for, while nobody accepts. */
  @Test
  void clientsThatTheBacklogHasNoRoomForAreServedLater() throws Exception {
    Listener listener = Listener.bind(SocketAddress.unix(folder.resolve("s")), 0);
    List<Background<String>> clients = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String text = "client " + i;
      clients.add(Background.start(() -> exchange(listener.localAddress(), text)));
      clients.get(i).awaitIn(i == 0 ? KernelCall.READ : KernelCall.CONNECT);
    }

    try (SocketServer server =
        SocketServer.start(listener, ServerModel.serial(Conversation::echo))) {
      for (int i = 0; i < clients.size(); i++) {
        assertEquals("client " + i, clients.get(i).result());
        clients.get(i).close();
      }
      assertEquals(20, server.accepted());
    }
  }

  /** Linux keeps a connection that it has no descriptor for; macOS drops it. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aServerThatIsShortOfDescriptorsGoesOnWhenThereAreSomeAgain() throws Throwable {
    try (SocketServer server = start(ThreadModel.THREADS);
        Socket client = Socket.open(AddressFamily.INET4, SocketType.STREAM)) {
      exchange(server.localAddress(), "once, so that the classes are there");
      failures.await(0);
      assertFalse(isPausing("server of " + server.localAddress()));

      DescriptorLimit.leaving(
          0,
          () -> {
            if (server.accepted() == 1 && failures.told().isEmpty()) {
              client.connectTo(server.localAddress());
            }
            failures.await(1);
            Eventually.await("it pauses", () -> isPausing("server of " + server.localAddress()));
          });

      assertEquals("hello", exchange(client, "hello"));
      assertTrue(failures.told().get(0).contains("(EMFILE)"), failures.told()::toString);
      assertEquals(1, failures.told().size(), "told once, however long it lasts");
    }
  }

  private static boolean isPausing(String thread) {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(
            each -> each.getName().equals(thread) && each.getState() == Thread.State.TIMED_WAITING);
  }
}
