package org.posixipc.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posixipc.Listener;
import org.posixipc.PosixException;
import org.posixipc.Socket;
import org.posixipc.SocketAddress;
import org.posixipc.fixture.Background;
import org.posixipc.fixture.Bytes;

/** Streams between this library and C, over each kind of address. */
class StreamPeerTest {
  private static final int SIZE = 3_000_001;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void aCClientGetsBackWhatItSent(Place place) throws Exception {
    try (Listener listener = Listener.bind(place.address(folder));
        PeerProcess client = PeerProcess.c("stream_peer", "send", text(listener), "" + SIZE);
        Socket socket = listener.accept()) {
      ByteBuffer all = ByteBuffer.allocate(SIZE + 1);
      Bytes.fill(socket, all);
      socket.write(all.flip());
      socket.shutdownOutput();

      assertArrayEquals(PeerBytes.bytes(0, SIZE), Arrays.copyOf(all.array(), all.limit()));
      assertEquals("" + SIZE, client.succeed());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCServerGivesBackWhatItGot(Place place) throws Exception {
    SocketAddress asked = place.address(folder);
    try (PeerProcess server = PeerProcess.c("stream_peer", "echo", asked.toString());
        Socket socket = Socket.connect(Place.withPort(asked, server.awaitLine("ready")));
        Background<Integer> sender = Background.start(() -> sendAll(socket))) {
      ByteBuffer all = ByteBuffer.allocate(SIZE + 1);
      Bytes.fill(socket, all);

      assertArrayEquals(Bytes.noise(SIZE), Arrays.copyOf(all.array(), all.position()));
      assertEquals(SIZE, sender.result());
      assertEquals("" + SIZE, server.succeed());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCServerWhoseProcessEndedRefuses(Place place) throws Exception {
    SocketAddress asked = place.address(folder);
    SocketAddress address = addressOfEnded(asked);

    PosixException e = assertThrows(PosixException.class, () -> Socket.connect(address).close());

    assertEquals("connect(" + address + "): Connection refused (ECONNREFUSED)", e.getMessage());
  }

  private static SocketAddress addressOfEnded(SocketAddress asked) throws Exception {
    try (PeerProcess server = PeerProcess.c("stream_peer", "echo", asked.toString())) {
      return Place.withPort(asked, server.awaitLine("ready"));
    }
  }

  private static String text(Listener listener) {
    return listener.localAddress().toString();
  }

  private static int sendAll(Socket socket) throws Exception {
    ByteBuffer src = ByteBuffer.wrap(Bytes.noise(SIZE));
    while (src.hasRemaining()) {
      socket.write(src);
    }
    socket.shutdownOutput();
    return src.position();
  }
}
