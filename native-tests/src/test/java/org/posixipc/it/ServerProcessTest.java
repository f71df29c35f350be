package org.posixipc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posixipc.fixture.Bytes.bytes;
import static org.posixipc.fixture.Conversation.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posixipc.Listener;
import org.posixipc.Socket;
import org.posixipc.Spawn;
import org.posixipc.fixture.Background;
import org.posixipc.fixture.Conversation;
import org.posixipc.fixture.Eventually;
import org.posixipc.server.ServerModel;
import org.posixipc.server.SocketServer;

/** A process for each connection. */
class ServerProcessTest {
  @TempDir Path folder;

  private final List<String> told = new CopyOnWriteArrayList<>();

  private SocketServer start(Place place, Spawn program, int most) throws IOException {
    return SocketServer.start(
        Listener.bind(place.address(folder)),
        ServerModel.processPerConnection(program, most),
        (what, cause) -> told.add(what + ": " + cause.getMessage()));
  }

  private static Spawn serve() {
    return Spawn.command(PeerProcess.cCommand("serve", "connection").toArray(String[]::new));
  }

  /** The JDK makes a channel of what descriptor 0 is. */
  static final class InheritedChannelEcho {
    public static void main(String[] arguments) throws IOException {
      try (ByteChannel channel = (ByteChannel) System.inheritedChannel()) {
        ByteBuffer buffer = ByteBuffer.allocate(1000);
        while (channel.read(buffer) >= 0) {}
        channel.write(buffer.flip());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aJvmServesTheChannelThatItInherits(Place place) throws Exception {
    List<String> java = PeerProcess.javaCommand(InheritedChannelEcho.class);
    Spawn program = Spawn.command(java.toArray(String[]::new));

    try (SocketServer server = start(place, program, 2)) {
      assertEquals("hello", exchange(server.localAddress(), "hello"));
      Eventually.await("it is done", () -> server.active() == 0);
      assertEquals(List.of(), told);
    }
  }

  @Test
  void moreClientsThanProcessesWaitInTheBacklog() throws Exception {
    try (SocketServer server = start(Place.UNIX_PATH, serve(), 1);
        Socket first = Socket.connect(server.localAddress());
        Socket second = Socket.connect(server.localAddress());
        Background<String> answer = Background.start(() -> exchange(second, "2"))) {
      Eventually.await("one is served", () -> server.active() == 1);
      assertEquals("1", exchange(first, "1"));

      assertEquals("2", answer.result());
      assertEquals(2, server.accepted());
    }
  }

  @Test
  void aProgramThatIsNotThereRefusesTheConnectionAndIsTold() throws Exception {
    try (SocketServer server = start(Place.UNIX_PATH, Spawn.command("/no/such/program"), 1)) {
      for (int i = 1; i <= 3; i++) {
        int count = i;
        try (Socket client = Socket.connect(server.localAddress())) {
          assertEquals("", Conversation.rest(client));
        }
        Eventually.await("it is refused", () -> server.refused() == count);
      }
      Eventually.await("it is told", () -> !told.isEmpty());
      assertTrue(told.get(0).endsWith("No such file or directory (ENOENT)"), told::toString);
      Eventually.await("none is being served", () -> server.active() == 0);
    }
  }

  @Test
  void aProgramThatExitsBadlyIsAFailure() throws Exception {
    try (SocketServer server = start(Place.UNIX_PATH, Spawn.command("false"), 1)) {
      assertEquals("", exchange(server.localAddress(), ""));

      Eventually.await("it is told", () -> server.failed() == 1 && !told.isEmpty());
      assertTrue(told.get(0).endsWith("false exited with 1"), told::toString);
    }
  }

  @Test
  void closeLetsAProgramFinish() throws Exception {
    SocketServer server = start(Place.UNIX_PATH, serve(), 1);
    try (Socket client = Socket.connect(server.localAddress())) {
      client.write(bytes("hello, "));
      Eventually.await("it is served", () -> server.accepted() == 1 && server.active() == 1);
      try (Background<Boolean> close =
          Background.start(() -> server.close(Duration.ofSeconds(30)))) {
        Eventually.await("it has begun", () -> isEmpty(folder));

        assertEquals("hello, world", exchange(client, "world"));
        assertTrue(close.result());
      }
    }
    assertEquals(0, server.failed());
  }

  /** The listener's path is removed first. */
  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }

  @Test
  void closeKillsAProgramThatTakesTooLong() throws Exception {
    SocketServer server = start(Place.UNIX_PATH, serve(), 1);
    try (Socket client = Socket.connect(server.localAddress())) {
      Eventually.await("it is served", () -> server.accepted() == 1 && server.active() == 1);

      assertFalse(server.close(Duration.ofMillis(1)));

      assertEquals("", Conversation.rest(client));
    }
    Eventually.await("it has ended", () -> server.active() == 0);
  }

  @Test
  void theProgramsStandardInputIsTheConnection() {
    Spawn taken = Spawn.command("true").devNull(0);

    assertThrows(IllegalArgumentException.class, () -> ServerModel.processPerConnection(taken, 1));
    assertThrows(IllegalArgumentException.class, () -> ServerModel.preForked(taken, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> ServerModel.processPerConnection(Spawn.command("true"), 0));
    assertThrows(
        IllegalArgumentException.class, () -> ServerModel.preForked(Spawn.command("true"), 0));
    Spawn lineTaken = Spawn.command("true").devNull(3);
    assertThrows(IllegalArgumentException.class, () -> ServerModel.preForked(lineTaken, 1));
  }
}
