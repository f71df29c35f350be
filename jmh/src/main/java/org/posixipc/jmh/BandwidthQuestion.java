package org.posixipc.jmh;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
  List<Figure> program(Work work, CPrograms c) throws IOException {
    Samples scores = c.bandwidth(work, conditions.plan(), conditions.cpus());
    return List.of(figure(work, Library.C, scores));
  }

  @Override
  String text(Work work, Samples samples) {
    return Figures.gigabytes(samples) + " GB/s " + Figures.percent(samples.error());
  }

  @Override
  public String answer() throws IOException {
    List<String> peers = peers();
    List<String> header = new ArrayList<>();
    header.addAll(List.of("size", "transport", "between", "GB/s", "±", "messages/s"));
    for (String peer : peers) {
      header.addAll(List.of(peer, "±", "ours/it"));
    }
    Table table = new Table(3, header);
    for (Work work : works()) {
      table.row(row(work, peers));
    }
    return "Bandwidth: one side writes, one reads; GB/s measured at the receiver\n\n" + table;
  }

  private List<String> row(Work work, List<String> peers) {
    List<String> row = new ArrayList<>();
    row.add(Figures.size(work.size()));
    row.add(work.transport().title());
    row.add(work.between().title());
    Optional<Samples> ours = measured(work, Library.POSIX_IPC.title());
    row.add(ours.map(Figures::gigabytes).orElse(""));
    row.add(ours.map(it -> Figures.percent(it.error())).orElse(""));
    row.add(ours.map(it -> Figures.count(it.median() / work.size())).orElse(""));
    for (String who : peers) {
      Optional<Samples> peer = measured(work, who);
      row.add(peer.map(Figures::gigabytes).orElse(""));
      row.add(peer.map(it -> Figures.percent(it.error())).orElse(""));
      row.add(ours.flatMap(us -> peer.map(it -> Figures.ratio(us, it))).orElse(""));
    }
    return row;
  }

  private List<String> peers() {
    return figures().stream()
        .map(Figure::who)
        .filter(who -> !who.equals(Library.POSIX_IPC.title()))
        .distinct()
        .toList();
  }

  private Optional<Samples> measured(Work work, String who) {
    return measured(figure(work, who, Samples.NONE));
  }
}
