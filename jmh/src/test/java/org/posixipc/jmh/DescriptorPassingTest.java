package org.posixipc.jmh;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Descriptors arrive and are closed; one that stayed open would fail the leak guard. */
class DescriptorPassingTest {
  private static final int OPERATIONS = 1000;

  private final DescriptorPassing passing = new DescriptorPassing();

  @Test
  void oursArrives() throws IOException {
    DescriptorPassing.Ours place = new DescriptorPassing.Ours();
    place.start();

    for (int i = 0; i < OPERATIONS; i++) {
      passing.sendReceive(place);
    }

    place.end();
  }

  @Test
  void junixSocketsArrives() throws IOException {
    DescriptorPassing.Junix place = new DescriptorPassing.Junix();
    place.start();

    for (int i = 0; i < OPERATIONS; i++) {
      passing.junixSocket(place);
    }

    place.end();
  }
}
