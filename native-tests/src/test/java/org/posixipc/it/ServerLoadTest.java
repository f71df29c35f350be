package org.posixipc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posixipc.example.HttpFileServer;

/**
 * The HTTP example under the load of programs that others wrote; {@code -Dposixipc.seconds=30} for
 * more than a build waits for.
 */
@Timeout(300)
class ServerLoadTest {
  private static final int SECONDS = Integer.getInteger("posixipc.seconds", 2);

  @TempDir Path folder;

  private ExampleServer start(String model) throws Exception {
    assumeTrue(
        !model.equals("virtual") || Runtime.version().feature() >= 21,
        "virtual threads came with JDK 21");
    Files.writeString(folder.resolve("index.html"), "<h1>hello</h1>");
    return ExampleServer.start(HttpFileServer.class, model, folder.toString());
  }

  /** ab, of Apache: each request on a connection of its own. */
  @ParameterizedTest
  @ValueSource(strings = {"serial", "threads", "virtual", "pool", "process", "workers"})
  void abFindsNoError(String model) throws Exception {
    PeerProcess.requireInstalled("ab");
    try (ExampleServer server = start(model);
        PeerProcess ab =
            PeerProcess.start(
                "ab", "-q", "-c", "8", "-t", "" + SECONDS, "-n", "1000000", server.url(""))) {
      String report = ab.rest();

      assertEquals(0, ab.exitCode(), report);
      assertTrue(number(report, "Complete requests:") > 0, report);
      assertEquals(0, number(report, "Failed requests:"), report);
      assertTrue(!report.contains("Non-2xx"), report);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"serial", "threads", "virtual", "pool", "process", "workers"})
  void wrkFindsNoError(String model) throws Exception {
    PeerProcess.requireInstalled("wrk");
    try (ExampleServer server = start(model);
        PeerProcess wrk =
            PeerProcess.start("wrk", "-t", "1", "-c", "8", "-d", SECONDS + "s", server.url(""))) {
      String report = wrk.rest();

      assertEquals(0, wrk.exitCode(), report);
      assertTrue(!report.contains(" 0 requests in"), report);
      assertTrue(!report.contains("Socket errors") && !report.contains("Non-2xx"), report);
    }
  }

  private static long number(String report, String name) {
    return report
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.substring(name.length()).strip()))
        .findFirst()
        .orElseThrow(() -> new AssertionError(report));
  }
}
