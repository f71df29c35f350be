package org.posixipc.it;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.posixipc.PosixException;
import org.posixipc.Socket;
import org.posixipc.SocketAddress;
import org.posixipc.SocketOption;
import org.posixipc.fixture.Descriptors;

/**
 * What a JVM does on a host of {@link TwoHosts}: {@code send HOST PORT COUNT} sends bytes and says
 * their count and hash; {@code write HOST PORT} writes, and {@code read HOST PORT} reads, until
 * there is an error, and says which and what is still open.
 */
final class HostProgram {
  private static final int PIECE = 1 << 16;

  private HostProgram() {}

  public static void main(String[] arguments) throws IOException {
    SocketAddress address = SocketAddress.inet(arguments[1], Integer.parseInt(arguments[2]));
    switch (arguments[0]) {
      case "send" -> send(address, Long.parseLong(arguments[3]));
      case "write" -> untilCut(address, HostProgram::write);
      case "read" -> untilCut(address, HostProgram::read);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void send(SocketAddress address, long count) throws IOException {
    PeerBytes sum = new PeerBytes();
    ByteBuffer direct = ByteBuffer.allocateDirect(PIECE);
    try (Socket socket = Socket.connect(address)) {
      for (long sent = 0; sent < count; sent += direct.limit()) {
        int size = (int) Math.min(PIECE, count - sent);
        direct.clear().put(PeerBytes.bytes(sent, size)).flip();
        sum.add(direct);
        while (direct.hasRemaining()) {
          socket.write(direct);
        }
      }
    }
    System.out.println("ok " + count + " " + sum.hash());
  }

  private interface Use {
    void of(Socket socket) throws IOException;
  }

  private static void untilCut(SocketAddress address, Use use) throws IOException {
    Socket.connect(address).close(); // what a first connection loads stays open
    Set<Integer> before = Descriptors.open().keySet();
    try (Socket socket = Socket.connect(address)) {
      use.of(socket);
    } catch (PosixException e) {
      Set<Integer> left = new TreeSet<>(Descriptors.open().keySet());
      left.removeAll(before);
      System.out.println("ok " + e.errno().name() + " in " + e.call() + ", left open: " + left);
    }
  }

  /** Unacknowledged bytes end the connection after two seconds. */
  private static void write(Socket socket) throws IOException {
    socket.set(SocketOption.TCP_USER_TIMEOUT, Duration.ofSeconds(2));
    ByteBuffer direct = ByteBuffer.allocateDirect(PIECE);
    for (int i = 0; ; i++) {
      socket.write(direct.clear());
      if (i == 100) {
        System.out.println("ready");
      }
    }
  }

  /** Who reads alone hears of a cut by keep-alive: a question each second, two unanswered. */
  private static void read(Socket socket) throws IOException {
    socket.set(SocketOption.SO_KEEPALIVE, true);
    socket.set(SocketOption.TCP_KEEPIDLE, Duration.ofSeconds(1));
    socket.set(SocketOption.TCP_KEEPINTVL, Duration.ofSeconds(1));
    socket.set(SocketOption.TCP_KEEPCNT, 2);
    System.out.println("ready");
    socket.read(ByteBuffer.allocateDirect(PIECE));
  }
}
