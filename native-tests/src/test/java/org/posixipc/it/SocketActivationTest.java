package org.posixipc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posixipc.fixture.Conversation.exchange;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posixipc.SocketAddress;

/** A JVM begins with sockets that a supervisor in C opened for it. */
class SocketActivationTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void aJvmServesTheListenerThatItBeganWith(Place place) throws Exception {
    SocketAddress asked = place.address(folder);
    try (PeerProcess server = activate("listeners", asked.toString())) {
      SocketAddress address = Place.withPort(asked, server.awaitLine("ready"));

      assertEquals("first 3 close-on-exec\nhello", exchange(address, "hello"));
      assertEquals("1 then 0", server.succeed());
    }
  }

  @Test
  void listenersComeInTheSupervisorsOrderWithTheirNames() throws Exception {
    SocketAddress first = Place.UNIX_PATH.address(folder);
    SocketAddress second = Place.UNIX_PATH.address(folder);
    try (PeerProcess server = activate("listeners", first.toString(), second.toString())) {
      server.awaitLine("ready");
      server.awaitLine("ready");

      assertEquals("first 3 close-on-exec\nto one", exchange(first, "to one"));
      assertEquals("second 4 close-on-exec\nto two", exchange(second, "to two"));
      assertEquals("2 then 0", server.succeed());
    }
  }

  /** A supervisor may pass pipes and files too, such as systemd's ListenFIFO. */
  @Test
  void aDescriptorThatIsNoSocketIsLeftAlone() throws Exception {
    SocketAddress second = Place.UNIX_PATH.address(folder);
    try (PeerProcess server = activate("listeners", "fifo", second.toString())) {
      server.awaitLine("ready");

      assertEquals("second 4 close-on-exec\nto two", exchange(second, "to two"));
      assertEquals("1 then 0", server.succeed());
    }
  }

  /** The path is the supervisor's: it listens there on when this server is gone. */
  @Test
  void aPathThatWasInheritedStays() throws Exception {
    SocketAddress.UnixPath address = SocketAddress.unix(folder.resolve("s"));
    try (PeerProcess server = activate("listeners", address.toString())) {
      server.awaitLine("ready");

      exchange(address, "");
      server.succeed();

      assertTrue(Files.exists(address.path()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aJvmServesTheConnectionThatIsItsStandardInput(Place place) throws Exception {
    SocketAddress asked = place.address(folder);
    try (PeerProcess server = activate("inetd", asked.toString())) {
      SocketAddress address = Place.withPort(asked, server.awaitLine("ready"));
      String family = asked.family().toString();

      assertEquals(family + " STREAM 0\nhello", exchange(address, "hello"));
      assertEquals(0, server.exitCode());
    }
  }

  private static PeerProcess activate(String how, String... addresses) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(how, "" + addresses.length));
    arguments.addAll(List.of(addresses));
    arguments.addAll(PeerProcess.javaCommand(InheritingServer.class, how));
    return PeerProcess.c("activate", arguments.toArray(String[]::new));
  }
}
