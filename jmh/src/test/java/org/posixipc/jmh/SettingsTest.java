package org.posixipc.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posixipc.Socket;
import org.posixipc.SocketOption;

/** What is set of a transport is what the kernel then says. */
class SettingsTest {
  private static final Settings SOME = new Settings(0, 65536, 32768, true);

  @ParameterizedTest
  @EnumSource(names = {"SOCKETPAIR", "UNIX", "DGRAM", "SEQPACKET", "TCP", "TCP6"})
  void ourSocketsHaveWhatWasSet(Transport transport) throws IOException {
    assumeTrue(transport.absence(1, SOME).isEmpty(), "no such transport here");
    try (Connection connection = Library.POSIX_IPC.ends().open(transport, Between.THREADS, SOME)) {
      for (End end : new End[] {connection.near(), connection.far()}) {
        Socket socket = (Socket) end.in();
        assertTrue(socket.get(SocketOption.SO_SNDBUF) >= SOME.sndbuf());
        assertTrue(socket.get(SocketOption.SO_SNDBUF) <= 2 * SOME.sndbuf());
        assertTrue(socket.get(SocketOption.SO_RCVBUF) <= 2 * SOME.rcvbuf());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TCP", "TCP6"})
  void nagleIsOffWhereAskedFor(Transport transport) throws IOException {
    try (Connection ours = Library.POSIX_IPC.ends().open(transport, Between.THREADS, SOME);
        Connection jdks = Library.JAVA_NIO.ends().open(transport, Between.THREADS, SOME)) {
      assertTrue(((Socket) ours.far().out()).get(SocketOption.TCP_NODELAY));
      NetworkChannel far = (NetworkChannel) jdks.far().out();
      assertTrue(far.getOption(StandardSocketOptions.TCP_NODELAY));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"JAVA_NIO", "JUNIXSOCKET"})
  void othersHaveWhatWasSet(Library library) throws IOException {
    try (Connection connection = library.ends().open(Transport.UNIX, Between.THREADS, SOME)) {
      NetworkChannel near = (NetworkChannel) connection.near().in();
      assertTrue(near.getOption(StandardSocketOptions.SO_SNDBUF) <= 2 * SOME.sndbuf());
      assertTrue(near.getOption(StandardSocketOptions.SO_RCVBUF) <= 2 * SOME.rcvbuf());
    }
  }

  @Test
  void cTakesWhatIsSet() throws IOException {
    Optional<CPrograms> programs = CPrograms.find();
    assumeTrue(programs.isPresent(), "no C compiler when this was built");
    Settings settings = new Settings(1 << 20, 65536, 32768, true);
    for (Transport transport : new Transport[] {Transport.PIPE, Transport.TCP}) {
      Work work = new Work(transport, 4096, Between.THREADS, settings);
      programs.orElseThrow().verify(work, 10);
    }
  }

  @Test
  void messagesThatCantGoAreLeftOutAndSaidSo() throws IOException {
    Settings small = new Settings(0, 8192, 0, false);

    assertEquals(Optional.empty(), Transport.DGRAM.absence(4096, small));
    assertEquals(Optional.empty(), Transport.TCP.absence(1 << 20, small));
    String why = Transport.DGRAM.absence(1 << 20, small).orElseThrow();
    assertTrue(why.startsWith("dgram of 1 MiB: with this SO_SNDBUF a message has "), why);
  }
}
