package org.posixipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posixipc.fixture.Bytes.bytes;
import static org.posixipc.fixture.Bytes.text;
import static org.posixipc.fixture.Failures.assertFails;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posixipc.fixture.Background;
import org.posixipc.fixture.DescriptorLimit;
import org.posixipc.fixture.Descriptors;
import org.posixipc.fixture.KernelCall;
import org.posixipc.fixture.Place;
import org.posixipc.fixture.ThreadKind;

/** Listening, accepting, and staying good when a connection is not. */
class ListenerTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void whoConnectsIsAcceptedAndBothKnowWhereTheyAre(Place place) throws IOException {
    try (Listener listener = Listener.bind(place.fresh(folder));
        Socket client = Socket.connect(listener.localAddress());
        Socket server = listener.accept()) {
      client.write(bytes("from the client"));
      server.write(bytes("from the server"));

      assertEquals("from the client", text(server));
      assertEquals("from the server", text(client));
      assertEquals(listener.localAddress(), client.remoteAddress());
      assertEquals(listener.localAddress(), server.localAddress());
      assertEquals(client.localAddress(), server.remoteAddress());
      assertEquals(client.family(), server.family());
      assertEquals(SocketType.STREAM, server.type());
    }
  }

  @Test
  void everythingIsCloseOnExec() throws IOException {
    try (Listener listener = Listener.bind(Place.UNIX_ABSTRACT.fresh(folder));
        Socket client = Socket.connect(listener.localAddress());
        Socket server = listener.accept();
        SocketPair pair = SocketPair.open()) {
      for (FileDescriptor descriptor :
          List.of(
              listener.descriptor(),
              client.descriptor(),
              server.descriptor(),
              pair.first().descriptor(),
              pair.second().descriptor())) {
        assertTrue(Descriptors.closeOnExec(descriptor.number()), descriptor.toString());
      }
    }
  }

  @Test
  void seqpacketConnectionsKeepMessagesApart() throws IOException {
    SocketAddress address = Place.UNIX_PATH.fresh(folder);
    try (Listener listener = Binding.to(address).type(SocketType.SEQPACKET).listen();
        Socket client = Socket.connect(SocketType.SEQPACKET, address);
        Socket server = listener.accept()) {
      client.write(bytes("one"));
      client.write(bytes("two"));
      client.close();

      assertEquals("one", text(server));
      assertEquals("two", text(server));
      assertEquals(-1, server.read(ByteBuffer.allocate(1)));
      assertEquals(SocketType.SEQPACKET, server.type());
    }
  }

  @Test
  void acceptWaitsForAConnection() throws Exception {
    try (Listener listener = Listener.bind(Place.IPV4.fresh(folder));
        Background<Socket> accepting = Background.start(listener::accept)) {
      accepting.awaitIn(KernelCall.ACCEPT);

      try (Socket client = Socket.connect(listener.localAddress());
          Socket server = accepting.result()) {
        assertEquals(client.localAddress(), server.remoteAddress());
      }
    }
  }

  @Test
  void aNonBlockingListenerThatNobodyConnectsToIsEagain() throws IOException {
    try (Listener listener = Listener.bind(Place.IPV4.fresh(folder))) {
      listener.descriptor().nonBlocking(true);

      assertFails(Errno.EAGAIN, "accept", listener.localAddress(), listener::accept);
      Socket.connect(listener.localAddress()).close();
      try (Socket accepted = listener.accept()) {
        assertFalse(accepted.descriptor().isNonBlocking());
      }
    }
  }

  @Test
  void acceptGivesUpWithEagainWhenItsTimeIsOver() throws IOException {
    Duration limit = Duration.ofMillis(30);
    try (Listener listener = Listener.bind(Place.UNIX_PATH.fresh(folder))) {
      listener.set(SocketOption.SO_RCVTIMEO, limit);
      long start = System.nanoTime();

      assertFails(Errno.EAGAIN, "accept", listener.localAddress(), listener::accept);

      assertTrue(System.nanoTime() - start >= limit.toNanos());
    }
  }

  @Test
  void acceptOutlivesEmfileAndTheConnectionWaitsOn() throws Throwable {
    try (Listener listener = Listener.bind(Place.UNIX_PATH.fresh(folder));
        Socket client = Socket.connect(listener.localAddress())) {
      listener.descriptor().nonBlocking(true);
      client.write(bytes("patient"));

      DescriptorLimit.leaving(
          0, () -> assertFails(Errno.EMFILE, "accept", listener.localAddress(), listener::accept));

      try (Socket server = listener.accept()) {
        assertEquals("patient", text(server));
      }
    }
  }

  @Test
  void acceptOutlivesAConnectionThatWasResetBefore() throws IOException {
    try (Listener listener = Listener.bind(Place.IPV4.fresh(folder))) {
      try (Socket client = Socket.connect(listener.localAddress())) {
        client.set(SocketOption.SO_LINGER, new Linger(true, 0));
      }

      try (Socket server = listener.accept()) {
        assertFails(
            Errno.ECONNRESET,
            "read",
            server.descriptor(),
            () -> server.read(ByteBuffer.allocate(1)));
      }
      Socket.connect(listener.localAddress()).close();
      listener.accept().close();
    }
  }

  @Test
  void aListenerTellsItsAddressAlsoWhenItIsClosed() throws IOException {
    Listener listener = Listener.bind(SocketAddress.inet("127.0.0.1", 0), 1);
    listener.close();
    listener.close();

    SocketAddress.Inet4 address = (SocketAddress.Inet4) listener.localAddress();
    assertTrue(address.port() > 0);
    assertEquals(
        "listener(" + address + ", fd " + listener.descriptor().number() + ")",
        listener.toString());
    assertEquals(Optional.empty(), listener.name());
  }

  @Test
  void adoptTakesWhatListensAndRefusesTheRest() throws IOException {
    try (Listener listener = Listener.bind(Place.UNIX_ABSTRACT.fresh(folder));
        Socket socket = Socket.open(AddressFamily.INET4, SocketType.STREAM);
        Pipe pipe = Pipe.open()) {
      int number = listener.descriptor().duplicate().release();
      try (Listener adopted = Listener.adopt(number)) {
        assertEquals(listener.localAddress(), adopted.localAddress());
      }

      int deaf = socket.descriptor().number();
      assertEquals(
          "socket(INET4, STREAM, fd " + deaf + ") doesn't listen",
          assertThrows(IllegalArgumentException.class, () -> Listener.adopt(deaf)).getMessage());
      int noSocket = pipe.readEnd().number();
      assertFails(
          Errno.ENOTSOCK,
          "getsockopt",
          "SO_TYPE of fd " + noSocket,
          () -> Listener.adopt(noSocket));
      assertTrue(Descriptors.isOpen(deaf), "the number stays its owner's");
      assertTrue(Descriptors.isOpen(noSocket));
    }
  }

  @Test
  void optionsAreSetBeforeBind() throws IOException {
    SocketAddress address = SocketAddress.inet("127.0.0.1", 0);
    try (Listener first = Binding.to(address).set(SocketOption.SO_REUSEPORT, true).listen();
        Listener second =
            Binding.to(first.localAddress()).set(SocketOption.SO_REUSEPORT, true).listen()) {
      assertEquals(first.localAddress(), second.localAddress());
      assertTrue(second.get(SocketOption.SO_REUSEADDR), "and the default stays");
    }
  }

  @Test
  void anUnnamedAddressLetsTheKernelPickAName() throws IOException {
    try (Listener listener = Listener.bind(new SocketAddress.UnixUnnamed());
        Socket client = Socket.connect(listener.localAddress())) {
      assertTrue(listener.localAddress() instanceof SocketAddress.UnixAbstract);
      assertEquals(new SocketAddress.UnixUnnamed(), client.localAddress());
      listener.accept().close();
    }
  }

  /** As one has it who saw a connection that another process then took. */
  @ParameterizedTest
  @EnumSource
  void whoHasTheTurnAndWaitsHoldsUpNoDeadlineAndNoInterrupt(ThreadKind kind) throws Exception {
    kind.assumeExists();
    Lock turn = new ReentrantLock();
    turn.lock();
    try (Listener listener = Listener.bind(Place.IPV4.fresh(folder))) {
      Connections.Listening listening =
          new Connections.Listening(listener.descriptor(), listener, listener, turn);
      try (Background<Object> soon = accepting(kind, listening, Duration.ofMillis(20));
          Background<Object> late = accepting(kind, listening, Waits.LONG)) {
        assertThrows(CallTimeoutException.class, soon::result);
        late.awaitIn(KernelCall.FUTEX);

        late.interrupt();

        assertThrows(ClosedByInterruptException.class, late::result);
      }
      assertFalse(listener.isOpen());
    } finally {
      turn.unlock();
    }
  }

  private static Background<Object> accepting(
      ThreadKind kind, Connections.Listening listening, Duration timeout) {
    return Background.start(kind, () -> Connections.accept(listening, Deadline.after(timeout)));
  }
}
