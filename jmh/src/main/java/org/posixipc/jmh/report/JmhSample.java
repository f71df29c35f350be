package org.posixipc.jmh.report;

import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.Aggregator;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ResultRole;
import org.openjdk.jmh.util.ListStatistics;
import org.openjdk.jmh.util.Statistics;

/** One of our samples as JMH's results have them: an iteration's score, whoever measured it. */
final class JmhSample extends Result<JmhSample> {
  private static final long serialVersionUID = 1;

  JmhSample(ResultRole role, String label, String unit, double score) {
    this(role, label, unit, of(score));
  }

  private JmhSample(ResultRole role, String label, String unit, Statistics statistics) {
    super(role, label, statistics, unit, AggregationPolicy.AVG);
  }

  @Override
  protected Aggregator<JmhSample> getThreadAggregator() {
    return getIterationAggregator();
  }

  @Override
  protected Aggregator<JmhSample> getIterationAggregator() {
    return samples -> {
      ListStatistics scores = new ListStatistics();
      samples.forEach(sample -> scores.addValue(sample.getScore()));
      return new JmhSample(role, label, unit, scores);
    };
  }
}
