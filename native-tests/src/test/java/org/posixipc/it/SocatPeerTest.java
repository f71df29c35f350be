package org.posixipc.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posixipc.Listener;
import org.posixipc.Socket;
import org.posixipc.SocketAddress;
import org.posixipc.fixture.Background;
import org.posixipc.fixture.Bytes;

/** Streams between this library and socat, over each kind of address. */
class SocatPeerTest {
  private static final int SIZE = 1_000_003;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void aFileThatSocatSendsArrivesUnchanged(Place place) throws Exception {
    byte[] sent = Bytes.noise(SIZE);
    Path file = Files.write(folder.resolve("file"), sent);
    try (Listener listener = Listener.bind(place.address(folder));
        PeerProcess socat =
            PeerProcess.start("socat", "-u", "OPEN:" + file, client(listener.localAddress()));
        Socket socket = listener.accept()) {
      ByteBuffer all = ByteBuffer.allocate(SIZE + 1);

      Bytes.fill(socket, all);

      assertArrayEquals(sent, Arrays.copyOf(all.array(), all.position()));
      assertEquals(0, socat.exitCode());
    }
  }

  @ParameterizedTest
  @EnumSource
  void socatGivesBackWhatItGets(Place place) throws Exception {
    SocketAddress asked = place.address(folder);
    // A pipe that poll(2) calls writable has room for a page, and more would make socat wait.
    try (PeerProcess socat =
        PeerProcess.start("socat", "-dd", "-b", "4096", server(asked), "PIPE")) {
      String ready = socat.awaitLineWith("listening on");
      try (Socket socket = Socket.connect(Place.withPort(asked, ready));
          Background<Integer> sender =
              Background.start(() -> socket.write(ByteBuffer.wrap(Bytes.noise(SIZE))))) {
        ByteBuffer all = ByteBuffer.allocate(SIZE);

        Bytes.fill(socket, all);

        assertEquals(SIZE, sender.result());
        assertArrayEquals(Bytes.noise(SIZE), all.array());
      }
    }
  }

  private static String client(SocketAddress address) {
    String text = address.toString();
    return switch (address.family()) {
      case UNIX -> unix("CONNECT", text);
      case INET4 -> "TCP4:" + text;
      case INET6 -> "TCP6:" + text;
    };
  }

  private static String server(SocketAddress address) {
    return switch (address.family()) {
      case UNIX -> unix("LISTEN", address.toString());
      case INET4 -> "TCP4-LISTEN:0,bind=127.0.0.1";
      case INET6 -> "TCP6-LISTEN:0,bind=[::1]";
    };
  }

  private static String unix(String verb, String text) {
    String name = text.substring("unix:".length());
    return name.startsWith("@")
        ? "ABSTRACT-" + verb + ":" + name.substring(1)
        : "UNIX-" + verb + ":" + name;
  }
}
