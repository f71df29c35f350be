package org.posixipc.jmh.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.posixipc.jmh.Figure;
import org.posixipc.jmh.Samples;

/** Figures as comma-separated values: a line each, with the median and its 99% interval. */
final class Csv {
  private static final List<String> BEGIN = List.of("question", "who", "unit");
  private static final List<String> END = List.of("median", "low", "high", "samples");

  private Csv() {}

  static String of(List<Figure> figures) {
    Set<String> parameters = new TreeSet<>();
    figures.forEach(figure -> parameters.addAll(figure.parameters().keySet()));
    StringBuilder text = new StringBuilder();
    try (CSVPrinter csv = new CSVPrinter(text, CSVFormat.RFC4180)) {
      List<String> header = new ArrayList<>(BEGIN);
      header.addAll(parameters);
      header.addAll(END);
      csv.printRecord(header);
      for (Figure figure : figures) {
        csv.printRecord(line(figure, parameters));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory can't be written to", e);
    }
    return text.toString();
  }

  private static List<Object> line(Figure figure, Set<String> parameters) {
    List<Object> line = new ArrayList<>(List.of(figure.question(), figure.who(), figure.unit()));
    parameters.forEach(name -> line.add(figure.parameters().getOrDefault(name, "")));
    Samples samples = figure.samples();
    line.addAll(List.of(samples.median(), samples.low(), samples.high(), samples.values().size()));
    return line;
  }
}
