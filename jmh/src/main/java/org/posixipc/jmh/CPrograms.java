package org.posixipc.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** The C programs that the build compiled: the folder {@code c} beside the jar. */
final class CPrograms {
  private static final String PROPERTY = "posixipc.c";
  private static final List<String> NAMES =
      List.of(
          "bandwidth",
          "call_overhead",
          "child_round_trip",
          "close_cost",
          "connection_rate",
          "descriptor_passing",
          "echo_server",
          "peer",
          "round_trip",
          "server_load",
          "setup_cost",
          "spawn_cost",
          "verify");

  /** {@code operations} in {@code nanos}: a line of a program's output. */
  record Sample(long operations, long nanos) {
    double perSecond() {
      return operations * 1e9 / nanos;
    }

    double nanosEach() {
      return (double) nanos / operations;
    }
  }

  private final Path folder;

  private CPrograms(Path folder) {
    this.folder = folder;
  }

  /** Empty if there was no C compiler when this was built. */
  static Optional<CPrograms> find() {
    Path folder = folder();
    return NAMES.stream().allMatch(name -> Files.isExecutable(folder.resolve(name)))
        ? Optional.of(new CPrograms(folder))
        : Optional.empty();
  }

  static Path folder() {
    String given = System.getProperty(PROPERTY);
    if (given != null) {
      return Path.of(given);
    }
    URI jar =
        URI.create(CPrograms.class.getProtectionDomain().getCodeSource().getLocation().toString());
    return Path.of(jar).resolveSibling("c");
  }

  /** An operation by the calls of one of its ways, in its unit. */
  Samples ways(Ways ways, Ways.Way way, Plan plan, Cpus cpus) throws IOException {
    List<Object> arguments = new ArrayList<>(way.c());
    arguments.addAll(List.of(plan.samples(), plan.millis(), cpus.reader()));
    return samples(run(ways.program(), arguments.toArray()), ways.unit()::of);
  }

  /** Messages a second at the receiver. */
  Samples bandwidth(Work work, Plan plan, Cpus cpus) throws IOException {
    List<String> lines = run("bandwidth", timed(work, plan, cpus));
    checkTotal(lines);
    return samples(lines, Sample::perSecond);
  }

  /** Nanoseconds of a trip there and back, by percentile. */
  Map<String, Samples> roundTrip(Work work, Plan plan, Cpus cpus) throws IOException {
    List<String> lines = run("round_trip", timed(work, plan, cpus));
    checkTotal(lines);
    return percentiles(lines);
  }

  /**
   * Sends pseudo-random messages.
   *
   * @throws IOException if they aren't what arrives
   */
  void verify(Work work, long messages) throws IOException {
    List<Object> arguments = new ArrayList<>(work.arguments(Cpus.FREE));
    arguments.add(messages);
    checkChecksums(run("verify", arguments.toArray()));
  }

  /** The far end of a connection between processes. */
  static Path peer() {
    return folder().resolve("peer");
  }

  private static Object[] timed(Work work, Plan plan, Cpus cpus) {
    List<Object> arguments = new ArrayList<>(work.arguments(cpus));
    arguments.addAll(List.of(plan.samples(), plan.millis()));
    return arguments.toArray();
  }

  /** The clients of a server at {@code path}; the output of {@code server_load.c}. */
  List<String> serverLoad(
      Path path, String connections, int clients, int warmups, int samples, int millis)
      throws IOException {
    return run("server_load", path, connections, clients, warmups, samples, millis);
  }

  /** The command that starts the same server in C, but for the path at its end. */
  List<String> echoServer(String how) {
    return List.of(folder.resolve("echo_server").toString(), how);
  }

  /** The lines {@code percentile WHICH NANOSECONDS}. */
  static Map<String, Samples> percentiles(List<String> lines) throws IOException {
    return percentiles(lines, RoundTripQuestion.PERCENTILES);
  }

  /** The same, where others are expected. */
  static Map<String, Samples> percentiles(List<String> lines, List<String> expected)
      throws IOException {
    Map<String, Samples> percentiles = new LinkedHashMap<>();
    for (String line : lines) {
      String[] words = line.split(" ", -1);
      if (words[0].equals("percentile") && words.length == 3) {
        Samples one = new Samples(List.of(Double.parseDouble(words[2])));
        percentiles.merge(words[1], one, Samples::plus);
      }
    }
    if (!percentiles.keySet().equals(Set.copyOf(expected))) {
      throw new IOException("no percentiles in the C program's output: " + lines);
    }
    return percentiles;
  }

  /** The line {@code checked SENT CHECKSUM RECEIVED CHECKSUM}. */
  static void checkChecksums(List<String> lines) throws IOException {
    String line = lines.isEmpty() ? "" : lines.get(0);
    String[] words = line.split(" ", -1);
    if (words.length != 5 || !words[1].equals(words[3]) || !words[2].equals(words[4])) {
      throw new IOException("what arrived in C isn't what was sent: " + line);
    }
  }

  /** The lines {@code sample OPERATIONS NANOSECONDS}. */
  static Samples samples(List<String> lines, ToDoubleFunction<Sample> figure) throws IOException {
    List<Double> values = new ArrayList<>();
    for (String line : lines) {
      String[] words = line.split(" ", -1);
      if (words[0].equals("sample") && words.length == 3) {
        Sample sample = new Sample(Long.parseLong(words[1]), Long.parseLong(words[2]));
        values.add(figure.applyAsDouble(sample));
      }
    }
    if (values.isEmpty()) {
      throw new IOException("no sample in the C program's output: " + lines);
    }
    return new Samples(List.copyOf(values));
  }

  /** The line {@code total SENT RECEIVED}, which is the last. */
  static void checkTotal(List<String> lines) throws IOException {
    String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    String[] words = last.split(" ", -1);
    if (words.length != 3 || !words[0].equals("total") || !words[1].equals(words[2])) {
      throw new IOException("the C program's counts of bytes differ: " + last);
    }
  }

  private List<String> run(String program, Object... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(folder.resolve(program).toString());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      int status = process.waitFor();
      if (status != 0) {
        throw new IOException(String.join(" ", command) + " ended with " + status + ": " + output);
      }
      return output.lines().toList();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + program + " ran", e);
    }
  }
}
