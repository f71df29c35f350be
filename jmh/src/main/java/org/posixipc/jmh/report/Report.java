package org.posixipc.jmh.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run leaves: tables for the terminal; a folder with a page, the plots in it as files of
 * their own, and the figures for other programs.
 */
public final class Report {
  private final ReportFolder folder;
  private final Optional<Baseline> baseline;

  private Report(ReportFolder folder, Optional<Baseline> baseline) {
    this.folder = folder;
    this.baseline = baseline;
  }

  /**
   * Prepares a report, before anything is measured for it.
   *
   * @param folder where it goes; a report that is there is replaced
   * @param baseline an older run's {@code results.json}, to be compared with
   * @throws IOException which names the folder if no report can be written there, or the baseline
   *     if it can't be read
   */
  public static Report to(Path folder, Optional<Path> baseline) throws IOException {
    Optional<Baseline> old =
        baseline.isPresent() ? Optional.of(JmhFile.read(baseline.get())) : Optional.empty();
    return new Report(ReportFolder.at(folder), old);
  }

  /** The tables, as a terminal shows them. */
  public String text(Run run) {
    StringBuilder text = new StringBuilder();
    Tables.all(run).forEach(table -> append(text, table));
    changes(run).forEach(table -> append(text, table));
    return text.append('\n').append(Advice.of(run)).append('\n').toString();
  }

  private static void append(StringBuilder text, Table table) {
    text.append('\n').append(table.title()).append("\n\n").append(table);
  }

  /**
   * Writes the folder, whole or not at all.
   *
   * @return the page
   */
  public Path write(Run run) throws IOException {
    Map<String, List<Chart>> charts = Charts.of(run);
    Map<String, String> svgs = new LinkedHashMap<>();
    charts.values().forEach(all -> all.forEach(chart -> svgs.put(chart.name(), Svg.of(chart))));
    Map<String, String> files = new LinkedHashMap<>();
    files.put("index.html", Page.of(run, changes(run), charts, svgs));
    files.put("results.json", JmhResults.json(run.host(), run.figures()));
    files.put("results.csv", Csv.of(run.figures()));
    svgs.forEach((name, svg) -> files.put(name + ".svg", svg));
    folder.write(files);
    return folder.path().resolve("index.html");
  }

  /** What the code has changed stands behind what else may have. */
  private List<Table> changes(Run run) {
    List<Table> tables = new ArrayList<>();
    baseline.flatMap(old -> old.otherHost(run.host())).ifPresent(tables::add);
    baseline.ifPresent(old -> tables.add(new Changes(old.figures(), run.figures()).table()));
    return tables;
  }
}
