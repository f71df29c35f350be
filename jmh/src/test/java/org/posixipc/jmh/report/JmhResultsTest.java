package org.posixipc.jmh.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posixipc.jmh.Figure;

class JmhResultsTest {
  private static final Map<String, String> HOST =
      Map.of("CPU", "one of <two> cores", "kernel", "Linux 6.18");
  private static final Figure RATE = Made.bandwidth("pipe", 64, "java.nio", 1, 2, 3, 6);
  private static final Figure TIME =
      Made.figure("spawn-cost", Map.of("way", "Spawn"), "posix-ipc", "ns", 300.25, 400);
  private static final Figure BYTES =
      Made.figure("spawn-cost", Map.of("way", "Spawn"), "posix-ipc", "B/op", 32, 48);

  @TempDir Path temporary;

  @Test
  void anEntryHasWhatJmhsVisualisersRead() {
    JsonObject entry = entries(List.of(RATE)).get(0).getAsJsonObject();
    JsonObject metric = entry.getAsJsonObject("primaryMetric");

    assertEquals("compare.bandwidth.java_nio", entry.get("benchmark").getAsString());
    assertEquals("thrpt", entry.get("mode").getAsString());
    assertEquals("64", entry.getAsJsonObject("params").get("size").getAsString());
    assertEquals(4, entry.get("measurementIterations").getAsInt());
    assertEquals("B/s", metric.get("scoreUnit").getAsString());
    assertEquals(3.0, metric.get("score").getAsDouble());
    assertTrue(metric.get("scoreError").getAsDouble() > 0);
    assertEquals(2, metric.getAsJsonArray("scoreConfidence").size());
    assertEquals(2.5, metric.getAsJsonObject("scorePercentiles").get("50.0").getAsDouble());
    assertEquals("[[1.0,2.0,3.0,6.0]]", metric.get("rawData").toString());
  }

  @Test
  void whatWasAllocatedIsASecondMetricOfTheSameEntry() {
    JsonArray entries = entries(List.of(TIME, BYTES));

    JsonObject entry = entries.get(0).getAsJsonObject();
    assertEquals(1, entries.size());
    assertEquals("avgt", entry.get("mode").getAsString());
    JsonObject second =
        entry.getAsJsonObject("secondaryMetrics").getAsJsonObject("gc.alloc.rate.norm");
    assertEquals("B/op", second.get("scoreUnit").getAsString());
    assertEquals(40.0, second.get("score").getAsDouble());
  }

  @Test
  void whatWasWrittenIsReadAgain() throws IOException {
    List<Figure> figures = List.of(RATE, TIME, BYTES);
    Path file = Files.writeString(temporary.resolve("a.json"), JmhResults.json(HOST, figures));

    assertEquals(new HashSet<>(figures), new HashSet<>(JmhFile.read(file).figures()));
  }

  @Test
  void everyFigureOfAWholeRunIsReadAgain() throws IOException {
    List<Figure> figures = Made.everything().figures();
    Path file = Files.writeString(temporary.resolve("b.json"), JmhResults.json(HOST, figures));

    List<Figure> read = JmhFile.read(file).figures();

    assertEquals(figures.size(), read.size());
    assertTrue(new Changes(figures, read).table().rows().isEmpty());
  }

  @Test
  void theFirstEntryNamesTheHostAndAllAreStillBenchmarks() throws IOException {
    JsonArray entries = entries(List.of(RATE, TIME));
    Path file = Files.writeString(temporary.resolve("e.json"), entries.toString());

    assertEquals(HOST, JmhFile.read(file).host());
    assertTrue(entries.get(0).getAsJsonObject().has("host"));
    assertFalse(entries.get(1).getAsJsonObject().has("host"));
    for (JsonElement entry : entries) {
      assertTrue(entry.getAsJsonObject().has("benchmark"), entry::toString);
    }
  }

  @Test
  void aFileOfAnotherHostSaysWhatDiffersAndOneThatTellsNoHostSaysSo() {
    Map<String, String> now = Map.of("CPU", "one of <two> cores", "kernel", "Linux 6.19");

    assertEquals(Optional.empty(), new Baseline(HOST, List.of()).otherHost(HOST));
    assertEquals(
        List.of(List.of("kernel", "Linux 6.18", "Linux 6.19")),
        new Baseline(HOST, List.of()).otherHost(now).orElseThrow().rows());
    assertEquals(
        List.of("CPU", "not told", "one of <two> cores"),
        new Baseline(Map.of(), List.of())
            .otherHost(Map.of("CPU", "one of <two> cores"))
            .orElseThrow()
            .rows()
            .get(0));
  }

  @Test
  void aFileThatIsNoResultIsRefusedByItsName() throws IOException {
    for (String text : List.of("", "no JSON", "{}", "[]", "[{\"benchmark\": \"a.b\"}]", "[null]")) {
      Path file = Files.writeString(temporary.resolve("c.json"), text);

      IOException failure = assertThrows(IOException.class, () -> JmhFile.read(file), text);

      assertTrue(failure.toString().contains("c.json"), failure.toString());
    }
  }

  @Test
  void aResultWithoutItsSamplesIsRefusedByItsFilesName() throws IOException {
    String text = "[{\"benchmark\": \"compare.bandwidth.C\", \"primaryMetric\": {}}]";
    Path file = Files.writeString(temporary.resolve("d.json"), text);

    IOException failure = assertThrows(IOException.class, () -> JmhFile.read(file));

    assertTrue(failure.toString().contains("d.json"), failure.toString());
  }

  private static JsonArray entries(List<Figure> figures) {
    return JsonParser.parseString(JmhResults.json(HOST, figures)).getAsJsonArray();
  }
}
