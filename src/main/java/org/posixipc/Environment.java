package org.posixipc;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code environ(7)}: the bytes of variables. Those that this process inherited need not be text in
 * the locale's charset: they are handed on as they came, where the system tells what they were.
 */
final class Environment {
  private static final Path INHERITED = Path.of("/proc/self/environ");
  private static final char UNDECODABLE = '\uFFFD';

  private Environment() {}

  /** {@code name=value} for each variable. */
  static List<byte[]> bytes(Map<String, String> variables) {
    List<byte[]> encoded = new ArrayList<>();
    variables.forEach((name, value) -> encoded.add(bytes(name + "=" + value)));
    return encoded;
  }

  private static byte[] bytes(String variable) {
    byte[] inherited =
        variable.indexOf(UNDECODABLE) < 0 ? null : Undecodable.INHERITED.get(variable);
    return inherited == null ? NativePath.encode(variable) : inherited;
  }

  /**
   * By the text that System.getenv has for them: the default charset's on 17, then the locale's.
   */
  private static final class Undecodable {
    static final Map<String, byte[]> INHERITED = read();

    private static Map<String, byte[]> read() {
      Map<String, byte[]> variables = new HashMap<>();
      try {
        String raw = Files.readString(Environment.INHERITED, StandardCharsets.ISO_8859_1);
        for (String variable : raw.split("\0", -1)) {
          byte[] bytes = variable.getBytes(StandardCharsets.ISO_8859_1);
          variables.put(new String(bytes, Charset.defaultCharset()), bytes);
          variables.put(NativePath.decode(bytes), bytes);
        }
      } catch (IOException e) {
        // No /proc: what isn't text can't be handed on.
      }
      return variables;
    }
  }
}
