package org.posixipc.jmh;

import java.io.IOException;
import java.util.List;

/** {@link Bandwidth}, with {@code bandwidth.c} beside it. */
final class BandwidthQuestion extends TransportQuestion {
  BandwidthQuestion(Scope scope, Conditions conditions) {
    super(scope, conditions.plan().sizes(), conditions);
  }

  static Figure figure(Work work, String who, Samples messagesPerSecond) {
    return new Figure(
        "bandwidth", work.figureParameters(), who, "B/s", messagesPerSecond.times(work.size()));
  }

  @Override
  List<Figure> fork(Work work, Library library) throws IOException {
    Samples scores =
        conditions.forks().run(Bandwidth.class, "receive", work.parameters(library)).scores();
    return List.of(figure(work, library.title(), scores));
  }

  @Override
  List<Figure> program(Work work, CPrograms c, Plan plan) throws IOException {
    Samples scores = c.bandwidth(work, plan, conditions.cpus());
    return List.of(figure(work, Library.C, scores));
  }

  @Override
  String text(Work work, Samples samples) {
    return Figures.gigabytes(samples) + " GB/s " + Figures.percent(samples.error());
  }

  @Override
  public String title() {
    return "Bandwidth: one side writes, one reads; measured at the receiver";
  }
}
