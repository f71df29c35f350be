package org.posixipc.jmh.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.posixipc.jmh.Figure;
import org.posixipc.jmh.Figures;

/**
 * A question's figures as a table.
 *
 * <p>Where one library has several ways, each row is a way. Otherwise each is some work, with this
 * library's figures first and those of the others beside them.
 */
final class Tables {
  private static final String JDK = "java.nio";

  private final Results results;
  private final Parameters parameters;
  private final List<Measure> measures;
  private final Measure main;

  private Tables(Results results) {
    this.results = results;
    this.parameters = Parameters.of(results);
    this.measures = Measure.all(results.figures());
    this.main = measures.get(0);
  }

  /** A table for each question. */
  static List<Table> all(Run run) {
    Results results = new Results(run.figures());
    return results.questions().stream().map(name -> of(run.title(name), results.of(name))).toList();
  }

  private static Table of(String title, Results results) {
    Tables tables = new Tables(results);
    return results.has("way") ? tables.ways(title) : tables.works(title);
  }

  private Table ways(String title) {
    List<String> peers =
        results.peers().stream().filter(List.of(Results.C, JDK)::contains).toList();
    List<String> header = new ArrayList<>(List.of("way", "through"));
    header.addAll(parameters.names());
    header.addAll(columns());
    peers.forEach(peer -> header.add("/ " + peer));
    Table table = new Table(title, 2 + parameters.names().size(), header);
    for (Figure figure : sorted()) {
      List<String> row = new ArrayList<>();
      row.add(figure.parameters().getOrDefault("way", ""));
      row.add(figure.who());
      row.addAll(parameters.words(figure));
      row.addAll(cells(figure));
      peers.forEach(peer -> row.add(ratio(figure, peer)));
      table.row(row);
    }
    return table;
  }

  private Table works(String title) {
    boolean withC = results.peers().contains(Results.C);
    List<String> header = new ArrayList<>(parameters.names());
    header.addAll(columns());
    if (withC) {
      header.addAll(List.of("C", "±"));
    }
    results.peers().forEach(peer -> header.add("/ " + peer));
    Table table = new Table(title, parameters.names().size(), header);
    for (Figure figure : sorted()) {
      if (figure.who().equals(Results.OURS)) {
        table.row(work(figure, withC));
      }
    }
    return table;
  }

  private List<String> work(Figure ours, boolean withC) {
    List<String> row = new ArrayList<>(parameters.words(ours));
    row.addAll(cells(ours));
    if (withC) {
      row.addAll(results.beside(ours, Results.C).map(this::value).orElse(List.of("", "")));
    }
    results.peers().forEach(peer -> row.add(ratio(ours, peer)));
    return row;
  }

  /** Figures of the main measure: the rows. C's come first in their kind, as what others face. */
  private List<Figure> sorted() {
    return results.figures().stream()
        .filter(main::matches)
        .sorted(parameters.order().thenComparing(figure -> !figure.who().equals(Results.C)))
        .toList();
  }

  private List<String> columns() {
    List<String> columns = new ArrayList<>();
    for (Measure measure : measures) {
      columns.add(measure.title(measure.scale(results.figures())));
      if (measure.equals(main)) {
        columns.add("±");
      }
    }
    return columns;
  }

  private List<String> cells(Figure figure) {
    List<String> cells = new ArrayList<>(value(figure));
    for (Measure measure : measures.subList(1, measures.size())) {
      cells.add(other(figure, measure).map(found -> value(found).get(0)).orElse(""));
    }
    return cells;
  }

  /** The same row's figure in another column. */
  private Optional<Figure> other(Figure figure, Measure measure) {
    return results.figures().stream()
        .filter(measure::matches)
        .filter(other -> other.who().equals(figure.who()) && row(other).equals(row(figure)))
        .findFirst();
  }

  private static Map<String, String> row(Figure figure) {
    Map<String, String> row = new TreeMap<>(figure.parameters());
    row.keySet().removeAll(Set.of("percentile", "metric"));
    return row;
  }

  /** The median with its mark, and its error. */
  private List<String> value(Figure figure) {
    Measure measure = Measure.of(figure);
    String text = measure.scale(results.figures()).text(figure.samples().median());
    return List.of(text + mark(figure), Figures.percent(figure.samples().error()));
  }

  private String mark(Figure figure) {
    if (!figure.who().equals(Results.OURS) || !figure.parameters().containsKey("transport")) {
      return "";
    }
    return Ranking.wins(figure, results) ? "*" : " ";
  }

  private String ratio(Figure figure, String peer) {
    return results.ratio(figure, peer).map(Ratio::toString).orElse("");
  }
}
