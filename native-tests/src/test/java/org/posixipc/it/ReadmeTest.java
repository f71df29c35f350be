package org.posixipc.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samples of the README are programs: they compile, and the first one runs. */
class ReadmeTest {
  private static final Path README = Path.of("..", "README.md");
  private static final Pattern SAMPLE = Pattern.compile("(?ms)^```java\\n(.*?)^```$");
  private static final String FRAME =
      """
      import static java.nio.charset.StandardCharsets.UTF_8;

      import java.io.*;
      import java.lang.ref.*;
      import java.nio.*;
      import java.nio.channels.*;
      import java.nio.file.*;
      import java.time.*;
      import java.util.*;
      import org.posixipc.*;
      import org.posixipc.FileDescriptor;
      import org.posixipc.Pipe;
      import org.posixipc.libc.*;
      import org.posixipc.server.*;

      public class %s {
        public static void main(String[] args) throws Exception {
          %s
        }
      }
      """;

  @TempDir Path folder;

  @BeforeAll
  static void readmeIsThere() {
    assumeTrue(Files.exists(README), "no README.md yet");
  }

  @Test
  void everySampleCompiles() throws IOException {
    List<String> samples = samples();

    assertFalse(samples.isEmpty(), "a README without a sample");
    for (int i = 0; i < samples.size(); i++) {
      compile("Sample" + i, samples.get(i));
    }
  }

  @Test
  void theFirstSampleRuns() throws Exception {
    compile("First", samples().get(0));

    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      loader.loadClass("First").getMethod("main", String[].class).invoke(null, (Object) null);
    }
  }

  private static List<String> samples() throws IOException {
    return SAMPLE.matcher(Files.readString(README)).results().map(m -> m.group(1)).toList();
  }

  private void compile(String name, String sample) throws IOException {
    Path source = Files.writeString(folder.resolve(name + ".java"), FRAME.formatted(name, sample));
    ByteArrayOutputStream messages = new ByteArrayOutputStream();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();

    int result =
        compiler.run(
            null,
            messages,
            messages,
            "-proc:none",
            "-cp",
            System.getProperty("java.class.path"),
            "-d",
            folder.toString(),
            source.toString());

    assertEquals(0, result, () -> sample + "\n" + messages.toString(UTF_8));
  }
}
