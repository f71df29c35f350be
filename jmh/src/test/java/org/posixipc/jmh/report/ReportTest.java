package org.posixipc.jmh.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The folder of a run that has every kind of figure. */
class ReportTest {
  @TempDir static Path temporary;
  private static Path folder;
  private static Document page;

  @BeforeAll
  static void write() throws Exception {
    folder = temporary.resolve("report");
    Path index = Report.to(folder, Optional.empty()).write(Made.everything());
    page = parse(Files.readString(index));
  }

  @Test
  void thePageShowsTheHostTheCommandTheOptionsAndWhatIsAbsent() {
    String text = page.getDocumentElement().getTextContent();

    assertTrue(text.contains("a CPU of <two> cores & more"), text);
    assertTrue(text.contains("Bandwidth: \"much\" < more & most"), text);
    assertTrue(text.contains("compare --quick"), text);
    assertTrue(text.contains("two-cores"), text);
    assertTrue(text.contains("C: no compiler"), text);
  }

  @Test
  void aBaselineOfAnotherHostIsSaidToBeOneInThePageAndInTheTerminal() throws Exception {
    Run run = Made.run(Made.everything().figures());
    Path old = temporary.resolve("old.json");
    Files.writeString(old, JmhResults.json(Map.of("CPU", "an older one"), run.figures()));
    Report report = Report.to(temporary.resolve("compared"), Optional.of(old));

    String html = Files.readString(report.write(run));

    assertTrue(html.contains("an older one"), html);
    assertTrue(report.text(run).contains("an older one"), report.text(run));
    String title = "Against the baseline: 0 of ";
    assertTrue(html.contains(title) && report.text(run).contains(title), html);
  }

  @Test
  void everyPlotIsInThePageAndAFileOfItsOwn() throws Exception {
    List<Path> files = svgFiles();

    assertEquals(files.size(), elements(page, "svg").size());
    for (Path file : files) {
      Document svg = parse(Files.readString(file));
      assertEquals("svg", svg.getDocumentElement().getNodeName(), file.toString());
      assertFalse(svg.getDocumentElement().getAttribute("viewBox").isEmpty(), file.toString());
    }
  }

  @Test
  void everyPlotHasATitleAUnitAndALegend() throws Exception {
    for (Path file : svgFiles()) {
      List<String> texts =
          elements(parse(Files.readString(file)), "text").stream()
              .map(Node::getTextContent)
              .toList();
      String all = String.join("\n", texts);

      assertTrue(all.matches("(?s).*([GM]B/s|ns|µs|ms|1/s|MiB|ratio), .*"), file + ": " + all);
      assertTrue(
          texts.stream().anyMatch(List.of("pipe", "posix-ipc", "C")::contains), file + ": " + all);
    }
  }

  @Test
  void noTwoElementsOfThePageHaveOneId() {
    List<String> ids = new ArrayList<>();
    for (Element element : elements(page, "*")) {
      if (element.hasAttribute("id")) {
        ids.add(element.getAttribute("id"));
      }
    }

    assertFalse(ids.isEmpty());
    assertEquals(ids.stream().distinct().toList(), ids);
  }

  @Test
  void thePageLoadsNothing() {
    for (Element element : elements(page, "*")) {
      assertFalse(element.hasAttribute("src"), element.getNodeName());
      String link = element.getAttribute("href") + element.getAttribute("xlink:href");
      assertTrue(link.isEmpty() || link.startsWith("#"), link);
    }
  }

  private static List<Path> svgFiles() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".svg")).sorted().toList();
    }
  }

  private static List<Element> elements(Document document, String name) {
    NodeList nodes = document.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  private static Document parse(String xml) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }
}
