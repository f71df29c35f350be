package org.posixipc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.posixipc.fixture.Bytes.bytes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import jnr.ffi.Platform;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posixipc.Binding;
import org.posixipc.Listener;
import org.posixipc.Message;
import org.posixipc.Socket;
import org.posixipc.SocketAddress;
import org.posixipc.SocketType;
import org.posixipc.fixture.Bytes;

/** Messages between this library and C: as many as were sent, each as long as it was. */
class MessagePeerTest {
  private static final int ROOM = 1 << 16;

  /** How many messages message_peer sends before its last. */
  private static final int COUNT = 6;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void aCClientGetsItsDatagramsBackByTheirSource(Place place) throws Exception {
    try (Socket socket = Socket.bind(SocketType.DGRAM, place.address(folder));
        PeerProcess client =
            PeerProcess.c(
                "message_peer",
                "send",
                "dgram",
                place.address(folder).toString(),
                socket.localAddress().toString())) {
      int count = echo(socket);

      assertEquals(COUNT, count);
      client.succeed();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCServerGivesDatagramsBackToTheirSource(Place place) throws Exception {
    SocketAddress asked = place.address(folder);
    try (PeerProcess server = PeerProcess.c("message_peer", "echo", "dgram", asked.toString());
        Socket socket = Socket.bind(SocketType.DGRAM, place.address(folder))) {
      SocketAddress address = Place.withPort(asked, server.awaitLine("ready"));

      for (int size : new int[] {0, 1, 1472, 60_000}) {
        byte[] sent = Bytes.noise(size);
        socket.sendTo(ByteBuffer.wrap(sent), address);
        ByteBuffer dst = ByteBuffer.allocate(ROOM);
        try (Message message = socket.receiveFrom(dst)) {
          assertEquals(size, message.count());
          assertEquals(address, message.source().orElseThrow());
        }
        assertEquals(ByteBuffer.wrap(sent), dst.flip());
      }

      socket.sendTo(bytes("end"), address);
      assertEquals("4", server.succeed());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"UNIX_PATH", "UNIX_ABSTRACT"})
  void aCClientGetsItsRecordsBackOverSeqpacket(Place place) throws Exception {
    requireSeqpacket();
    SocketAddress asked = place.address(folder);
    try (Listener listener = Binding.to(asked).type(SocketType.SEQPACKET).listen();
        PeerProcess client =
            PeerProcess.c("message_peer", "send", "seqpacket", "-", asked.toString());
        Socket socket = listener.accept()) {
      int count = echo(socket);

      assertEquals(COUNT, count);
      client.succeed();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"UNIX_PATH", "UNIX_ABSTRACT"})
  void aCServerGivesRecordsBackOverSeqpacket(Place place) throws Exception {
    requireSeqpacket();
    SocketAddress address = place.address(folder);
    try (PeerProcess server =
        PeerProcess.c("message_peer", "echo", "seqpacket", address.toString())) {
      server.awaitLine("ready");
      try (Socket socket = Socket.connect(SocketType.SEQPACKET, address)) {
        ByteBuffer[] parts = {bytes("one "), Bytes.direct("record "), bytes("of parts")};
        ByteBuffer dst = ByteBuffer.allocateDirect(ROOM);

        socket.write(parts);
        socket.write(bytes("the next"));

        assertEquals(19, socket.read(dst));
        assertEquals("one record of parts", Bytes.text(dst.flip()));
        assertEquals("the next", Bytes.text(socket));
        socket.write(bytes("end"));
        assertEquals("2", server.succeed());
      }
    }
  }

  /** Gives each message back to whoever sent it, until one says "end"; returns how many. */
  private static int echo(Socket socket) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(ROOM);
    for (int count = 0; ; count++) {
      try (Message message = socket.receiveFrom(buffer.clear())) {
        if (buffer.flip().equals(bytes("end"))) {
          return count;
        }
        if (message.source().isPresent()) {
          socket.sendTo(buffer, message.source().get());
        } else {
          socket.send(buffer);
        }
      }
    }
  }

  private static void requireSeqpacket() {
    assumeTrue(
        Platform.getNativePlatform().getOS() == Platform.OS.LINUX,
        "Linux has SOCK_SEQPACKET for Unix sockets, macOS doesn't");
  }
}
