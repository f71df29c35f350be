package org.posixipc.jmh.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFolderTest {
  private static final Map<String, String> OLD = Map.of("index.html", "old", "gone.svg", "old");

  @TempDir Path temporary;

  @Test
  void aReportTakesThePlaceOfAnOlderOne() throws IOException {
    Path folder = temporary.resolve("report");
    ReportFolder.at(folder).write(OLD);

    ReportFolder.at(folder).write(Map.of("index.html", "new", "results.csv", "1,2"));

    assertEquals("new", Files.readString(folder.resolve("index.html")));
    assertEquals(List.of("index.html", "results.csv"), names(folder));
    assertEquals(List.of("report"), names(temporary));
  }

  @Test
  void aReportThatCannotBeWrittenWholeLeavesTheOlderOneAsItWas() throws IOException {
    Path folder = temporary.resolve("report");
    ReportFolder.at(folder).write(OLD);
    Map<String, String> files = new LinkedHashMap<>(Map.of("index.html", "new"));
    files.put("no such folder/a.svg", "new");

    IOException failure =
        assertThrows(IOException.class, () -> ReportFolder.at(folder).write(files));

    assertTrue(failure.toString().contains(folder.toString()), failure.toString());
    assertEquals("old", Files.readString(folder.resolve("index.html")));
    assertEquals(List.of("gone.svg", "index.html"), names(folder));
    assertEquals(List.of("report"), names(temporary));
  }

  @Test
  void aPlaceThatCannotBeWrittenToIsRefusedBeforeAnythingIsMeasured() throws IOException {
    Path file = Files.createFile(temporary.resolve("file"));
    Path folder = file.resolve("report");

    IOException failure = assertThrows(IOException.class, () -> ReportFolder.at(folder));

    assertTrue(failure.toString().contains(folder.toString()), failure.toString());
    assertEquals(List.of("file"), names(temporary));
  }

  @Test
  void aFolderWithSomethingElseInItIsLeftAlone() throws IOException {
    Files.writeString(temporary.resolve("thesis.tex"), "years of work");

    IOException failure = assertThrows(IOException.class, () -> ReportFolder.at(temporary));

    assertTrue(failure.toString().contains("thesis.tex"), failure.toString());
    assertEquals(List.of("thesis.tex"), names(temporary));
  }

  @Test
  void aFolderThatLinksElsewhereIsReplacedThere() throws IOException {
    Path real = Files.createDirectory(temporary.resolve("real"));
    Path link = Files.createSymbolicLink(temporary.resolve("link"), real);

    ReportFolder.at(link).write(Map.of("index.html", "new"));

    assertEquals("new", Files.readString(real.resolve("index.html")));
    assertTrue(Files.isSymbolicLink(link));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
