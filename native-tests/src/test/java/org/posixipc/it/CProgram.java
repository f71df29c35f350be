package org.posixipc.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The programs of src/test/c, which the build compiles where there is a C compiler. */
final class CProgram {
  private CProgram() {}

  /** Where the program is. Without a C compiler the test is skipped. */
  static String path(String name) {
    Path program = Path.of(System.getProperty("posixipc.c", "target/c"), name).toAbsolutePath();
    assumeTrue(Files.isExecutable(program), "no C compiler has made " + program);
    return program.toString();
  }

  /** What the program prints, line by line. */
  static List<String> output(String name) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(path(name)).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output.lines().toList();
  }
}
