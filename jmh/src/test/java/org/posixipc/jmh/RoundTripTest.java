package org.posixipc.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RoundTripTest {
  private static final int TRIPS = 100;

  @ParameterizedTest
  @MethodSource("org.posixipc.jmh.VerificationTest#everyByteArrivesThroughEachLibrary")
  void everyMessageComesBack(VerificationTest.Case it) throws IOException {
    assumeTrue(
        it.between() == Between.THREADS || CPrograms.find().isPresent(), "no C compiler here");
    RoundTrip roundTrip = roundTrip(it);

    roundTrip.start();
    for (int i = 0; i < TRIPS; i++) {
      roundTrip.trip();
    }
    roundTrip.verify();

    assertEquals((long) TRIPS * roundTrip.size, roundTrip.received);
  }

  @ParameterizedTest
  @EnumSource
  void aPeerThatDiesIsAnErrorThatSaysSo(Transport transport) throws IOException {
    assumeTrue(CPrograms.find().isPresent(), "no C compiler here");
    assumeTrue(transport.absence(1000, Settings.NONE).isEmpty(), "no such transport here");
    RoundTrip roundTrip =
        roundTrip(new VerificationTest.Case(Library.POSIX_IPC, transport, Between.PROCESSES));
    roundTrip.start();
    roundTrip.trip();

    ((FarProcess) roundTrip.line.far()).kill();

    IOException failure =
        assertThrows(
            IOException.class,
            () -> {
              while (true) {
                roundTrip.trip();
              }
            });
    roundTrip.line.close();
    assertTrue(failure.toString().contains("SIGKILL"), failure.toString());
  }

  private static RoundTrip roundTrip(VerificationTest.Case it) {
    RoundTrip roundTrip = new RoundTrip();
    roundTrip.transport = it.transport();
    roundTrip.library = it.library();
    roundTrip.between = it.between();
    roundTrip.size = 1000;
    return roundTrip;
  }
}
