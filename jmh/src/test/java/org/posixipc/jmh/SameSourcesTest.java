package org.posixipc.jmh;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the C programs' sources say is what Java has: for where nothing can be traced. */
class SameSourcesTest {
  /** How a transport that isn't a descriptor works, and how each of them ends. */
  private static final Set<String> OF_TRANSPORTS =
      Set.of("file_read", "file_write", "channel_finish");

  @ParameterizedTest
  @MethodSource("org.posixipc.jmh.SameWork#all")
  void theMeasuredPartInCMakesTheCallsOfItsQuestion(SameWork work) {
    CSource source = CSource.of(work.program().get(0));

    assertEquals(work.calls().keySet(), source.calls(work.functions(), OF_TRANSPORTS));
  }

  @Test
  void asManyDescriptorsAreClosedAtATime() {
    assertEquals(CloseCost.BATCH, number("close_cost", "BATCH = (\\d+)"));
  }

  @Test
  void listenersHaveTheSameBacklog() {
    assertEquals(ConnectionRate.BACKLOG, number("connection_rate", "listen\\(\\w+, (\\w+)\\)"));
  }

  @Test
  void sharedFilesAreOfOneSizeAndAskedForTheirEndAsOften() {
    assertEquals("16 << 20", CSource.of("bandwidth").value("SEGMENT = (.*?),"));
    assertEquals(16 << 20, SharedFile.SEGMENT);
    assertEquals(SharedFile.POLLS, number("bandwidth", "POLLS = (\\d+)"));
  }

  @Test
  void aLargePipeHasOneCapacity() {
    assertEquals("1 << 20", CSource.of("bandwidth").value("open_pipes\\((\\d.*?)\\)"));
    assertEquals(1 << 20, Transport.LARGE_PIPE);
  }

  @Test
  void transportsHaveTheSameNames() {
    String names = Arrays.stream(Transport.values()).map(Transport::title).collect(joining("|"));

    assertEquals(
        names,
        CSource.of("bandwidth").value("TRANSPORTS +\\\\\\s+(.*)").replaceAll("[\"\\s\\\\]", ""));
  }

  @Test
  void percentilesAreTheSame() {
    String names =
        RoundTripQuestion.PERCENTILES.stream().map(it -> '"' + it + '"').collect(joining(", "));

    assertEquals(names, CSource.of("round_trip").value("NAMES\\[\\] = \\{(.*)\\};"));
  }

  @Test
  void serversTakeAsManyBytesAtATimeAndTheirClientsSendAsMany() {
    assertEquals(EchoServers.BUFFER, number("echo_server", "char bytes\\[(\\d+)\\]"));
    assertEquals(ServerRun.REQUEST, number("server_load", "#define REQUEST (\\d+)"));
  }

  private static int number(String program, String pattern) {
    return Integer.parseInt(CSource.of(program).value(pattern));
  }
}
