package org.posixipc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.posixipc.fixture.Bytes.bytes;
import static org.posixipc.fixture.Conversation.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posixipc.Linger;
import org.posixipc.Listener;
import org.posixipc.PosixException;
import org.posixipc.Socket;
import org.posixipc.SocketAddress;
import org.posixipc.SocketOption;
import org.posixipc.Spawn;
import org.posixipc.example.EchoServer;
import org.posixipc.fixture.Bytes;
import org.posixipc.fixture.Conversation;
import org.posixipc.fixture.Eventually;
import org.posixipc.server.Overload;
import org.posixipc.server.ServerModel;
import org.posixipc.server.SocketServer;
import org.posixipc.server.Worker;

/** What workers and the server that started them know of each other. */
class WorkerTest {
  /** A worker that serves one client at a time, by that model, and refuses the others. */
  static final class OneClientWorker {
    public static void main(String[] arguments) throws IOException {
      SocketServer server = Worker.start(model(arguments[0]));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server)));
    }

    private static ServerModel model(String name) {
      Semaphore one = new Semaphore(1);
      return name.equals("pool")
          ? ServerModel.pool(Conversation::echo, 1, 0, Overload.REFUSE)
          : ServerModel.virtualThreadPerConnection(
              socket -> serveIf(one.tryAcquire(), socket, one));
    }

    private static void serveIf(boolean free, Socket socket, Semaphore one) throws IOException {
      if (free) {
        try {
          Conversation.echo(socket);
        } finally {
          one.release();
        }
      }
    }

    private static void end(SocketServer server) {
      try {
        server.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static SocketServer start(Listener listener, int workers, String model)
      throws IOException {
    List<String> java = PeerProcess.javaCommand(OneClientWorker.class, model);
    Spawn worker = Spawn.command(java.toArray(String[]::new));
    return SocketServer.start(
        listener, ServerModel.preForked(worker, workers), (what, cause) -> {});
  }

  private static Listener listener() throws IOException {
    return Listener.bind(SocketAddress.inet("127.0.0.1", 0));
  }

  private static void converse(Socket client, String text) throws IOException {
    client.write(bytes(text));
    assertEquals(text, Bytes.text(client));
  }

  @Test
  void aServerCountsTheConnectionsOfItsWorkers() throws Exception {
    try (SocketServer server = start(listener(), 1, "pool")) {
      try (Socket first = Socket.connect(server.localAddress())) {
        converse(first, "hello");
        Eventually.await("it is active", () -> server.accepted() == 1 && server.active() == 1);

        assertFalse(isServed(server.localAddress()));
        Eventually.await("it is refused", () -> server.accepted() == 2 && server.refused() == 1);
        assertEquals(1, server.active());

        first.set(SocketOption.SO_LINGER, new Linger(true, 0)); // its close is a reset
      }
      Eventually.await("it has failed", () -> server.failed() == 1 && server.active() == 0);
      assertEquals(2, server.accepted());
    }
  }

  private static boolean isServed(SocketAddress address) throws IOException {
    try (Socket socket = Socket.connect(address)) {
      return Conversation.isServed(socket, "hello");
    }
  }

  @Test
  void aWorkerThatIsKilledTakesItsActiveConnectionsWithItAndLeavesItsOtherCounts()
      throws Exception {
    try (SocketServer server = start(listener(), 1, "pool");
        Socket cut = Socket.connect(server.localAddress())) {
      converse(cut, "hello");
      Eventually.await("it is active", () -> server.active() == 1);

      ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);

      Eventually.await("it is active no more", () -> server.active() == 0);
      Eventually.await("the worker has failed", () -> server.failed() == 1);
      assertEquals("again", exchange(server.localAddress(), "again"));
      Eventually.await("both are counted", () -> server.accepted() == 2);
      Eventually.await("all are done", () -> server.active() == 0);
    }
  }

  /** The last report comes before the end. */
  @Test
  void aServerThatHasStoppedHasAllCountsOfItsWorkers() throws Exception {
    SocketServer server = start(listener(), 1, "pool");
    int served = 0;
    while (served < 20) {
      served += isServed(server.localAddress()) ? 1 : 0;
    }

    assertTrue(server.close(Duration.ofSeconds(30)));

    assertEquals(served, server.accepted() - server.refused());
  }

  @Test
  void aProcessThatNobodyStartedAsAWorkerIsNone() {
    ServerModel model = ServerModel.serial(Conversation::echo);

    IllegalStateException e = assertThrows(IllegalStateException.class, () -> Worker.start(model));

    assertTrue(e.toString().contains("POSIXIPC_WORKER"), e::toString);
  }

  /** More reports than a socket holds, and nobody who reads them; they are lost with the server. */
  @Test
  void aServerThatIsStoppedBySigstopStopsNoWorkerAndWhenItIsKilledTheyEnd() throws Exception {
    List<ProcessHandle> workers = List.of();
    try (ExampleServer server = ExampleServer.start(EchoServer.class, "workers")) {
      assertEquals("hello", exchange(server.address(), "hello"));
      workers = server.handle().children().toList();
      Spawn.command("kill", "-STOP", "" + server.handle().pid()).start().waitFor().orThrow();

      for (int i = 0; i < 2000; i++) {
        assertEquals("hello", exchange(server.address(), "hello"));
      }

      server.kill();
      server.rest(); // its end of file: what it says to is their standard output too
    } finally {
      workers.forEach(ProcessHandle::destroyForcibly);
    }
  }

  /** A server with two of them, which says when it is ready as the examples do. */
  static final class TwoWorkers {
    public static void main(String[] arguments) throws IOException {
      System.out.println("ready " + start(listener(), 2, arguments[0]).localAddress());
    }
  }

  /** A connection that is served: two of them are with two workers. */
  private static Socket connectUntilServed(SocketAddress address) throws IOException {
    while (true) {
      Socket socket = Socket.connect(address);
      if (isAnswered(socket)) {
        return socket;
      }
      socket.close();
    }
  }

  private static boolean isAnswered(Socket socket) throws IOException {
    try {
      socket.write(bytes("begun"));
      return Bytes.text(socket).equals("begun");
    } catch (PosixException e) {
      assertTrue(e.is(Errno.EPIPE) || e.is(Errno.ECONNRESET), e::toString);
      return false;
    }
  }

  /** Had one the line of the other, that one wouldn't notice while this has a connection. */
  @ParameterizedTest
  @ValueSource(strings = {"pool", "virtual"})
  void workersFinishTheirConnectionsAndEndWhenTheirServerIsKilled(String model) throws Exception {
    assumeTrue(
        !model.equals("virtual") || Runtime.version().feature() >= 21,
        "virtual threads came with JDK 21");
    List<ProcessHandle> workers = List.of();
    try (ExampleServer server = ExampleServer.start(TwoWorkers.class, model);
        Socket first = connectUntilServed(server.address());
        Socket second = connectUntilServed(server.address())) {
      workers = server.handle().children().toList();

      server.kill();

      Eventually.await("nobody accepts", () -> isRefused(server.address()));
      assertEquals("first", exchange(first, "first"));
      assertEquals("second", exchange(second, "second"));
      server.rest(); // its end of file: what it says to is their standard output too
    } finally {
      workers.forEach(ProcessHandle::destroyForcibly);
    }
  }

  private static boolean isRefused(SocketAddress address) throws IOException {
    try (Socket socket = Socket.connect(address)) {
      return !socket.isOpen();
    } catch (PosixException e) {
      if (e.is(Errno.ECONNRESET)) {
        return false; // it was in the backlog, which was thrown away before connect(2) returned
      }
      assertEquals(Errno.ECONNREFUSED, e.errno());
      return true;
    }
  }
}
