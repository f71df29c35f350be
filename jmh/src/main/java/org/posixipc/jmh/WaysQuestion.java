package org.posixipc.jmh;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An operation in several {@link Ways}, with the same calls in C before each of them. */
final class WaysQuestion implements Question {
  private final Map<String, Samples> scores = new HashMap<>();
  private final Map<String, Samples> allocated = new HashMap<>();
  private final Ways ways;
  private final Conditions conditions;

  WaysQuestion(Ways ways, Conditions conditions) {
    this.ways = ways;
    this.conditions = conditions;
  }

  @Override
  public List<Step> round() {
    List<Step> steps = new ArrayList<>();
    for (Ways.Way way : ways.present()) {
      conditions.programs().ifPresent(c -> steps.add(program(way, c)));
      steps.add(fork(way));
    }
    return steps;
  }

  @Override
  public String title() {
    return ways.title();
  }

  @Override
  public List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    for (Ways.Way way : ways.present()) {
      Map<String, String> kind = way.calls().isEmpty() ? Map.of() : Map.of("calls", way.calls());
      Map<String, String> parameters = new TreeMap<>(kind);
      parameters.put("way", way.title());
      figures.addAll(figure(kind, Library.C, ways.unit().title(), scores.get(way.titleOfC())));
      figures.addAll(figure(parameters, way, ways.unit().title(), scores));
      figures.addAll(figure(parameters, way, "B/op", allocated));
    }
    return figures.stream().distinct().toList();
  }

  @Override
  public List<String> absences() {
    Set<String> absences = new LinkedHashSet<>();
    ways.list().forEach(way -> way.library().absence().ifPresent(absences::add));
    if (ways.equals(Ways.SETUP_COST)) {
      Library.JUNIXSOCKET.lack(Transport.SOCKETPAIR).ifPresent(absences::add);
    }
    return List.copyOf(absences);
  }

  private List<Figure> figure(
      Map<String, String> parameters, Ways.Way way, String unit, Map<String, Samples> measured) {
    return figure(parameters, way.library().title(), unit, measured.get(way.title()));
  }

  private List<Figure> figure(
      Map<String, String> parameters, String who, String unit, @Nullable Samples samples) {
    return samples == null
        ? List.of()
        : List.of(new Figure(ways.question(), parameters, who, unit, samples));
  }

  private Step program(Ways.Way way, CPrograms c) {
    return new Step(
        ways.name() + ", " + way.titleOfC(),
        conditions.plan().programMillis(),
        way.rank(),
        () -> note(way.titleOfC(), c.ways(ways, way, conditions.plan(), conditions.cpus())));
  }

  private Step fork(Ways.Way way) {
    return new Step(
        ways.name() + ", " + way.title(),
        conditions.plan().forkMillis(),
        way.rank(),
        () -> {
          Forks.Result result = conditions.forks().run(ways.benchmark(), way.method(), Map.of());
          allocated.merge(way.title(), result.allocated(), Samples::plus);
          return note(way.title(), result.scores());
        });
  }

  String note(String title, Samples samples) {
    scores.merge(title, samples, Samples::plus);
    return ways.unit().text(samples.median())
        + " "
        + ways.unit().title()
        + " "
        + Figures.percent(samples.error());
  }
}
