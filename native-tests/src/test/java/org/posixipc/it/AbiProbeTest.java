package org.posixipc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.posixipc.fixture.AbiTable;
import org.posixipc.fixture.LibraryClasses;

/** What C says on this machine, against the table that the library's constants are held against. */
class AbiProbeTest {
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

    for (String constant : LibraryClasses.constants()) {
      String name = constant.substring(constant.lastIndexOf('.') + 1);
      boolean here = AbiTable.value(name, AbiTable.Column.host()).isPresent();
      assertEquals(here, probe.containsKey(name), name);
    }
    assertTrue(probe.containsKey("struct iovec") && probe.containsKey("struct pollfd"));
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
