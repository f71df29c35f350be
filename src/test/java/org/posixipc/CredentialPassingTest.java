package org.posixipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.posixipc.fixture.Bytes.bytes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posixipc.fixture.Failures;
import org.posixipc.fixture.Place;

/** Who is at the other end, as the kernel knows it. */
class CredentialPassingTest {
  @TempDir Path folder;
  private final ByteBuffer dst = ByteBuffer.allocate(16);
  private PeerCredentials self = new PeerCredentials(0, 0, 0);

  @BeforeEach
  void askTheFileSystemWhoWeAre() throws IOException {
    self =
        new PeerCredentials(
            (int) ProcessHandle.current().pid(),
            (int) Files.getAttribute(folder, "unix:uid"),
            (int) Files.getAttribute(folder, "unix:gid"));
  }

  @ParameterizedTest
  @EnumSource
  void thePeerOfAPairIsTheProcessThatMadeIt(SocketType type) throws IOException {
    try (SocketPair pair = SocketPair.open(type)) {
      assertEquals(self, pair.first().peerCredentials());
      assertEquals(self, pair.second().peerCredentials());
    }
  }

  @Test
  void bothEndsOfAConnectionKnowEachOther() throws IOException {
    try (Listener listener = Listener.bind(Place.UNIX_PATH.fresh(folder));
        Socket client = Socket.connect(listener.localAddress());
        Socket server = listener.accept()) {
      assertEquals(self, client.peerCredentials());
      assertEquals(self, server.peerCredentials());
    }
  }

  @Test
  void aUnixSocketWithoutAPeerHasNobodyThereAndAnotherIsNotAsked() throws IOException {
    try (Socket alone = Socket.open(AddressFamily.UNIX, SocketType.STREAM);
        Socket inet = Socket.open(AddressFamily.INET4, SocketType.STREAM)) {
      assertEquals(new PeerCredentials(0, -1, -1), alone.peerCredentials());
      assertEquals(
          "a Unix socket alone knows its peer, this is INET4",
          assertThrows(IllegalStateException.class, inet::peerCredentials).getMessage());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aReceiverThatAsksIsToldWhoSends(SocketType type) throws IOException {
    try (SocketPair pair = SocketPair.open(type);
        Pipe pipe = Pipe.open()) {
      pair.second().set(SocketOption.SO_PASSCRED, true);
      pair.first().write(bytes("x"));
      pair.first().send(bytes("y"), pipe.readEnd(), pipe.writeEnd());

      try (Message plain = pair.second().receive(dst.limit(1), 0);
          Message full = pair.second().receive(dst.clear(), 2)) {
        assertEquals(Optional.of(self), plain.credentials());
        assertEquals(Optional.of(self), full.credentials());
        assertEquals(2, full.descriptorCount());
      }
    }
  }

  @Test
  void credentialsAndTheMostDescriptorsFitTogether() throws IOException {
    try (SocketPair pair = SocketPair.open();
        Pipe pipe = Pipe.open()) {
      pair.second().set(SocketOption.SO_PASSCRED, true);
      FileDescriptor[] most = new FileDescriptor[253];
      Arrays.fill(most, pipe.readEnd());
      pair.first().send(bytes("x"), self, most);

      try (Message message = pair.second().receive(dst, 253)) {
        assertEquals(253, message.descriptorCount());
        assertEquals(Optional.of(self), message.credentials());
      }
    }
  }

  @Test
  void whoDoesNotAskIsNotTold() throws IOException {
    try (SocketPair pair = SocketPair.open()) {
      pair.first().send(bytes("x"), self);

      try (Message message = pair.second().receive(dst, 0)) {
        assertEquals(Optional.empty(), message.credentials());
      }
    }
  }

  @Test
  void aProcessThatIsNotThereCanNotBeTheSender() throws IOException {
    try (SocketPair pair = SocketPair.open()) {
      PeerCredentials nobody = new PeerCredentials(Integer.MAX_VALUE, self.uid(), self.gid());

      PosixException e =
          assertThrows(PosixException.class, () -> pair.first().send(bytes("x"), nobody));

      assertEquals("sendmsg", e.call());
      assertEquals(true, e.is(Errno.ESRCH) || e.is(Errno.EPERM), e.getMessage());
    }
  }

  @Test
  void credentialsOverTcpAreRefused() throws IOException {
    try (Socket udp = Socket.open(AddressFamily.INET6, SocketType.DGRAM)) {
      assertEquals(
          "descriptors and credentials pass over Unix sockets alone, this is INET6",
          assertThrows(IllegalArgumentException.class, () -> udp.send(bytes("x"), self))
              .getMessage());
      Failures.assertFails(
          Errno.EDESTADDRREQ, "write", udp.descriptor(), () -> udp.write(bytes("x")));
    }
  }
}
