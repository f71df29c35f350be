package org.posixipc.jmh.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.posixipc.jmh.Figure;
import org.posixipc.jmh.Figures;
import org.posixipc.jmh.Samples;

/** Charts with a line for each transport, and ratios of transports to the same through others. */
final class LineCharts {
  /** Beyond so many ticks, each second one is left out. */
  private static final int CROWD = 6;

  private final Topic topic;
  private final Results results;
  private final Results ours;
  private final Measure measure;
  private final Scale scale;

  private LineCharts(Topic topic) {
    this.topic = topic;
    this.results = topic.results();
    this.ours = results.by(Results.OURS);
    this.measure = Measure.all(results.figures()).get(0);
    this.scale = measure.scale(ours.figures());
  }

  /** Over the size, and as ratios to each peer. */
  static List<Chart> sizes(Topic topic) {
    LineCharts charts = new LineCharts(topic);
    ToDoubleFunction<Figure> size = figure -> log2(figure.parameters().getOrDefault("size", "1"));
    List<Chart> all = new ArrayList<>();
    charts.absolute("bytes in a message", charts.sizeTicks(), size).ifPresent(all::add);
    for (String peer : charts.results.peers()) {
      charts.ratio(peer, charts.sizeTicks(), size).ifPresent(all::add);
    }
    return all;
  }

  /** Over the percentile, and the median's ratios to all peers. */
  static List<Chart> percentiles(Topic topic) {
    LineCharts charts = new LineCharts(topic);
    List<String> percentiles = topic.results().values("percentile");
    ToDoubleFunction<Figure> rank =
        figure -> percentiles.indexOf(figure.parameters().getOrDefault("percentile", ""));
    List<Chart> all = new ArrayList<>();
    charts.absolute("so many % are faster", ticks(percentiles), rank).ifPresent(all::add);
    Results medians = topic.results().where("percentile", "50");
    if (!medians.figures().isEmpty()) {
      all.addAll(ratios(new Topic(topic.name(), topic.title() + ", p50", topic.all(), medians)));
    }
    return all;
  }

  /** Ratios to all peers, a row for each transport. */
  static List<Chart> ratios(Topic topic) {
    LineCharts charts = new LineCharts(topic);
    List<String> transports = topic.results().values("transport");
    ToDoubleFunction<Figure> row =
        figure -> transports.indexOf(figure.parameters().getOrDefault("transport", ""));
    List<Chart.Series> series =
        charts.results.peers().stream()
            .map(peer -> charts.ratioRows(peer, row))
            .filter(line -> !line.points().isEmpty())
            .toList();
    return series.isEmpty()
        ? List.of()
        : List.of(
            new Chart.Lines(
                topic.name() + "-ratios",
                topic.title() + ": " + Results.OURS + " / others",
                "",
                ticks(transports),
                charts.direction(),
                Chart.Kind.RATIO_ROWS,
                series));
  }

  private Optional<Chart> absolute(
      String x, List<Chart.Tick> ticks, ToDoubleFunction<Figure> place) {
    List<Chart.Series> lines = lines(figure -> Optional.of(scaled(figure, place)));
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Chart.Lines(
                topic.name(),
                topic.title() + ", through " + Results.OURS,
                x,
                ticks,
                scale.unit() + (measure.isRate() ? ", more is better" : ", less is better"),
                Chart.Kind.LOGARITHMIC,
                lines));
  }

  private Optional<Chart> ratio(
      String peer, List<Chart.Tick> ticks, ToDoubleFunction<Figure> place) {
    List<Chart.Series> lines = lines(figure -> ratio(figure, place, peer));
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Chart.Lines(
                topic.name() + "-to-" + peer,
                topic.title() + ": " + Results.OURS + " / " + peer,
                "bytes in a message",
                ticks,
                direction(),
                Chart.Kind.RATIO,
                lines));
  }

  private List<Chart.Series> lines(Function<Figure, Optional<Chart.Point>> point) {
    return results.values("transport").stream()
        .map(name -> line(name, topic.transport(name), ours.where("transport", name), point))
        .filter(line -> !line.points().isEmpty())
        .toList();
  }

  private Chart.Series ratioRows(String peer, ToDoubleFunction<Figure> row) {
    return line(peer, topic.who(peer), ours, figure -> ratio(figure, row, peer));
  }

  private static Chart.Series line(
      String name, int style, Results of, Function<Figure, Optional<Chart.Point>> point) {
    List<Chart.Point> points =
        of.figures().stream()
            .flatMap(figure -> point.apply(figure).stream())
            .sorted((one, other) -> Double.compare(one.x(), other.x()))
            .toList();
    return new Chart.Series(name, style, points);
  }

  private Chart.Point scaled(Figure figure, ToDoubleFunction<Figure> place) {
    Samples samples = figure.samples();
    return new Chart.Point(
        place.applyAsDouble(figure),
        scale.of(samples.median()),
        scale.of(samples.low()),
        scale.of(samples.high()));
  }

  private Optional<Chart.Point> ratio(Figure figure, ToDoubleFunction<Figure> place, String peer) {
    return results
        .ratio(figure, peer)
        .map(r -> new Chart.Point(place.applyAsDouble(figure), r.value(), r.low(), r.high()));
  }

  private String direction() {
    return "ratio, " + (measure.isRate() ? "more" : "less") + " than 1 is faster";
  }

  private List<Chart.Tick> sizeTicks() {
    List<String> sizes = results.values("size");
    int step = sizes.size() > CROWD ? 2 : 1;
    return IntStream.range(0, sizes.size())
        .filter(i -> (sizes.size() - 1 - i) % step == 0)
        .mapToObj(sizes::get)
        .map(size -> new Chart.Tick(log2(size), Figures.size(Integer.parseInt(size))))
        .toList();
  }

  private static List<Chart.Tick> ticks(List<String> labels) {
    return IntStream.range(0, labels.size())
        .mapToObj(i -> new Chart.Tick(i, labels.get(i)))
        .toList();
  }

  private static double log2(String size) {
    return Math.log(Double.parseDouble(size)) / Math.log(2);
  }
}
