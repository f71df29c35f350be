package org.posixipc.jmh.report;

import java.util.ArrayList;
import java.util.List;
import org.posixipc.jmh.Figure;
import org.posixipc.jmh.Figures;
import org.posixipc.jmh.Samples;

/** Charts with a bar for each figure. */
final class BarCharts {
  private BarCharts() {}

  /** A chart for each unit and percentile. */
  static List<Chart> of(Topic topic) {
    List<Measure> measures = Measure.all(topic.results().figures());
    List<Chart> charts = new ArrayList<>();
    for (Measure measure : measures) {
      charts.add(chart(topic, measure, measures.size() > 1));
    }
    return charts;
  }

  private static Chart chart(Topic topic, Measure measure, boolean several) {
    Results results = topic.results().only(measure::matches);
    Scale scale = measure.scale(results.figures());
    Parameters parameters = Parameters.of(results);
    List<Chart.Bar> bars =
        results.figures().stream()
            .sorted(parameters.order())
            .map(figure -> bar(figure, topic.who(figure.who()), parameters, scale))
            .toList();
    List<Chart.Series> legend =
        results.figures().stream()
            .map(Figure::who)
            .distinct()
            .map(who -> new Chart.Series(who, topic.who(who), List.of()))
            .toList();
    String what = measure.title(scale);
    return new Chart.Bars(
        several ? topic.name() + "-" + what.replaceAll("[^a-zA-Z0-9.]+", "-") : topic.name(),
        topic.title(),
        what + (measure.isRate() ? ", more is better" : ", less is better"),
        legend,
        bars);
  }

  private static Chart.Bar bar(Figure figure, int style, Parameters parameters, Scale scale) {
    List<String> words = new ArrayList<>(parameters.words(figure));
    words.add(0, figure.parameters().getOrDefault("way", figure.who()));
    words.removeIf(String::isEmpty);
    Samples samples = figure.samples();
    Chart.Point value =
        new Chart.Point(
            0, scale.of(samples.median()), scale.of(samples.low()), scale.of(samples.high()));
    String text = scale.text(samples.median()) + " " + Figures.percent(samples.error());
    return new Chart.Bar(String.join(", ", words), style, value, text);
  }
}
