package org.posixipc.jmh;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@link Bandwidth}, with {@code bandwidth.c} between the two Java APIs. */
final class BandwidthQuestion implements Question {
  static final String OURS = Library.POSIX_IPC.title();
  static final String C = Library.C;
  static final String JDK = Library.JAVA_NIO.title();

  record Cell(Transport transport, int size, String who) {
    Figure figure(Samples messagesPerSecond) {
      return new Figure(
          "bandwidth",
          Map.of("transport", transport.title(), "size", Integer.toString(size)),
          who,
          "B/s",
          messagesPerSecond.times(size));
    }
  }

  private final Map<Cell, Samples> measured = new LinkedHashMap<>();
  private final List<Transport> transports;
  private final int capacity;
  private final Conditions conditions;

  BandwidthQuestion(List<Transport> transports, int capacity, Conditions conditions) {
    this.transports = transports;
    this.capacity = capacity;
    this.conditions = conditions;
  }

  @Override
  public List<Step> round() {
    List<Step> steps = new ArrayList<>();
    for (int size : conditions.plan().sizes()) {
      for (Transport transport : transports) {
        steps.add(fork(new Cell(transport, size, OURS), Library.POSIX_IPC));
        conditions.programs().ifPresent(c -> steps.add(program(new Cell(transport, size, C), c)));
        steps.add(fork(new Cell(transport, size, JDK), Library.JAVA_NIO));
      }
    }
    return steps;
  }

  @Override
  public String title() {
    return "Bandwidth: one thread writes, one reads; measured at the receiver";
  }

  @Override
  public List<Figure> figures() {
    return measured.entrySet().stream().map(cell -> cell.getKey().figure(cell.getValue())).toList();
  }

  private Step fork(Cell cell, Library library) {
    Map<String, String> parameters =
        Map.of(
            "transport", cell.transport.name(),
            "library", library.name(),
            "size", Integer.toString(cell.size),
            "capacity", Integer.toString(capacity));
    return step(
        cell,
        conditions.plan().forkMillis(),
        () -> conditions.forks().run(Bandwidth.class, "receive", parameters).scores());
  }

  private Step program(Cell cell, CPrograms c) {
    return step(
        cell,
        conditions.plan().programMillis(),
        () ->
            c.bandwidth(cell.transport, cell.size, capacity, conditions.plan(), conditions.cpus()));
  }

  private Step step(Cell cell, long millis, Measurement measurement) {
    String title = cell.transport.title() + " " + Figures.size(cell.size) + ", " + cell.who;
    return new Step(
        title,
        millis,
        () -> {
          Samples samples = measurement.take();
          note(cell, samples);
          return Figures.gigabytes(samples.median(), cell.size)
              + " GB/s "
              + Figures.percent(samples.error());
        });
  }

  void note(Cell cell, Samples samples) {
    measured.merge(cell, samples, Samples::plus);
  }

  private interface Measurement {
    Samples take() throws IOException;
  }
}
