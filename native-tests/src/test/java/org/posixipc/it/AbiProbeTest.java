package org.posixipc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.posixipc.fixture.AbiTable;
import org.posixipc.fixture.LibraryClasses;

/** What C says on this machine, against the table that the library's constants are held against. */
class AbiProbeTest {
  /** The kernel's own limit, of which its headers for programs say nothing. */
  private static final Set<String> IN_NO_HEADER = Set.of("SCM_MAX_FD");

  @Test
  void theTableSaysWhatTheCompilerSaysHere() throws Exception {
    Map<String, Long> probe = probe();

    probe.forEach(
        (name, value) ->
            assertEquals(
                OptionalLong.of(value), AbiTable.value(name, AbiTable.Column.host()), name));
  }

  @Test
  void theProbeCoversEveryConstantThatTheLibraryUses() throws Exception {
    Map<String, Long> probe = probe();

    Set<String> used = LibraryClasses.constants();
    for (String constant : used) {
      String name = constant.substring(constant.lastIndexOf('.') + 1);
      boolean here = AbiTable.value(name, AbiTable.Column.host()).isPresent();
      assertEquals(here && !IN_NO_HEADER.contains(name), probe.containsKey(name), name);
    }
    assertTrue(used.size() > 50, () -> "constants found in the library: " + used);
    assertTrue(probe.containsKey("struct iovec") && probe.containsKey("struct msghdr"));
  }

  private static Map<String, Long> probe() throws Exception {
    Map<String, Long> values = new TreeMap<>();
    for (String line : CProgram.output("abi_probe")) {
      int comma = line.indexOf(',');
      values.put(line.substring(0, comma), Long.valueOf(line.substring(comma + 1)));
    }
    return values;
  }
}
