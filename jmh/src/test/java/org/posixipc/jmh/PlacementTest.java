package org.posixipc.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.posixipc.fixture.Background;

@EnabledOnOs(OS.LINUX)
class PlacementTest {
  @Test
  void aThreadStaysOnItsCpuAndOthersAreFree() throws Exception {
    Cpus cpus = Placement.SAME_CORE.cpus();
    List<Integer> before = allowed();

    try (Background<List<Integer>> thread =
        Background.start(
            () -> {
              Cpus.pin(cpus.reader());
              return allowed();
            })) {
      assertEquals(List.of(cpus.reader()), thread.result());
    }
    assertEquals(before, allowed());
  }

  @Test
  void aCpuThatIsNotThereIsAnError() {
    IOException failure = assertThrows(IOException.class, () -> Cpus.pin(1023));

    assertTrue(failure.toString().contains("CPU 1023"), failure.toString());
  }

  private static List<Integer> allowed() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/thread-self/status"))) {
      if (line.startsWith("Cpus_allowed_list:")) {
        return Placement.numbers(line.substring(line.indexOf(':') + 1));
      }
    }
    throw new IOException("the kernel doesn't say");
  }
}
