package org.posixipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.posixipc.fixture.Bytes.bytes;
import static org.posixipc.fixture.Bytes.text;
import static org.posixipc.fixture.Failures.assertFails;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posixipc.fixture.Background;
import org.posixipc.fixture.DescriptorLimit;
import org.posixipc.fixture.Place;
import org.posixipc.fixture.Privilege;
import org.posixipc.libc.Native;

/** Each error that a socket's user may meet, produced by the kernel, and its text. */
class SocketErrorTest {
  private static final Path UNPRIVILEGED_PORTS =
      Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start");

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void anAddressThatIsTakenIsEaddrinuse(Place place) throws IOException {
    try (Listener first = Listener.bind(place.fresh(folder))) {
      SocketAddress taken = first.localAddress();

      // Over a network a listener's port is taken for bind(2) already, SO_REUSEADDR or not.
      assertFails(Errno.EADDRINUSE, "bind", taken, () -> Listener.bind(taken));
    }
  }

  @ParameterizedTest
  @EnumSource
  void anAddressWhereNobodyListensIsEconnrefused(Place place) throws IOException {
    try (Socket deaf = Socket.bind(SocketType.STREAM, place.fresh(folder))) {
      SocketAddress address = deaf.localAddress();

      assertFails(Errno.ECONNREFUSED, "connect", address, () -> Socket.connect(address));
    }
  }

  @Test
  void anAddressOfAnotherHostIsEaddrnotavail() throws IOException {
    SocketAddress other = SocketAddress.inet("203.0.113.1", 0);

    assertFails(Errno.EADDRNOTAVAIL, "bind", other, () -> Listener.bind(other));
  }

  @Test
  void aPathThatMayNotBeWrittenIsEacces() throws Exception {
    SocketAddress address = Place.UNIX_PATH.fresh(folder);
    try (Listener listener =
            Binding.to(address).permissions(PosixFilePermissions.fromString("r--r--r--")).listen();
        Background<Socket> connecting =
            Background.start(
                () -> {
                  Privilege.dropDacOverride();
                  return Socket.connect(address);
                })) {
      assertFails(Errno.EACCES, "connect", listener.localAddress(), connecting::result);
    }
  }

  @Test
  void aPortOfTheSystemIsEacces() throws Exception {
    assumeTrue(
        Files.isReadable(UNPRIVILEGED_PORTS) && firstUnprivilegedPort() > 463,
        "this system lets everybody have port 463");
    SocketAddress address = SocketAddress.inet("127.0.0.1", 463);
    try (Background<Listener> binding =
        Background.start(
            () -> {
              Privilege.dropNetBindService();
              return Listener.bind(address);
            })) {
      assertFails(Errno.EACCES, "bind", address, binding::result);
    }
  }

  @Test
  void aFolderThatIsNotThereIsEnoentAndAFileIsEnotdir() throws IOException {
    SocketAddress nowhere = SocketAddress.unix(folder.resolve("none/x.sock"));
    SocketAddress below = SocketAddress.unix(Files.createFile(folder.resolve("f")).resolve("x"));

    assertFails(Errno.ENOENT, "bind", nowhere, () -> Listener.bind(nowhere));
    assertFails(Errno.ENOENT, "connect", nowhere, () -> Socket.connect(nowhere));
    assertFails(Errno.ENOTDIR, "bind", below, () -> Listener.bind(below));
  }

  @Test
  void whatIsNoSocketIsEnotsock() throws IOException {
    try (Pipe pipe = Pipe.open()) {
      int number = pipe.readEnd().number();
      Socket fake = new Socket(pipe.readEnd(), AddressFamily.UNIX);

      assertFails(
          Errno.ENOTSOCK, "getsockopt", "SO_TYPE of fd " + number, () -> Socket.adopt(number));
      assertFails(Errno.ENOTSOCK, "send", "fd " + number, () -> fake.send(bytes("x")));
      assertFails(Errno.ENOTSOCK, "getsockname", "fd " + number, fake::localAddress);
      assertFails(Errno.ENOTSOCK, "shutdown", "fd " + number, fake::shutdownInput);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSecondConnectIsEisconn(Place place) throws IOException {
    try (Listener listener = Listener.bind(place.fresh(folder));
        Socket client = Socket.connect(listener.localAddress())) {
      SocketAddress address = listener.localAddress();

      assertFails(Errno.EISCONN, "connect", address, () -> client.connectTo(address));
    }
  }

  @Test
  void aStreamWithoutAPeerIsEnotconn() throws IOException {
    try (Socket unix = Socket.open(AddressFamily.UNIX, SocketType.STREAM);
        Socket tcp = Socket.open(AddressFamily.INET4, SocketType.STREAM)) {
      assertFails(Errno.ENOTCONN, "write", unix.descriptor(), () -> unix.write(bytes("x")));
      assertFails(Errno.ENOTCONN, "read", tcp.descriptor(), () -> tcp.read(ByteBuffer.allocate(1)));
      assertFails(Errno.ENOTCONN, "getpeername", tcp.descriptor(), tcp::remoteAddress);
      assertFails(Errno.ENOTCONN, "shutdown", tcp.descriptor(), tcp::shutdownOutput);
      assertFails(Errno.EPIPE, "send", tcp.descriptor(), () -> tcp.send(bytes("x")));
    }
  }

  @Test
  void aDatagramWithoutADestinationIsEdestaddrreq() throws IOException {
    try (Socket udp = Socket.open(AddressFamily.INET4, SocketType.DGRAM)) {
      assertFails(Errno.EDESTADDRREQ, "write", udp.descriptor(), () -> udp.write(bytes("x")));
    }
  }

  @Test
  void anAddressOfAnotherFamilyIsEafnosupportOrEinval() throws IOException {
    SocketAddress six = SocketAddress.inet("::1", 1);
    try (Socket inet = Socket.open(AddressFamily.INET4, SocketType.STREAM);
        Socket unix = Socket.open(AddressFamily.UNIX, SocketType.STREAM)) {
      assertFails(Errno.EAFNOSUPPORT, "connect", six, () -> inet.connectTo(six));
      assertFails(Errno.EINVAL, "connect", six, () -> unix.connectTo(six));
    }
  }

  @Test
  void aKindOfSocketThatTheSystemLacksIsNamed() {
    assertFails(
        Errno.EPROTONOSUPPORT,
        "socket",
        "INET4, STREAM over UDP",
        () -> Check.call("socket", "INET4, STREAM over UDP", () -> Native.libc().socket(2, 1, 17)));
    PosixException e =
        assertThrows(
            PosixException.class, () -> Socket.open(AddressFamily.INET4, SocketType.SEQPACKET));
    assertEquals("INET4, SEQPACKET", e.subject());
  }

  @Test
  void aSecondBindIsEinval() throws IOException {
    SocketAddress address = SocketAddress.inet("127.0.0.1", 0);
    try (Socket bound = Socket.bind(SocketType.STREAM, address)) {
      assertFails(
          Errno.EINVAL, "bind", address, () -> SocketCalls.bind(bound.descriptor(), address));
    }
  }

  @Test
  void bytesForAPeerThatIsGoneAreEpipeAndBytesThatItNeverReadEconnreset() throws IOException {
    try (SocketPair pair = SocketPair.open()) {
      pair.first().write(bytes("unread"));
      pair.second().close();

      Socket left = pair.first();
      assertFails(
          Errno.ECONNRESET, "read", left.descriptor(), () -> left.read(ByteBuffer.allocate(1)));
      assertFails(Errno.EPIPE, "write", left.descriptor(), () -> left.write(bytes("x")));
      assertFails(Errno.EPIPE, "send", left.descriptor(), () -> left.send(bytes("x")));
      assertFails(
          Errno.EPIPE,
          "sendmsg",
          left.descriptor(),
          () -> left.send(bytes("x"), left.descriptor()));
    }
  }

  @Test
  void aPeerThatDoesNotReadIsEtimedoutWhenItsTimeIsOver() throws Exception {
    try (Listener listener = Listener.bind(SocketAddress.inet("127.0.0.1", 0));
        Socket client = Socket.connect(listener.localAddress());
        Socket server = listener.accept()) {
      client.set(SocketOption.TCP_USER_TIMEOUT, Duration.ofMillis(100));
      ByteBuffer much = ByteBuffer.allocateDirect(64 << 20);

      assertFails(Errno.ETIMEDOUT, "write", client.descriptor(), () -> write(client, much));

      assertEquals(server.remoteAddress(), client.localAddress());
    }
  }

  @Test
  void noFreeDescriptorIsEmfileForEachCallThatMakesOne() throws Throwable {
    SocketAddress address = Place.UNIX_PATH.fresh(folder);
    try (Listener listener = Listener.bind(address);
        Socket client = Socket.connect(address)) {
      // What this loads must not need a descriptor later.
      SocketPair.open().close();
      assertFails(Errno.EISCONN, "connect", address, () -> client.connectTo(address));

      DescriptorLimit.leaving(
          0,
          () -> {
            assertFails(Errno.EMFILE, "socketpair", SocketType.STREAM, SocketPair::open);
            assertFails(Errno.EMFILE, "accept", address, listener::accept);
            assertFails(Errno.EMFILE, "socket", "UNIX, STREAM", () -> Socket.connect(address));
          });

      listener.accept().close();
    }
  }

  /** In one read: a second one, at another offset, is told that the file has ended. */
  private static int firstUnprivilegedPort() throws IOException {
    try (FileDescriptor file = FileDescriptor.open(UNPRIVILEGED_PORTS)) {
      return Integer.parseInt(text(file).strip());
    }
  }

  private static void write(Socket socket, ByteBuffer src) throws IOException {
    while (src.hasRemaining()) {
      socket.write(src);
    }
  }
}
