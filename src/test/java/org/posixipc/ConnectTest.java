package org.posixipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posixipc.fixture.Bytes.bytes;
import static org.posixipc.fixture.Bytes.text;
import static org.posixipc.fixture.Failures.assertFails;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posixipc.fixture.Background;
import org.posixipc.fixture.FullBacklog;
import org.posixipc.fixture.Interruption;
import org.posixipc.fixture.KernelCall;
import org.posixipc.fixture.Place;

/** Connecting: at once, later, interrupted, or not at all. */
class ConnectTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir Path folder;

  @Test
  void aNonBlockingSocketConnectsLaterAndSaysWhen() throws IOException {
    try (Listener listener = Listener.bind(SocketAddress.inet("::1", 0));
        Socket client = nonBlocking(listener.localAddress())) {
      assertFalse(client.connectTo(listener.localAddress()));

      awaitWritable(client);
      assertTrue(client.finishConnect());
      assertTrue(client.finishConnect(), "and it stays so");
      assertEquals(listener.localAddress(), client.remoteAddress());
    }
  }

  @Test
  void aNonBlockingSocketThatIsRefusedStaysRefused() throws IOException {
    SocketAddress nobody = nobodysPort();
    try (Socket client = nonBlocking(nobody)) {
      assertFalse(client.connectTo(nobody));

      awaitWritable(client);
      assertFails(Errno.ECONNREFUSED, "connect", client.descriptor(), client::finishConnect);
      assertFails(Errno.ENOTCONN, "getpeername", client.descriptor(), client::finishConnect);
    }
  }

  @Test
  void aSocketThatNeverBeganToConnectIsNotConnected() throws IOException {
    try (Socket tcp = Socket.open(AddressFamily.INET4, SocketType.STREAM);
        Socket unix = Socket.open(AddressFamily.UNIX, SocketType.STREAM)) {
      assertFails(Errno.ENOTCONN, "getpeername", tcp.descriptor(), tcp::finishConnect);
      assertFails(Errno.ENOTCONN, "getpeername", unix.descriptor(), unix::finishConnect);
    }
  }

  @Test
  void connectingGoesOnWhileThePeerDoesNotAnswer() throws IOException {
    try (FullBacklog full = FullBacklog.tcp();
        Socket client = nonBlocking(full.address())) {
      assertFalse(client.connectTo(full.address()));

      assertFalse(client.finishConnect());
      assertFails(
          Errno.EALREADY, "connect", full.address(), () -> client.connectTo(full.address()));
    }
  }

  @Test
  void aNonBlockingUnixSocketFindsAFullBacklogWithEagain() throws IOException {
    SocketAddress address = Place.UNIX_PATH.fresh(folder);
    try (Listener listener = Listener.bind(address, 0);
        Socket first = Socket.connect(address);
        Socket second = nonBlocking(address)) {
      assertFails(Errno.EAGAIN, "connect", address, () -> second.connectTo(address));

      listener.accept().close();
      assertTrue(second.connectTo(address));
      assertTrue(second.finishConnect());
      assertTrue(first.isOpen());
    }
  }

  @Test
  void aBlockingUnixSocketWaitsForTheBacklogAlsoWhenInterrupted() throws Exception {
    Interruption.prepare();
    SocketAddress address = Place.UNIX_PATH.fresh(folder);
    CompletableFuture<Long> thread = new CompletableFuture<>();
    try (Listener listener = Listener.bind(address, 0);
        Socket first = Socket.connect(address);
        Background<Socket> connecting =
            Background.start(
                () -> {
                  thread.complete(Interruption.thread());
                  return Socket.connect(address);
                })) {
      connecting.awaitIn(KernelCall.CONNECT);
      Interruption.send(thread.get());
      connecting.awaitIn(KernelCall.CONNECT);

      listener.accept().close();

      try (Socket second = connecting.result();
          Socket server = listener.accept()) {
        second.write(bytes("still connected"));
        assertEquals("still connected", text(server));
        assertEquals(-1, first.read(ByteBuffer.allocate(1)));
      }
    }
  }

  @Test
  void anInterruptedTcpConnectGoesOnAndIsWaitedFor() throws Exception {
    Interruption.prepare();
    CompletableFuture<Long> thread = new CompletableFuture<>();
    try (FullBacklog full = FullBacklog.tcp();
        Background<Socket> connecting =
            Background.start(
                () -> {
                  thread.complete(Interruption.thread());
                  return Socket.connect(full.address());
                })) {
      connecting.awaitIn(KernelCall.CONNECT);
      Interruption.send(thread.get());
      connecting.awaitIn(KernelCall.POLL);

      full.makeRoom();

      try (Socket client = connecting.result()) {
        assertEquals(full.address(), client.remoteAddress());
      }
    }
  }

  @Test
  void aPeerThatNeverAnswersIsEtimedout() throws IOException {
    try (FullBacklog full = FullBacklog.tcp();
        Socket client = Socket.open(AddressFamily.INET4, SocketType.STREAM)) {
      client.set(SocketOption.TCP_USER_TIMEOUT, Duration.ofMillis(50));

      assertFails(
          Errno.ETIMEDOUT, "connect", full.address(), () -> client.connectTo(full.address()));
    }
  }

  @Test
  void aDatagramSocketMayBeConnectedAnew() throws IOException {
    try (Socket one = Socket.bind(SocketType.DGRAM, Place.UNIX_PATH.fresh(folder));
        Socket two = Socket.bind(SocketType.DGRAM, Place.UNIX_PATH.fresh(folder));
        Socket sender = Socket.connect(SocketType.DGRAM, one.localAddress())) {
      sender.write(bytes("to one"));
      assertTrue(sender.connectTo(two.localAddress()));
      sender.write(bytes("to two"));

      assertEquals("to one", text(one));
      assertEquals("to two", text(two));
    }
  }

  @Test
  void aFailedConnectLeavesNothingOpen() throws IOException {
    try (Pipe probe = Pipe.open()) {
      int free = probe.writeEnd().number();
      probe.writeEnd().close();

      assertFails(
          Errno.ENOENT,
          "connect",
          SocketAddress.unix(folder.resolve("none")),
          () -> Socket.connect(SocketAddress.unix(folder.resolve("none"))));

      try (Socket next = Socket.open(AddressFamily.UNIX, SocketType.STREAM)) {
        assertEquals(free, next.descriptor().number());
      }
    }
  }

  private static Socket nonBlocking(SocketAddress address) throws IOException {
    Socket socket = Socket.open(address.family(), SocketType.STREAM);
    socket.descriptor().nonBlocking(true);
    return socket;
  }

  private static void awaitWritable(Socket socket) throws IOException {
    Poll poll = new Poll().add(socket.descriptor(), Poll.Event.WRITABLE);
    assertFalse(poll.await(LONG).isEmpty());
  }

  private static SocketAddress nobodysPort() throws IOException {
    try (Listener gone = Listener.bind(SocketAddress.inet("127.0.0.1", 0))) {
      return gone.localAddress();
    }
  }
}
