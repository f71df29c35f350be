package org.posixipc.jmh.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The report for people: one page that needs nothing else.
 *
 * <p>{@code page.html} is its template, which escapes all text; it is well-formed XML, as are the
 * plots.
 */
final class Page {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

  private Page() {}

  /** The page of a run; {@code svgs} are the plots of {@code charts}, by their names. */
  static String of(
      Run run, List<Table> changes, Map<String, List<Chart>> charts, Map<String, String> svgs) {
    Map<String, Object> context = new HashMap<>();
    context.put("cpu", run.host().getOrDefault("CPU", "this host"));
    context.put("begin", MINUTE.format(run.begin()));
    context.put("command", String.join(" ", run.command()));
    context.put("incomplete", !run.complete());
    context.put("advice", Advice.of(run));
    context.put("lacks", !run.absent().isEmpty());
    context.put("absent", run.absent());
    context.put("compared", !changes.isEmpty());
    context.put("changes", changes.stream().map(Page::table).toList());
    context.put("questions", questions(run, charts, svgs));
    context.put("tables", Tables.all(run).stream().map(Page::table).toList());
    context.put("host", entries(run.host()));
    context.put("options", entries(run.options()));
    return Mustache.compiler()
        .withLoader(name -> new StringReader(resource(name)))
        .compile(resource("page"))
        .execute(context);
  }

  private static List<Map<String, Object>> questions(
      Run run, Map<String, List<Chart>> charts, Map<String, String> svgs) {
    List<Map<String, Object>> questions = new ArrayList<>();
    for (Map.Entry<String, List<Chart>> question : charts.entrySet()) {
      List<Map<String, String>> plots =
          question.getValue().stream()
              .map(chart -> Map.of("name", chart.name(), "svg", svg(chart, svgs)))
              .toList();
      questions.add(Map.of("title", run.title(question.getKey()), "plots", plots));
    }
    return questions;
  }

  private static String svg(Chart chart, Map<String, String> svgs) {
    return Objects.requireNonNull(svgs.get(chart.name()));
  }

  private static Map<String, Object> table(Table table) {
    return Map.of(
        "caption",
        table.title(),
        "header",
        cells(table.header(), table.words()),
        "rows",
        table.rows().stream().map(row -> Map.of("cells", cells(row, table.words()))).toList());
  }

  private static List<Map<String, Object>> cells(List<String> texts, int words) {
    return IntStream.range(0, texts.size())
        .mapToObj(i -> Map.<String, Object>of("text", texts.get(i), "word", i < words))
        .toList();
  }

  private static List<Map<String, String>> entries(Map<String, String> facts) {
    return facts.entrySet().stream()
        .map(fact -> Map.of("name", fact.getKey(), "value", fact.getValue()))
        .toList();
  }

  private static String resource(String name) {
    try (InputStream stream = Page.class.getResourceAsStream(name + ".html")) {
      return new String(Objects.requireNonNull(stream).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the template " + name + " can't be read", e);
    }
  }
}
