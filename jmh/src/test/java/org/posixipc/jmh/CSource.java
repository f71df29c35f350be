package org.posixipc.jmh;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jnr.posix.POSIX;
import org.posixipc.libc.LibC;
import org.posixipc.libc.LinuxLibC;
import org.posixipc.libc.SpawnLibC;

/**
 * A C program's text with that of its own headers, as Linux compiles it: which functions it has,
 * what they call, and its constants.
 */
final class CSource {
  private static final Path FOLDER = Path.of("src/main/c");
  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/");
  private static final Pattern OTHER_SYSTEMS = Pattern.compile("(?ms)^#else.*?^#endif");
  private static final Pattern INCLUDE = Pattern.compile("(?m)^#include \"(.*)\"$");
  private static final Pattern FUNCTION =
      Pattern.compile("(?m)^(?:\\w[\\w *]*?[ *])(\\w+)\\([^;{}]*\\) \\{$(?s)(.*?)^\\}");
  private static final Pattern CALL = Pattern.compile("\\b(\\w+)\\(");

  /** What a name in C must be to count: a call of the system's that Java has too. */
  private static final Set<String> SYSTEM =
      Stream.of(LibC.class, LinuxLibC.class, SpawnLibC.class, POSIX.class)
          .flatMap(type -> Arrays.stream(type.getMethods()))
          .map(Method::getName)
          .collect(toSet());

  private final String text;
  private final Map<String, String> bodies = new HashMap<>();

  private CSource(String text) {
    this.text = text;
    Matcher functions = FUNCTION.matcher(text);
    while (functions.find()) {
      bodies.put(functions.group(1), functions.group(2));
    }
  }

  static CSource of(String program) {
    return new CSource(whole(program + ".c", new HashSet<>()));
  }

  private static String whole(String name, Set<String> seen) {
    if (!seen.add(name)) {
      return "";
    }
    String text = read(FOLDER.resolve(name));
    String headers =
        INCLUDE
            .matcher(text)
            .results()
            .map(header -> whole(header.group(1), seen))
            .collect(joining());
    text = COMMENT.matcher(text).replaceAll("");
    return headers + OTHER_SYSTEMS.matcher(text).replaceAll("");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The system's calls that functions make, and those they call, but for {@code others}. */
  Set<String> calls(List<String> functions, Set<String> others) {
    Set<String> calls = new TreeSet<>();
    Set<String> seen = new HashSet<>(others);
    functions.forEach(function -> collect(function, calls, seen));
    return calls;
  }

  private void collect(String function, Set<String> calls, Set<String> seen) {
    String body = bodies.get(function);
    if (body == null) {
      if (SYSTEM.contains(function)) {
        calls.add(function);
      }
    } else if (seen.add(function)) {
      CALL.matcher(body).results().forEach(call -> collect(call.group(1), calls, seen));
    }
  }

  /** What the group of {@code pattern} is wherever it matches. */
  String value(String pattern) {
    Set<String> values =
        Pattern.compile(pattern).matcher(text).results().map(it -> it.group(1)).collect(toSet());
    if (values.size() != 1) {
      throw new IllegalStateException("for " + pattern + " the C source has " + values);
    }
    return values.iterator().next();
  }
}
