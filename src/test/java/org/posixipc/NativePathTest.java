package org.posixipc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths are bytes to the kernel, whatever text the JDK makes of them. */
class NativePathTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/run/x.sock",
        "x.sock",
        "a b%41/c",
        "/\u00ff",
        "\u00ff\u00fe/x",
        "/a/\u00c3\u00a4",
        "/tmp/%\u00ff%2F",
        "\u00e4"
      })
  void aPathHasTheBytesThatItWasMadeFrom(String bytes) {
    Path path = NativePath.path(bytes.getBytes(ISO_8859_1));

    assertArrayEquals(bytes.getBytes(ISO_8859_1), NativePath.bytes(path));
    assertEquals(bytes.startsWith("/"), path.isAbsolute());
  }
}
