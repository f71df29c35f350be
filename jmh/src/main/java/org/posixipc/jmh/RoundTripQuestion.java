package org.posixipc.jmh;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@link RoundTrip}, with {@code round_trip.c} beside it. */
final class RoundTripQuestion extends TransportQuestion {
  static final List<String> PERCENTILES = List.of("50", "90", "99", "99.9");

  RoundTripQuestion(Scope scope, Conditions conditions) {
    super(scope, conditions.plan().tripSizes(), conditions);
  }

  static Figure figure(Work work, String who, String percentile, Samples nanos) {
    Map<String, String> parameters = new HashMap<>(work.figureParameters());
    parameters.put("percentile", percentile);
    return new Figure("round-trip", parameters, who, "ns", nanos);
  }

  @Override
  List<Figure> fork(Work work, Library library) throws IOException {
    Forks.Result result = conditions.forks().run(RoundTrip.class, "trip", work.parameters(library));
    return PERCENTILES.stream()
        .map(p -> figure(work, library.title(), p, result.percentile(Double.parseDouble(p))))
        .toList();
  }

  @Override
  List<Figure> program(Work work, CPrograms c, Plan plan) throws IOException {
    Map<String, Samples> trips = c.roundTrip(work, plan, conditions.cpus());
    List<Figure> figures = new ArrayList<>();
    trips.forEach((percentile, it) -> figures.add(figure(work, Library.C, percentile, it)));
    return figures;
  }

  @Override
  String text(Work work, Samples samples) {
    return Figures.micros(samples) + " us " + Figures.percent(samples.error());
  }

  @Override
  public String title() {
    return "Round trip: a message to the other side and back";
  }
}
