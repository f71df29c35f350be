package org.posixipc.jmh;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What does it cost to serve connections by threads, by a pool, by processes: through {@code
 * org.posixipc.server}, java.nio, and C?
 *
 * <p>The clients are {@code server_load.c} for all of them.
 */
final class ServerQuestion implements Question {
  static final List<String> PERCENTILES = List.of("50", "99");

  private static final int VIRTUAL_THREADS_SINCE = 21;

  /** About what a server takes to start and to end. */
  private static final int START_MILLIS = 800;

  /** A metric's name, with its unit. */
  private static final Map<String, String> UNITS =
      Map.of(
          "connections",
          "1/s",
          "requests",
          "1/s",
          "p50",
          "ns",
          "p99",
          "ns",
          "memory",
          "B",
          "cpu",
          "ns");

  /** A server that is measured. */
  record Contestant(String who, ServerWay way) {
    private String title() {
      return who + ", " + way.title();
    }

    private boolean isJvm() {
      return !who.equals(Library.C);
    }

    private int warmUpMillis() {
      return isJvm() ? ServerRun.WARM_UP_MILLIS : 0;
    }
  }

  private final Map<Figure, Samples> measured = new LinkedHashMap<>();
  private final Conditions conditions;

  ServerQuestion(Conditions conditions) {
    this.conditions = conditions;
  }

  /** Those of one way stand together, so that they are measured one right after the other. */
  static List<Contestant> contestants() {
    List<Contestant> list = new ArrayList<>();
    for (ServerWay way : ServerWay.values()) {
      if (way == ServerWay.THREADS || way == ServerWay.PROCESSES) {
        list.add(new Contestant(Library.C, way));
      }
      if (way != ServerWay.VIRTUAL_THREADS || hasVirtualThreads()) {
        list.add(new Contestant(Library.POSIX_IPC.title(), way));
        if (way.inC().equals("threads")) {
          list.add(new Contestant(Library.JAVA_NIO.title(), way));
        }
      }
    }
    return list;
  }

  @Override
  public List<Step> round() {
    return conditions.programs().stream()
        .flatMap(c -> contestants().stream().map(contestant -> step(contestant, c)))
        .toList();
  }

  private Step step(Contestant contestant, CPrograms c) {
    Plan plan = conditions.plan();
    long samples = 2L * plan.warmups() + 2L * plan.samples() + 2;
    return new Step(
        "server, " + contestant.title(),
        START_MILLIS + contestant.warmUpMillis() + samples * plan.millis(),
        contestant.way() == ServerWay.THREADS ? 0 : 1,
        () -> measure(contestant, c));
  }

  private String measure(Contestant contestant, CPrograms c) throws IOException {
    try (ServerRun run = new ServerRun(command(contestant, c), c, conditions.plan())) {
      run.measure(contestant.warmUpMillis())
          .forEach((metric, samples) -> note(figure(contestant, metric, samples)));
    }
    return text(contestant, "requests") + " requests/s";
  }

  static List<String> command(Contestant contestant, CPrograms c) {
    if (!contestant.isJvm()) {
      return c.echoServer(contestant.way().inC());
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xms128m", "-Xmx128m", "-XX:+UseSerialGC"));
    command.addAll(NativeAccess.jvmOptions());
    command.add("-Dposixipc.c=" + CPrograms.folder());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(EchoServers.class.getName());
    command.addAll(List.of(contestant.who(), contestant.way().toString()));
    return command;
  }

  static Figure figure(Contestant contestant, String metric, Samples samples) {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("metric", metric);
    parameters.put("model", contestant.way().inC());
    if (contestant.isJvm()) {
      parameters.put("way", contestant.way().title());
    }
    String unit = UNITS.getOrDefault(metric, "");
    return new Figure("server", parameters, contestant.who(), unit, samples);
  }

  void note(Figure figure) {
    measured.merge(figure.with(Samples.NONE), figure.samples(), Samples::plus);
  }

  private Optional<Samples> measured(Contestant contestant, String metric) {
    return Optional.ofNullable(measured.get(figure(contestant, metric, Samples.NONE)));
  }

  /** Requests first: they are what is asked. */
  @Override
  public List<Figure> figures() {
    return measured.entrySet().stream()
        .map(entry -> entry.getKey().with(entry.getValue()))
        .sorted(Comparator.comparing(it -> !"requests".equals(it.parameters().get("metric"))))
        .toList();
  }

  @Override
  public String title() {
    return String.format(
        "Servers: %d bytes and back, for %d clients", ServerRun.REQUEST, ServerRun.CLIENTS);
  }

  private String text(Contestant contestant, String metric) {
    return measured(contestant, metric).map(it -> Figures.count(it.median())).orElse("");
  }

  @Override
  public List<String> absences() {
    List<String> absences = new ArrayList<>();
    if (conditions.programs().isEmpty()) {
      absences.add("servers: their clients are a C program");
    }
    if (!hasVirtualThreads()) {
      absences.add("servers by virtual threads: need JDK 21 or later");
    }
    return absences;
  }

  private static boolean hasVirtualThreads() {
    return Runtime.version().feature() >= VIRTUAL_THREADS_SINCE;
  }
}
