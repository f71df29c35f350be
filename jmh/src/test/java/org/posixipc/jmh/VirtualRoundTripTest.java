package org.posixipc.jmh;

import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A byte comes back from a virtual thread, through each library that is compared. */
class VirtualRoundTripTest {
  @ParameterizedTest
  @EnumSource(names = {"POSIX_IPC", "JAVA_NIO"})
  @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "virtual threads need JDK 21")
  void aByteGoesThereAndBack(Library library) throws Exception {
    VirtualRoundTrip benchmark = new VirtualRoundTrip();
    benchmark.library = library;
    benchmark.connect();

    for (int i = 0; i < 100; i++) {
      benchmark.roundTrip();
    }

    benchmark.close();
  }
}
