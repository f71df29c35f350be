package org.posixipc.jmh.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.inference.MannWhitneyUTest;
import org.posixipc.jmh.Figure;
import org.posixipc.jmh.Figures;
import org.posixipc.jmh.Samples;

/**
 * What is different from an older run.
 *
 * <p>Two tests must agree: the 99% intervals of the medians have nothing in common, and the
 * samples' ranks would fall so by chance less than once in a hundred (Mann-Whitney). Of hundreds of
 * figures a few would pass either of them alone.
 */
final class Changes {
  private static final double CHANCE = 0.01;

  private final List<Figure> old;
  private final List<Figure> now;

  Changes(List<Figure> old, List<Figure> now) {
    this.old = old;
    this.now = now;
  }

  private record Pair(Figure old, Figure now) {
    Ratio ratio() {
      return new Ratio(now.samples(), old.samples());
    }

    boolean changed() {
      return ratio().differs() && chance(now.samples(), old.samples()) < CHANCE && !isPartOfAByte();
    }

    /** What a run of the same code may show of calls that weren't compiled yet. */
    private boolean isPartOfAByte() {
      return Measure.of(now).isAllocation()
          && Math.abs(now.samples().median() - old.samples().median()) < 1;
    }

    boolean better() {
      return ratio().value() > 1 == Measure.of(now).isRate();
    }

    List<String> row() {
      Scale scale = Scale.of(now.unit(), Math.min(old.samples().median(), now.samples().median()));
      List<String> what = new ArrayList<>(List.of(now.question(), now.who()));
      what.addAll(new TreeMap<>(now.parameters()).values());
      return List.of(
          String.join(", ", what),
          scale.text(old.samples().median()) + " " + scale.unit(),
          Figures.percent(old.samples().error()),
          scale.text(now.samples().median()) + " " + scale.unit(),
          Figures.percent(now.samples().error()),
          ratio().toString(),
          better() ? "better" : "worse");
    }
  }

  /** How probable samples as different as these are, if both are of one distribution. */
  static double chance(Samples one, Samples other) {
    return new MannWhitneyUTest().mannWhitneyUTest(array(one), array(other));
  }

  /** Those that did change. */
  Table table() {
    Table table =
        new Table(
            summary(), 1, List.of("what", "before", "±", "now", "±", "now / before", "which is"));
    pairs().stream().filter(Pair::changed).forEach(pair -> table.row(pair.row()));
    return table;
  }

  private String summary() {
    List<Pair> pairs = pairs();
    long changed = pairs.stream().filter(Pair::changed).count();
    return String.format(
        "Against the baseline: %d of %d figures changed; %d are new, %d are missing",
        changed, pairs.size(), now.size() - pairs.size(), old.size() - pairs.size());
  }

  private List<Pair> pairs() {
    Map<Object, Figure> before = new HashMap<>();
    old.forEach(figure -> before.put(key(figure), figure));
    return now.stream()
        .flatMap(
            figure ->
                Stream.ofNullable(before.get(key(figure))).map(older -> new Pair(older, figure)))
        .toList();
  }

  private static Object key(Figure figure) {
    return List.of(figure.question(), figure.parameters(), figure.who(), figure.unit());
  }

  private static double[] array(Samples samples) {
    return samples.values().stream().mapToDouble(Double::doubleValue).toArray();
  }
}
