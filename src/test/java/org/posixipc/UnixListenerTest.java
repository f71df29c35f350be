package org.posixipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posixipc.fixture.Failures.assertFails;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import jnr.constants.platform.Errno;
import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The path of a listener: when it comes, who may use it, and when it goes. */
class UnixListenerTest {
  private static final POSIX LIBC = POSIXFactory.getNativePOSIX();

  @TempDir Path folder;
  private Path path;
  private SocketAddress address;

  @BeforeEach
  void chooseAPath() {
    path = folder.resolve("x.sock");
    address = SocketAddress.unix(path);
  }

  @Test
  void closeRemovesThePathAndAnotherMayHaveItAtOnce() throws IOException {
    Listener.bind(address).close();

    assertFalse(exists());
    Listener.bind(address).close();
  }

  @Test
  void closeLeavesAPathThatAnotherHasBoundSince() throws IOException {
    try (Listener first = Listener.bind(address)) {
      Files.delete(path);
      try (Listener second = Listener.bind(address)) {
        first.close();

        assertTrue(exists());
        Socket.connect(address).close();
        second.accept().close();
      }
    }
    assertFalse(exists());
  }

  @Test
  void aSecondCloseLeavesWhatCameToThePathBetween() throws IOException {
    Listener first = Listener.bind(address);
    first.close();
    try (Listener second = Listener.bind(address)) {
      first.close();

      assertTrue(exists());
      assertTrue(second.isOpen());
    }
  }

  @Test
  void closeIsGoodWhenThePathIsGoneAlready() throws IOException {
    Listener listener = Listener.bind(address);
    Files.delete(path);

    listener.close();

    assertFalse(listener.isOpen());
  }

  @Test
  void aListenerThatKeepsItsPathLeavesItBehind() throws IOException {
    Binding.to(address).keepPath().listen().close();

    assertTrue(exists());
    assertFails(Errno.ECONNREFUSED, "connect", address, () -> Socket.connect(address));
    assertFails(Errno.EADDRINUSE, "bind", address, () -> Listener.bind(address));
  }

  @Test
  void aListenerWhoseNumberWasGivenAwayLeavesItsPathToTheNewOwner() throws IOException {
    Listener bound = Listener.bind(address);
    try (Listener owner = Listener.adopt(bound.descriptor().release())) {
      bound.close();

      assertTrue(exists());
      assertEquals(address, owner.localAddress());
    }
  }

  @Test
  void aStalePathIsReplacedWhereThatIsAskedFor() throws IOException {
    Binding.to(address).keepPath().listen().close();

    try (Listener listener = Binding.to(address).replaceStale().listen();
        Socket client = Socket.connect(address)) {
      listener.accept().close();
      assertEquals(address, client.remoteAddress());
    }
  }

  @Test
  void aFreePathIsBoundWhetherReplacingIsAskedForOrNot() throws IOException {
    Binding.to(address).replaceStale().listen().close();

    assertFalse(exists());
  }

  @Test
  void aPathWithAListenerIsNotReplaced() throws IOException {
    try (Listener live = Listener.bind(address)) {
      assertFails(Errno.EADDRINUSE, "bind", address, Binding.to(address).replaceStale()::listen);

      assertTrue(exists());
      assertTrue(live.isOpen());
    }
  }

  @Test
  void aPathWhoseBacklogIsFullIsNotReplaced() throws IOException {
    try (Listener live = Listener.bind(address, 0);
        Socket waiting = Socket.connect(address)) {
      assertFails(Errno.EADDRINUSE, "bind", address, Binding.to(address).replaceStale()::listen);

      live.accept().close();
      assertTrue(waiting.isOpen());
    }
  }

  @Test
  void aPathWithASocketOfAnotherTypeIsNotReplaced() throws IOException {
    try (Socket datagrams = Socket.bind(SocketType.DGRAM, address)) {
      assertFails(Errno.EADDRINUSE, "bind", address, Binding.to(address).replaceStale()::listen);

      assertTrue(datagrams.isOpen());
    }
  }

  @Test
  void aFileThatIsNoSocketIsNeverReplaced() throws IOException {
    Files.writeString(path, "somebody's data");

    assertFails(Errno.EADDRINUSE, "bind", address, Binding.to(address).replaceStale()::listen);

    assertEquals("somebody's data", Files.readString(path));
  }

  @Test
  void aLinkToAStalePathIsNotReplaced() throws IOException {
    SocketAddress target = SocketAddress.unix(folder.resolve("target"));
    Binding.to(target).keepPath().listen().close();
    Files.createSymbolicLink(path, folder.resolve("target"));

    assertFails(Errno.EADDRINUSE, "bind", address, Binding.to(address).replaceStale()::listen);

    assertTrue(Files.isSymbolicLink(path));
  }

  @ParameterizedTest
  @CsvSource({"0777, rwxrwxrwx", "0000, rw-------", "0077, rw-rw-rw-", "0000, ---------"})
  void thePathHasItsPermissionsWhateverTheUmask(String umask, String permissions)
      throws IOException {
    int before = LIBC.umask(Integer.parseInt(umask, 8));
    try (Listener listener =
        Binding.to(address).permissions(PosixFilePermissions.fromString(permissions)).listen()) {
      assertEquals(permissions, permissionsOfPath());
      assertTrue(listener.isOpen());
    } finally {
      LIBC.umask(before);
    }
  }

  @ParameterizedTest
  @CsvSource({"0000, rwxrwxrwx", "0077, rwx------", "0027, rwxr-x---"})
  void theUmaskDecidesWhereNothingIsAskedFor(String umask, String permissions) throws IOException {
    int before = LIBC.umask(Integer.parseInt(umask, 8));
    try (Listener listener = Listener.bind(address)) {
      assertEquals(permissions, permissionsOfPath());
      assertTrue(listener.isOpen());
    } finally {
      LIBC.umask(before);
    }
  }

  @Test
  void bindGivesThePermissionsByItselfBeforeAnybodyChangesThem() throws IOException {
    int before = LIBC.umask(0);
    try (Socket socket = Socket.open(AddressFamily.UNIX, SocketType.STREAM)) {
      SocketCalls.mode(socket.descriptor(), PosixFilePermissions.fromString("rw-------"));
      SocketCalls.bind(socket.descriptor(), address);

      assertEquals("rw-------", permissionsOfPath());
    } finally {
      LIBC.umask(before);
    }
  }

  @Test
  void permissionsOfWhatIsNoPathAreRefused() throws IOException {
    SocketAddress inet = SocketAddress.inet("127.0.0.1", 0);
    Binding binding = Binding.to(inet).permissions(PosixFilePermissions.fromString("rw-------"));

    assertEquals(
        "a Unix path alone has permissions, this is 127.0.0.1:0",
        assertThrows(IllegalArgumentException.class, binding::listen).getMessage());
  }

  @Test
  void aListenThatFailsLeavesNoPath() {
    assertFails(
        Errno.EOPNOTSUPP, "listen", address, Binding.to(address).type(SocketType.DGRAM)::listen);

    assertFalse(exists());
  }

  @Test
  void aPathOfBytesThatNoCharsetHasIsBoundAndConnectedTo() throws IOException {
    byte[] bytes = (path + "\u00ff\u00fe").getBytes(StandardCharsets.ISO_8859_1);
    SocketAddress odd = new SocketAddress.UnixPath(bytes);
    try (Listener listener = Listener.bind(odd);
        Socket client = Socket.connect(odd)) {
      assertEquals(odd, listener.localAddress());
      assertEquals(odd, client.remoteAddress());
      assertEquals("unix:" + path + "\u00ff\u00fe", odd.toString());
      assertEquals(odd, SocketAddress.unix(listed()), "as the JDK lists it");
    }
    assertThrows(NoSuchElementException.class, this::listed);
  }

  private Path listed() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().orElseThrow();
    }
  }

  private boolean exists() {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  private String permissionsOfPath() throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
