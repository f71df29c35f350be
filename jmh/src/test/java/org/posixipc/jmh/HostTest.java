package org.posixipc.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostTest {
  @TempDir Path folder;

  @Test
  void factsNameTheCpuTheKernelAndTheJdk() throws IOException {
    Map<String, String> facts = Host.facts();

    assertEquals(List.of("CPU", "kernel", "JDK"), List.copyOf(facts.keySet()));
    assertTrue(facts.values().stream().noneMatch(String::isBlank), facts.toString());
  }

  @Test
  void mitigationsAreThoseOfTheWeaknessesThatThisCpuHas() throws IOException {
    Files.writeString(folder.resolve("meltdown"), "Not affected\n");
    Files.writeString(folder.resolve("spec_rstack_overflow"), "Mitigation: Safe RET\n");

    assertEquals(Map.of("spec_rstack_overflow", "Mitigation: Safe RET"), Host.mitigations(folder));
  }

  @Test
  void aSystemThatTellsNothingAboutMitigationsHasNone() throws IOException {
    assertTrue(Host.mitigations(folder.resolve("absent")).isEmpty());
    assertFalse(Host.details().isEmpty());
  }
}
