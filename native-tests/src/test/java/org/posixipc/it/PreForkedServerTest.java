package org.posixipc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posixipc.fixture.Conversation.exchange;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posixipc.Listener;
import org.posixipc.PosixException;
import org.posixipc.Socket;
import org.posixipc.SocketAddress;
import org.posixipc.Spawn;
import org.posixipc.fixture.Background;
import org.posixipc.fixture.Conversation;
import org.posixipc.fixture.Eventually;
import org.posixipc.server.ServerModel;
import org.posixipc.server.SocketServer;

/** Workers that were started before the clients came. */
class PreForkedServerTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final int KILLS = 10;

  @TempDir Path folder;

  private final List<String> told = new CopyOnWriteArrayList<>();

  private SocketServer start(int workers, String... command) throws IOException {
    return SocketServer.start(
        Listener.bind(SocketAddress.unix(folder.resolve("s"))),
        ServerModel.preForked(Spawn.command(command).devNull(1), workers),
        (what, cause) -> told.add(what + ": " + cause.getMessage()));
  }

  private SocketServer start(int workers) throws IOException {
    return start(workers, PeerProcess.cCommand("serve", "worker").toArray(String[]::new));
  }

  private static List<ProcessHandle> workers() {
    return ProcessHandle.current().children().filter(ProcessHandle::isAlive).toList();
  }

  @Test
  void workersServeAtTheSameTime() throws Exception {
    try (SocketServer server = start(2);
        Socket idle = Socket.connect(server.localAddress())) {
      for (int i = 0; i < 10; i++) {
        assertEquals("hello", exchange(server.localAddress(), "hello"));
      }
      assertEquals("late", Conversation.exchange(idle, "late"));
      Eventually.await("both run", () -> workers().size() == 2);
      assertEquals(0, server.accepted() + server.active(), "a program that reports nothing");
    }
  }

  @Test
  void closeEndsTheWorkersAndThatIsNoFailure() throws Exception {
    SocketServer server = start(3);
    exchange(server.localAddress(), "hello");
    Eventually.await("three workers", () -> workers().size() == 3);

    assertTrue(server.close(LONG));

    assertEquals(List.of(), workers());
    assertEquals(0, server.failed());
    assertEquals(List.of(), told);
  }

  @Test
  void closeKillsWorkersThatDoNotWantToEnd() throws Exception {
    Path ready = folder.resolve("ready");
    String stubborn = "trap '' TERM; : >" + ready + "; exec sleep 1000";
    SocketServer server = start(1, "sh", "-c", stubborn);
    Eventually.await("it ignores SIGTERM", () -> Files.exists(ready));

    assertFalse(server.close(Duration.ofMillis(1)));

    Eventually.await("it is gone", () -> workers().isEmpty());
  }

  @Test
  void whoInterruptsTheServersThreadEndsTheWorkersToo() throws Exception {
    try (SocketServer server = start(2, "sleep", "1000")) {
      Eventually.await("two workers", () -> workers().size() == 2);

      threadOf(server).interrupt();

      Eventually.await("they are gone", () -> workers().isEmpty());
      assertEquals(0, server.failed(), "they were asked to end");
    }
  }

  private static Thread threadOf(SocketServer server) {
    String name = "server of " + server.localAddress();
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** A worker that is killed takes one connection with it at most, and another takes its place. */
  @Test
  void aWorkerThatIsKilledUnderLoadIsReplaced() throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    try (SocketServer server = start(3)) {
      List<Background<Integer>> clients = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        clients.add(Background.start(() -> cutConnections(server.localAddress(), enough)));
      }
      for (int kill = 1; kill <= KILLS; kill++) {
        Eventually.await("three workers", () -> workers().size() == 3);
        workers().get(kill % 3).destroyForcibly();
        int count = kill;
        Eventually.await("it is told", () -> server.failed() == count);
      }
      enough.set(true);

      int cut = 0;
      for (Background<Integer> client : clients) {
        cut += client.result();
        client.close();
      }
      assertTrue(cut <= KILLS, cut + " connections were cut by " + KILLS + " kills");
      assertEquals("hello", exchange(server.localAddress(), "hello"));
    }
    assertTrue(told.get(0).endsWith("serve was ended by SIGKILL"), told::toString);
  }

  private static int cutConnections(SocketAddress address, AtomicBoolean enough)
      throws IOException {
    int cut = 0;
    while (!enough.get()) {
      cut += isCut(address) ? 1 : 0;
    }
    return cut;
  }

  private static boolean isCut(SocketAddress address) throws IOException {
    try (Socket socket = Socket.connect(address)) {
      return !exchange(socket, "hello").equals("hello");
    } catch (PosixException e) {
      assertTrue(Set.of("EPIPE", "ECONNRESET").contains(e.errno().name()), e::toString);
      return true;
    }
  }

  /** The pauses are 10, 20, 40 and 80 ms at least: a worker that can't live costs little. */
  @Test
  void aWorkerThatEndsAtOnceIsReplacedMoreAndMoreSeldom() throws Exception {
    long began = System.nanoTime();
    try (SocketServer server = start(1, "false")) {
      Eventually.await("five have ended", () -> server.failed() >= 5);

      assertTrue(System.nanoTime() - began >= 150_000_000, "five at once");
    }
  }

  @Test
  void aWorkerThatCanNotBeStartedIsTriedAgain() throws Exception {
    Path program = folder.resolve("program");
    try (SocketServer server = start(1, program.toString())) {
      Eventually.await("it is told", () -> !told.isEmpty());
      assertTrue(told.get(0).endsWith("No such file or directory (ENOENT)"), told::toString);

      Path serve = Path.of(PeerProcess.cCommand("serve").get(0));
      Files.copy(serve, program, StandardCopyOption.COPY_ATTRIBUTES);
      Eventually.await("it runs", () -> server.failed() > 0);
    }
  }
}
