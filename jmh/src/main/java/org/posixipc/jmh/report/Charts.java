package org.posixipc.jmh.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which charts show the figures of a run.
 *
 * <p>What varies with the size becomes lines over sizes, a distribution lines over percentiles, all
 * else bars; what stands beside others becomes ratios to them as well.
 */
final class Charts {
  private Charts() {}

  /** The charts of each question, by its name. */
  static Map<String, List<Chart>> of(Run run) {
    Results all = new Results(run.figures()).only(figure -> !Measure.of(figure).isAllocation());
    Map<String, List<Chart>> charts = new LinkedHashMap<>();
    for (String question : all.questions()) {
      charts.put(question, charts(new Topic(question, run.title(question), all, all.of(question))));
    }
    return charts;
  }

  private static List<Chart> charts(Topic question) {
    List<Chart> charts = new ArrayList<>();
    for (Topic topic : question.parts("between")) {
      if (!topic.results().has("transport") || topic.results().has("way")) {
        charts.addAll(BarCharts.of(topic));
      } else if (topic.results().has("percentile")) {
        topic.parts("size").forEach(part -> charts.addAll(LineCharts.percentiles(part)));
      } else if (topic.results().values("size").size() > 1) {
        charts.addAll(LineCharts.sizes(topic));
      } else {
        charts.addAll(BarCharts.of(topic));
        charts.addAll(LineCharts.ratios(topic));
      }
    }
    return charts;
  }
}
