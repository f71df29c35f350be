package org.posixipc.internal.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import jnr.constants.Constant;
import jnr.constants.platform.Fcntl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.posixipc.Signal;
import org.posixipc.fixture.AbiTable;
import org.posixipc.fixture.AbiTable.Column;
import org.posixipc.fixture.LibraryClasses;

/** Every constant that the library uses, on every system, against what the headers say. */
class AbiTest {
  /** What macOS calls by another name. */
  private static final Map<Constant, String> NAMES_ON_MACOS =
      Map.of(Header.TCP_KEEPIDLE, "TCP_KEEPALIVE", Header.SO_LINGER, "SO_LINGER_SEC");

  static Stream<Arguments> constantsOfEverySystem() throws ReflectiveOperationException {
    List<Constant> constants = new ArrayList<>(List.of(Header.values()));
    for (String used : LibraryClasses.constants()) {
      Constant constant = constant(used);
      if (!constants.contains(constant)) {
        constants.add(constant);
      }
    }
    return constants.stream()
        .flatMap(constant -> Stream.of(Column.values()).map(c -> Arguments.of(constant, c)));
  }

  @ParameterizedTest
  @MethodSource("constantsOfEverySystem")
  void aConstantHasTheValueOfTheSystemsHeaders(Constant constant, Column column) {
    String name =
        column == Column.DARWIN_ARM64
            ? NAMES_ON_MACOS.getOrDefault(constant, constant.name())
            : constant.name();
    OptionalLong expected = AbiTable.value(name, column);
    Abi abi = Layouts.abi(column);

    if (constant == Header.IOV_MAX && column == Column.DARWIN_ARM64) {
      // sysconf(_SC_IOV_MAX) tells it there; the header that has it is the kernel's.
      expected = OptionalLong.of(1024);
    }

    assertEquals(expected, abi.find(constant));
    assertEquals(expected.isPresent(), abi.has(constant));
  }

  /** Signal looks them up by their names, which the rule about constants doesn't see. */
  @ParameterizedTest
  @EnumSource
  void aSignalHasTheNumberOfTheSystemsHeaders(Signal signal) {
    Constant constant = jnr.constants.platform.Signal.valueOf(signal.name());

    for (Column column : Column.values()) {
      assertEquals(AbiTable.value(signal.name(), column), Layouts.abi(column).find(constant));
    }
    assertEquals(AbiTable.value(signal.name(), Column.host()).orElseThrow(), signal.number());
  }

  @Test
  void theLibraryUsesConstantsOfBothKinds() {
    assertTrue(LibraryClasses.constants().contains("jnr.constants.platform.Fcntl.F_GETFL"));
    assertTrue(LibraryClasses.constants().contains(Header.class.getName() + ".FIONREAD"));
  }

  @Test
  void whatASystemLacksIsNamedWithTheSystem() {
    assertFalse(DarwinAbi.INSTANCE.has(Fcntl.F_SETPIPE_SZ));
    UnsupportedOperationException e =
        assertThrows(
            UnsupportedOperationException.class,
            () -> DarwinAbi.INSTANCE.value(Fcntl.F_SETPIPE_SZ));

    assertEquals("macOS has no F_SETPIPE_SZ", e.getMessage());
  }

  @Test
  void theHostIsOneOfTheSystems() {
    assertEquals(Layouts.abi(Column.host()), Abi.host());
  }

  private static Constant constant(String name) throws ReflectiveOperationException {
    int dot = name.lastIndexOf('.');
    return (Constant)
        Class.forName(name.substring(0, dot)).getField(name.substring(dot + 1)).get(null);
  }
}
