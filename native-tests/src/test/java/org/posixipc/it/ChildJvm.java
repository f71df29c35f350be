package org.posixipc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A JVM of its own for what can't be tried in this one: options, limits, a closed stdin. */
final class ChildJvm {
  /** How it ended and what it printed. */
  record Outcome(int exit, String out, String err) {
    /** This, if it ended well and printed {@code lines}. */
    Outcome assertPrinted(String... lines) {
      assertEquals(String.join("\n", lines), out.strip(), err);
      assertEquals(0, exit, err);
      return this;
    }
  }

  private static final long PATIENCE_SECONDS = 60;
  private static final boolean ASKS_FOR_NATIVE_ACCESS = Runtime.version().feature() >= 22;

  private final Class<?> main;
  private final List<String> before = new ArrayList<>();
  private final List<String> options = new ArrayList<>();
  private String classPath = System.getProperty("java.class.path");
  private String nativeAccess = "ALL-UNNAMED";

  private ChildJvm(Class<?> main) {
    this.main = main;
  }

  static ChildJvm running(Class<?> main) {
    return new ChildJvm(main);
  }

  /** Starts it from a shell that runs {@code script} first, which changes what it inherits. */
  ChildJvm after(String script) {
    before.addAll(List.of("sh", "-c", script + "exec \"$@\"", "sh"));
    return this;
  }

  ChildJvm options(String... more) {
    options.addAll(List.of(more));
    return this;
  }

  /** The library and what it needs as modules, the tests on the class path. */
  ChildJvm onModulePath() {
    List<String> modules = new ArrayList<>();
    List<String> tests = new ArrayList<>();
    for (String entry : Pattern.compile(":").splitAsStream(classPath).toList()) {
      String name = Path.of(entry).getFileName().toString();
      boolean fixtures = name.equals("test-classes") || name.endsWith("-tests.jar");
      boolean library = name.matches("(posix-ipc|jnr-|jffi|asm).*jar") || name.equals("classes");
      (library && !fixtures ? modules : tests).add(entry);
    }
    classPath = String.join(":", tests);
    nativeAccess = "org.jnrproject.jffi";
    return options("--module-path", String.join(":", modules), "--add-modules", "org.posixipc");
  }

  Outcome run() throws IOException, InterruptedException {
    Path out = Files.createTempFile("child", ".out");
    Path err = Files.createTempFile("child", ".err");
    try {
      Process child =
          new ProcessBuilder(command())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      if (!child.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        child.destroyForcibly().waitFor();
        throw new AssertionError("it did not end: " + Files.readString(err));
      }
      return new Outcome(child.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** The command that starts it. */
  List<String> command() {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    if (ASKS_FOR_NATIVE_ACCESS) {
      command.add("--enable-native-access=" + nativeAccess);
    }
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, main.getName()));
    return command;
  }
}
