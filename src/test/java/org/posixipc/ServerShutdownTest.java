package org.posixipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posixipc.fixture.Bytes.bytes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posixipc.fixture.ThreadKind;

/**
 * A server on an executor, which accepts in one task and reads in one for each connection, ends
 * when the executor does. Its platform threads read with a deadline, its virtual ones as they like.
 */
class ServerShutdownTest {
  private static final int CLIENTS = 10;

  private final CountDownLatch served = new CountDownLatch(CLIENTS);
  private final Queue<Future<?>> serving = new ConcurrentLinkedQueue<>();

  @ParameterizedTest
  @EnumSource
  void shutdownNowEndsAllThatWait(ThreadKind kind) throws Exception {
    kind.assumeExists();
    ExecutorService executor = kind.executor();
    List<Socket> clients = new ArrayList<>();
    try (Listener listener = Listener.bind(SocketAddress.inet("127.0.0.1", 0))) {
      Future<?> accepting = executor.submit(() -> accept(listener, executor, kind));
      for (int i = 0; i < CLIENTS; i++) {
        Socket client = Socket.connect(listener.localAddress());
        clients.add(client);
        client.write(bytes("x"));
      }
      served.await();

      executor.shutdownNow();

      assertTrue(executor.awaitTermination(20, TimeUnit.SECONDS));
      assertFalse(listener.isOpen());
      assertClosedByInterrupt(accepting);
      assertEquals(CLIENTS, serving.size());
      serving.forEach(ServerShutdownTest::assertClosedByInterrupt);
      for (Socket client : clients) {
        assertSeesTheEnd(client);
        client.close();
      }
    }
  }

  private static void assertClosedByInterrupt(Future<?> task) {
    ExecutionException e = assertThrows(ExecutionException.class, task::get);
    assertInstanceOf(ClosedByInterruptException.class, e.getCause());
  }

  private Void accept(Listener listener, ExecutorService executor, ThreadKind kind)
      throws IOException {
    while (true) {
      Socket socket = listener.accept();
      serving.add(executor.submit(() -> serve(socket, kind)));
    }
  }

  private Void serve(Socket socket, ThreadKind kind) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(10);
    try (socket) {
      while (read(socket, buffer.clear(), kind) > 0) {
        socket.write(buffer.flip());
        served.countDown();
      }
    }
    return null;
  }

  private static int read(Socket socket, ByteBuffer dst, ThreadKind kind) throws IOException {
    return kind == ThreadKind.VIRTUAL ? socket.read(dst) : socket.read(dst, Waits.LONG);
  }

  private static void assertSeesTheEnd(Socket client) throws IOException {
    ByteBuffer dst = ByteBuffer.allocate(10);
    while (client.read(dst.clear(), Waits.LONG) >= 0) {
      // The echo.
    }
  }
}
