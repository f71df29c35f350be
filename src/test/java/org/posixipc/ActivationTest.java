package org.posixipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posixipc.Activation.Passed;

/** What a supervisor says about the sockets that it passes. */
class ActivationTest {
  private static final long PID = 42;

  @Test
  void socketsAreCountedFromThreeAndNamedInTurn() {
    assertEquals(
        List.of(new Passed(3, "http"), new Passed(4, null), new Passed(5, "admin")),
        passed("42", "3", "http::admin"));
  }

  @Test
  void thereMayBeFewerNamesThanSocketsAndMore() {
    assertEquals(List.of(new Passed(3, "a"), new Passed(4, null)), passed("42", "2", "a"));
    assertEquals(List.of(new Passed(3, "a")), passed("42", "1", "a:b:c"));
    assertEquals(
        List.of(new Passed(3, null)),
        Activation.passed(Map.of("LISTEN_PID", "42", "LISTEN_FDS", "1"), PID));
    assertEquals(List.of(), passed("42", "0", "a"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"41", "", "042", "42 ", "x"})
  void socketsOfAnotherProcessAreLeftAlone(String pid) {
    assertEquals(List.of(), passed(pid, "2", "a:b"));
  }

  @Test
  void withoutAProcessOrACountNothingWasPassed() {
    assertEquals(List.of(), Activation.passed(Map.of("LISTEN_FDS", "2"), PID));
    assertEquals(List.of(), Activation.passed(Map.of("LISTEN_PID", "42"), PID));
    assertEquals(List.of(), Activation.passed(Map.of(), PID));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "", "two", "1 ", "99999999999", "1.5"})
  void aCountThatIsNoneIsRefused(String count) {
    assertEquals(
        "LISTEN_FDS is a count of descriptors, not " + count,
        assertThrows(IllegalArgumentException.class, () -> passed("42", count, "")).getMessage());
  }

  @Test
  void thisProcessInheritedNothing() throws IOException {
    assertEquals(List.of(), Listener.inherited());
  }

  private static List<Passed> passed(String pid, String count, String names) {
    return Activation.passed(
        Map.of("LISTEN_PID", pid, "LISTEN_FDS", count, "LISTEN_FDNAMES", names), PID);
  }
}
