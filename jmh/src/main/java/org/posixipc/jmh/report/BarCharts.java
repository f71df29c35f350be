package org.posixipc.jmh.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.posixipc.jmh.Figure;
import org.posixipc.jmh.Figures;
import org.posixipc.jmh.Samples;

/** Charts with a bar for each figure. */
final class BarCharts {
  private BarCharts() {}

  /**
   * A chart for each unit and percentile.
   *
   * <p>Of transports it has this library's alone: ratios show the others.
   */
  static List<Chart> of(Topic topic) {
    List<Measure> measures = Measure.all(topic.results().figures());
    List<Chart> charts = new ArrayList<>();
    for (Measure measure : measures) {
      chart(topic, measure, measures.size() > 1).ifPresent(charts::add);
    }
    return charts;
  }

  private static Optional<Chart> chart(Topic topic, Measure measure, boolean several) {
    Results all = topic.results().only(measure::matches);
    Results results = isOfTransports(all) ? all.by(Results.OURS) : all;
    if (results.figures().isEmpty()) {
      return Optional.empty();
    }
    Scale scale = measure.scale(results.figures());
    Parameters parameters = Parameters.of(results).varied();
    List<Chart.Bar> bars =
        results.figures().stream()
            .sorted(parameters.order())
            .map(figure -> bar(figure, topic, parameters, scale))
            .toList();
    String what = measure.title(scale);
    return Optional.of(
        new Chart.Bars(
            several ? topic.name() + "-" + what.replaceAll("[^a-zA-Z0-9.]+", "-") : topic.name(),
            topic.title(),
            what + (measure.isRate() ? ", more is better" : ", less is better"),
            legend(topic, results),
            bars));
  }

  private static boolean isOfTransports(Results results) {
    return results.has("transport") && !results.has("way");
  }

  private static List<Chart.Series> legend(Topic topic, Results results) {
    return results.figures().stream()
        .map(Figure::who)
        .distinct()
        .map(who -> new Chart.Series(who, topic.who(who), List.of()))
        .toList();
  }

  private static Chart.Bar bar(Figure figure, Topic topic, Parameters parameters, Scale scale) {
    List<String> words = new ArrayList<>(parameters.words(figure));
    if (!isOfTransports(topic.results())) {
      words.add(0, figure.parameters().getOrDefault("way", figure.who()));
    }
    words.removeIf(String::isEmpty);
    Samples samples = figure.samples();
    Chart.Point value =
        new Chart.Point(
            0, scale.of(samples.median()), scale.of(samples.low()), scale.of(samples.high()));
    String text = scale.text(samples.median()) + " " + Figures.percent(samples.error());
    return new Chart.Bar(String.join(", ", words), topic.who(figure.who()), value, text);
  }
}
