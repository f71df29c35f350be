package org.posixipc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A JVM on one host, a C program on the other, and a cable between them that may be cut. */
class TwoHostsTest {
  private static final String PORT = "7777";
  private static final String COUNT = "100000000";

  @ParameterizedTest
  @MethodSource("rightHost")
  void aHundredMegabytesArriveUnchangedAtAnotherHost(String host) throws Exception {
    List<String> receiver = PeerProcess.cCommand("stream_peer", "hash", host + ":" + PORT);
    List<String> sender = PeerProcess.javaCommand(HostProgram.class, "send", host, PORT, COUNT);
    try (TwoHosts hosts = TwoHosts.open();
        PeerProcess right = hosts.startRight(receiver)) {
      right.awaitLine("ready");
      try (PeerProcess left = hosts.startLeft(sender)) {
        String sent = left.succeed();

        assertEquals(sent, right.succeed());
        assertTrue(sent.startsWith(COUNT), sent);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"write", "read"})
  void aCableThatIsCutMeanwhileIsAnErrorInSecondsAndLeavesNothingOpen(String use) throws Exception {
    String host = TwoHosts.RIGHT.get(0);
    List<String> sink = PeerProcess.cCommand("stream_peer", "sink", host + ":" + PORT, "2");
    List<String> user = PeerProcess.javaCommand(HostProgram.class, use, host, PORT);
    try (TwoHosts hosts = TwoHosts.open();
        PeerProcess right = hosts.startRight(sink)) {
      right.awaitLine("ready");
      try (PeerProcess left = hosts.startLeft(user)) {
        left.awaitLine("ready");

        hosts.cut();

        String answer = left.succeed();
        String expected = "(ETIMEDOUT|EHOSTUNREACH) in " + use + ", left open: \\[]";
        assertTrue(answer.matches(expected), answer);
      }
    }
  }

  static List<String> rightHost() {
    return TwoHosts.RIGHT;
  }
}
