package org.posixipc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posixipc.example.EchoServer;
import org.posixipc.fixture.Conversation;
import org.posixipc.fixture.Eventually;

/**
 * Errors of accept4(2) that Linux hardly ever returns, which strace puts in the place of the call:
 * the connection stays where it is, for the next call.
 */
@EnabledOnOs(OS.LINUX)
class AcceptErrorTest {
  private static final int CLIENTS = 30;

  @TempDir Path folder;

  @BeforeEach
  void requireStrace() throws IOException {
    PeerProcess.requireStrace();
  }

  /**
   * A server for which accept4 fails whenever {@code when} says. strace is the server's grandchild
   * (-D): the server's own parent can end it.
   */
  private ExampleServer start(String errno, String when) throws IOException {
    List<String> strace =
        List.of(
            "strace",
            "-D",
            "-f",
            "--seccomp-bpf", // other calls go at their own speed
            "-o",
            trace().toString(),
            "-e",
            "trace=accept4",
            "-e",
            "inject=accept4:error=" + errno + ":when=" + when);
    return ExampleServer.start(strace, EchoServer.class, "threads");
  }

  private Path trace() {
    return folder.resolve("trace");
  }

  /** How many calls have failed, of those that strace has written down by now. */
  private long injected() throws IOException {
    return Files.readAllLines(trace()).stream().filter(call -> call.contains("INJECTED")).count();
  }

  /** Has the clients served, and returns what the server says of it. */
  private String serve(ExampleServer server) throws Exception {
    for (int i = 0; i < CLIENTS; i++) {
      String text = "client " + i;
      assertEquals(text, Conversation.exchange(server.address(), text));
    }
    // Of three calls one failed: half as many as have succeeded, but for the first and the last.
    Eventually.await("accept4 has failed", () -> injected() >= CLIENTS / 2 - 1);
    server.terminate();
    return server.rest();
  }

  /** A shortage, or a rule of the firewall's: the connection waits, and so does the server. */
  @ParameterizedTest
  @ValueSource(strings = {"EMFILE", "ENFILE", "ENOBUFS", "EPERM"})
  void aServerOutlivesTheTroublesOfAcceptAndTellsThem(String errno) throws Exception {
    try (ExampleServer server = start(errno, "2+3")) {
      String told = serve(server);

      assertTrue(told.contains("(" + errno + ")"), told);
    }
  }

  /** The first is a signal's, the others are of a connection that is over. */
  @ParameterizedTest
  @ValueSource(
      strings = {"EINTR", "ECONNABORTED", "ENETDOWN", "EPROTO", "EHOSTUNREACH", "EOPNOTSUPP"})
  void aServerPassesOverAConnectionThatIsOverAlreadyAndTellsNobody(String errno) throws Exception {
    try (ExampleServer server = start(errno, "2+3")) {
      String told = serve(server);

      assertFalse(told.contains("accepting from"), told);
    }
  }

  @Test
  void aListenerThatNeverGivesAConnectionIsTold() throws Exception {
    try (ExampleServer server = start("EOPNOTSUPP", "1+1")) {
      server.awaitLineWith("(EOPNOTSUPP)");
    }
  }
}
