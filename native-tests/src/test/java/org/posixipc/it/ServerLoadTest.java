package org.posixipc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posixipc.example.HttpFileServer;

/**
 * The HTTP example under the load of ab, Apache's, each of whose requests is a connection; {@code
 * -Dposixipc.seconds=30} for more than a build waits for.
 */
class ServerLoadTest {
  private static final int SECONDS = Integer.getInteger("posixipc.seconds", 0);
  private static final int REQUESTS = 3000;

  /** Of the model that starts a JVM for each. */
  private static final int FEW_REQUESTS = 12;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"serial", "threads", "virtual", "pool", "process", "workers"})
  @Timeout(120)
  void abFindsNoError(String model) throws Exception {
    PeerProcess.requireInstalled("ab");
    assumeTrue(
        !model.equals("virtual") || Runtime.version().feature() >= 21,
        "virtual threads came with JDK 21");
    Files.writeString(folder.resolve("index.html"), "<h1>hello</h1>");
    int requests = model.equals("process") ? FEW_REQUESTS : REQUESTS;
    try (ExampleServer server = start(model);
        PeerProcess ab = PeerProcess.start(command(requests, server.url("")))) {
      String report = ab.rest();

      assertEquals(0, ab.exitCode(), report);
      long complete = number(report, "Complete requests:");
      assertTrue(SECONDS > 0 ? complete > 0 : complete == requests, report);
      assertEquals(0, number(report, "Failed requests:"), report);
      assertFalse(report.contains("Non-2xx"), report);
    }
  }

  private ExampleServer start(String model) throws Exception {
    return ExampleServer.start(HttpFileServer.class, model, folder.toString());
  }

  private static List<String> command(int requests, String url) {
    List<String> ab = List.of("ab", "-q", "-c", "8");
    List<String> much =
        SECONDS > 0 ? List.of("-t", "" + SECONDS, "-n", "10000000") : List.of("-n", "" + requests);
    return PeerProcess.concat(PeerProcess.concat(ab, much), List.of(url));
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
