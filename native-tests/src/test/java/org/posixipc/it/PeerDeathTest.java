package org.posixipc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posixipc.fixture.Bytes.bytes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posixipc.FileDescriptor;
import org.posixipc.Listener;
import org.posixipc.OpenFlag;
import org.posixipc.Poll;
import org.posixipc.PosixException;
import org.posixipc.Socket;
import org.posixipc.fixture.Background;
import org.posixipc.fixture.KernelCall;

/** The process at the other end is killed, and this one lives on and is told so. */
class PeerDeathTest {
  private static final Set<Errno> GONE = EnumSet.of(Errno.EPIPE, Errno.ECONNRESET);

  @TempDir Path folder;

  /** A connection to a C process that has sent 100 bytes and reads nothing. */
  private record Connection(Listener listener, PeerProcess peer, Socket socket)
      implements AutoCloseable {
    static Connection open(Place place, Path folder) throws Exception {
      Listener listener = Listener.bind(place.address(folder));
      try {
        return open(listener);
      } catch (Throwable e) {
        try (listener) {
          throw e;
        }
      }
    }

    private static Connection open(Listener listener) throws Exception {
      String address = listener.localAddress().toString();
      PeerProcess peer = PeerProcess.c("stream_peer", "hold", address, "100");
      try {
        peer.awaitLine("ready");
        return new Connection(listener, peer, listener.accept());
      } catch (Throwable e) {
        try (peer) {
          throw e;
        }
      }
    }

    @Override
    public void close() throws Exception {
      try (listener;
          peer;
          socket) {
        // Each is closed, also if another fails.
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatAPeerSentBeforeItWasKilledIsReadAndThenEndOfFile(Place place) throws Exception {
    try (Connection connection = Connection.open(place, folder)) {
      connection.peer.kill();

      ByteBuffer dst = ByteBuffer.allocate(200);
      assertEquals(100, connection.socket.read(dst));
      assertEquals(ByteBuffer.wrap(PeerBytes.bytes(0, 100)), dst.flip());
      assertEquals(-1, connection.socket.read(dst.clear()));
      assertEquals(-1, connection.socket.read(dst.clear()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPeerKilledWithBytesUnreadResetsTheConnection(Place place) throws Exception {
    try (Connection connection = Connection.open(place, folder)) {
      connection.socket.read(ByteBuffer.allocate(100));
      connection.socket.write(bytes("never read"));
      connection.peer.kill();

      PosixException e =
          assertThrows(
              PosixException.class, () -> connection.socket.read(ByteBuffer.allocate(100)));

      assertEquals(
          "read(" + connection.socket.descriptor() + "): Connection reset by peer (ECONNRESET)",
          e.getMessage());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aReaderThatWaitsIsWokenByTheKillOfItsPeer(Place place) throws Exception {
    try (Connection connection = Connection.open(place, folder)) {
      connection.socket.read(ByteBuffer.allocate(100));
      try (Background<Integer> reader =
          Background.start(() -> connection.socket.read(ByteBuffer.allocate(1)))) {
        reader.awaitIn(KernelCall.READ);

        connection.peer.kill();

        assertEquals(-1, reader.result());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aWriterThatWaitsIsWokenByTheKillOfItsPeer(Place place) throws Exception {
    try (Connection connection = Connection.open(place, folder);
        Background<Void> writer = Background.start(() -> writeWithoutEnd(connection.socket))) {
      writer.awaitIn(KernelCall.WRITE);

      connection.peer.kill();

      assertGone(writer::result);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPollThatWaitsIsWokenByTheKillOfItsPeer(Place place) throws Exception {
    try (Connection connection = Connection.open(place, folder)) {
      connection.socket.read(ByteBuffer.allocate(100));
      FileDescriptor descriptor = connection.socket.descriptor();
      Poll poll = new Poll().add(descriptor, Poll.Event.READABLE, Poll.Event.PEER_SHUT_DOWN);
      try (Background<List<Poll.Ready>> waiting = Background.start(poll::await)) {
        waiting.awaitIn(KernelCall.POLL);

        connection.peer.kill();

        Set<Poll.Event> events = waiting.result().get(0).events();
        assertTrue(events.contains(Poll.Event.READABLE), events::toString);
        assertTrue(events.contains(Poll.Event.PEER_SHUT_DOWN), events::toString);
      }
    }
  }

  /** By Linux's default SIGPIPE would end this process. */
  @Test
  void noWayToWriteToAKilledPeerEndsThisProcess() throws Exception {
    try (Connection connection = Connection.open(Place.UNIX_PATH, folder);
        FileDescriptor file = FileDescriptor.open(folder, OpenFlag.READ_ONLY)) {
      Socket socket = connection.socket;
      connection.peer.kill();

      List<Executable> ways =
          List.of(
              () -> socket.write(bytes("x")),
              () -> socket.write(new ByteBuffer[] {bytes("x"), bytes("y")}),
              () -> socket.send(bytes("x")),
              () -> socket.send(bytes("x"), file));

      for (Executable way : ways) {
        assertEquals(Errno.EPIPE, assertThrows(PosixException.class, way).errno());
      }
    }
  }

  /** The first bytes to a host whose process is gone still go; its answer is the error. */
  @ParameterizedTest
  @EnumSource(names = {"INET4", "INET6"})
  void noWriteOverANetworkToAKilledPeerEndsThisProcess(Place place) throws Exception {
    try (Connection connection = Connection.open(place, folder)) {
      connection.peer.kill();

      assertGone(() -> writeWithoutEnd(connection.socket));
      PosixException e =
          assertThrows(PosixException.class, () -> connection.socket.send(bytes("x")));
      assertEquals(Errno.EPIPE, e.errno());
    }
  }

  private static void assertGone(Executable write) {
    PosixException e = assertThrows(PosixException.class, write);
    assertTrue(GONE.contains(e.errno()), e::getMessage);
  }

  private static Void writeWithoutEnd(Socket socket) throws IOException {
    ByteBuffer src = ByteBuffer.allocateDirect(1 << 16);
    while (true) {
      socket.write(src.clear());
    }
  }
}
