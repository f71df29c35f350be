package org.posixipc.jmh;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@link CallOverhead}, with {@code call_overhead.c} before each of the Java ways. */
final class CallOverheadQuestion implements Question {
  private static final String C = "C";
  private static final String JDK = "java.nio.channels.Pipe";

  /** What the table calls a way, and the benchmark's method for it. */
  private static final Map<String, String> METHODS = new LinkedHashMap<>();

  static {
    METHODS.put("FileDescriptor, direct buffer", "fileDescriptorDirect");
    METHODS.put("FileDescriptor, heap buffer", "fileDescriptorHeap");
    METHODS.put("LibC, address", "libC");
    METHODS.put("jnr-posix, direct buffer", "jnrPosix");
    METHODS.put(JDK, "javaNioPipe");
  }

  private final Map<String, Samples> nanos = new HashMap<>();
  private final Map<String, Samples> allocated = new HashMap<>();
  private final Conditions conditions;

  CallOverheadQuestion(Conditions conditions) {
    this.conditions = conditions;
  }

  @Override
  public List<Step> round() {
    List<Step> steps = new ArrayList<>();
    METHODS.forEach(
        (way, method) -> {
          conditions.programs().ifPresent(c -> steps.add(program(c)));
          steps.add(fork(way, method));
        });
    return steps;
  }

  @Override
  public String answer() {
    List<String> header = new ArrayList<>(List.of("way", "ns", "±"));
    if (conditions.programs().isPresent()) {
      header.add("/ C");
    }
    header.addAll(List.of("/ java.nio", "B/op"));
    Table table = new Table(1, header);
    if (conditions.programs().isPresent()) {
      table.row(row(C));
    }
    METHODS.keySet().forEach(way -> table.row(row(way)));
    return "Call overhead: one byte through a pipe and back, write(2) and read(2), one thread\n\n"
        + table;
  }

  private List<String> row(String way) {
    Samples samples = measured(way);
    List<String> row = new ArrayList<>();
    row.add(way);
    row.add(Figures.nanos(samples.median()));
    row.add(Figures.percent(samples.error()));
    if (conditions.programs().isPresent()) {
      row.add(Figures.ratio(samples, measured(C)));
    }
    row.add(Figures.ratio(samples, measured(JDK)));
    Samples bytes = allocated.get(way);
    row.add(bytes == null ? "" : Figures.count(bytes.median()));
    return row;
  }

  private Samples measured(String way) {
    return Objects.requireNonNull(nanos.get(way));
  }

  private Step program(CPrograms c) {
    return new Step(
        "call overhead, C",
        conditions.plan().programMillis(),
        () -> note(C, c.callOverhead(conditions.plan(), conditions.cpus())));
  }

  private Step fork(String way, String method) {
    return new Step(
        "call overhead, " + way,
        conditions.plan().forkMillis(),
        () -> {
          Forks.Result result = conditions.forks().run(CallOverhead.class, method, Map.of());
          allocated.merge(way, result.allocated(), Samples::plus);
          return note(way, result.scores());
        });
  }

  String note(String way, Samples samples) {
    nanos.merge(way, samples, Samples::plus);
    return Figures.nanos(samples.median()) + " ns " + Figures.percent(samples.error());
  }
}
