package org.posixipc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posixipc.Listener;
import org.posixipc.Socket;
import org.posixipc.SocketAddress;
import org.posixipc.fixture.Background;
import org.posixipc.fixture.Conversation;
import org.posixipc.fixture.Eventually;
import org.posixipc.server.Overload;
import org.posixipc.server.ServerModel;
import org.posixipc.server.SocketServer;

/**
 * The memory of a server with a small pool while many clients come at once, in a process of its
 * own; {@code -Dposixipc.clients=5000} for the whole spike.
 */
@EnabledOnOs(OS.LINUX)
class SpikeMemoryTest {
  private static final int CLIENTS = Integer.getInteger("posixipc.clients", 500);
  private static final int THREADS = 16;
  private static final int QUEUE = 32;

  /**
   * Whatever the number of clients. About 10 KiB and 150 KiB are seen, for 500 as for 5000; a
   * connection that is kept takes some 200 bytes of heap, which is 90 KiB for the 450 more.
   */
  private static final long MOST_HEAP_GROWTH = 32 << 10;

  private static final long MOST_RESIDENT_GROWTH = 4 << 20;

  @TempDir Path folder;

  private final AtomicInteger connected = new AtomicInteger();

  /** {@code PoolServer OVERLOAD PATH}: serves, and for each line that it reads says how it is. */
  static final class PoolServer {
    public static void main(String[] arguments) throws IOException {
      ServerModel model =
          ServerModel.pool(Footprint::echo, THREADS, QUEUE, Overload.valueOf(arguments[0]));
      Listener listener = Listener.bind(SocketAddress.unix(Path.of(arguments[1])));
      try (SocketServer server = SocketServer.start(listener, model)) {
        System.out.println("ready");
        BufferedReader questions =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
          long heap = line.equals("gc") ? Footprint.heap() : 0;
          int threads = Footprint.threads();
          System.out.printf("is %d %d %d %d%n", server.active(), server.refused(), threads, heap);
        }
      }
    }
  }

  private record State(long active, long refused, long threads, long heap) {}

  private static State ask(PeerProcess server, String question) throws IOException {
    server.say(question);
    long[] numbers =
        Pattern.compile(" ")
            .splitAsStream(server.awaitLine("is"))
            .mapToLong(Long::parseLong)
            .toArray();
    return new State(numbers[0], numbers[1], numbers[2], numbers[3]);
  }

  /**
   * A heap that is there from the beginning leaves what is outside of it to grow. What a thread
   * takes of the heap ahead of its need counts as used: it is little here.
   */
  private PeerProcess start(Overload overload) throws IOException {
    List<String> java =
        new ArrayList<>(
            PeerProcess.javaCommand(PoolServer.class, overload.name(), path().toString()));
    java.addAll(java.indexOf("-cp"), List.of("-Xms48m", "-Xmx48m", "-XX:+AlwaysPreTouch"));
    java.addAll(java.indexOf("-cp"), List.of("-XX:TLABSize=4k", "-XX:-ResizeTLAB"));
    PeerProcess server = PeerProcess.start(java);
    server.awaitLine("ready");
    return server;
  }

  private Path path() {
    return folder.resolve("s");
  }

  /** VmHWM of proc(5): the most memory that the process has had so far. */
  private static long mostResident(PeerProcess server) throws IOException {
    Path status = Path.of("/proc/" + server.pid() + "/status");
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @EnumSource
  @Timeout(120)
  void tenTimesTheClientsTakeNoMoreMemoryAndNoMoreThreads(Overload overload, TestReporter report)
      throws Exception {
    try (PeerProcess server = start(overload)) {
      spike(server, overload, CLIENTS / 10); // what the first ones load is no client's
      State few = spike(server, overload, CLIENTS / 10);
      long residentWithFew = mostResident(server);
      State many = spike(server, overload, CLIENTS);
      long residentWithMany = mostResident(server);

      report.publishEntry("heap", few.heap + " to " + many.heap);
      report.publishEntry("resident", residentWithFew + " to " + residentWithMany);
      assertTrue(many.heap - few.heap < MOST_HEAP_GROWTH, few + " to " + many);
      assertTrue(many.threads <= few.threads, few + " to " + many);
      assertTrue(
          residentWithMany - residentWithFew < MOST_RESIDENT_GROWTH,
          residentWithFew + " to " + residentWithMany);
    }
  }

  /** The server at the peak: when its pool is full, and all others have come. */
  private State spike(PeerProcess server, Overload overload, int clients) throws Exception {
    State before = ask(server, "");
    List<Socket> first = new ArrayList<>();
    List<Background<Boolean>> others = new ArrayList<>();
    try {
      for (int i = 0; i < THREADS + QUEUE; i++) {
        first.add(Socket.connect(SocketAddress.unix(path())));
      }
      Eventually.await("the pool is full", () -> ask(server, "").active == THREADS + QUEUE);
      connected.set(0);
      for (int i = 0; i < clients; i++) {
        String text = "client " + i;
        others.add(Background.start(() -> isServed(text)));
      }
      int come = Math.min(clients, backlog());
      Eventually.await("all have come", () -> connected.get() >= come);
      if (overload == Overload.REFUSE) {
        Eventually.await(
            "all are refused", () -> ask(server, "").refused - before.refused == clients);
      }
      State peak = ask(server, "gc");

      for (Socket socket : first) {
        assertTrue(Conversation.isServed(socket, "first"));
      }
      int served = 0;
      for (Background<Boolean> other : others) {
        served += other.result() ? 1 : 0;
      }
      assertEquals(clients, served + ask(server, "").refused - before.refused);
      assertTrue(overload != Overload.REFUSE || served == 0);
      return peak;
    } finally {
      for (Socket socket : first) {
        socket.close();
      }
      for (Background<Boolean> other : others) {
        other.close();
      }
    }
  }

  private boolean isServed(String text) throws IOException {
    try (Socket socket = Socket.connect(SocketAddress.unix(path()))) {
      connected.incrementAndGet();
      return Conversation.isServed(socket, text);
    }
  }

  /** How many clients the kernel keeps for the server; more wait in connect(2). */
  private static int backlog() throws IOException {
    return Integer.parseInt(Files.readString(Path.of("/proc/sys/net/core/somaxconn")).strip());
  }
}
