package org.posixipc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.posixipc.ChildProcess;
import org.posixipc.Spawn;

/**
 * What spawn_probe.c found when it was started: its facts by their kind.
 *
 * @param pid the number by which the parent knew it
 * @param facts the lines, without their first field, by their first field
 */
record Probe(int pid, Map<String, List<String>> facts) {
  /** Starts the probe as {@code options} want it, with arguments, and reads what it wrote. */
  static Probe run(UnaryOperator<Spawn> options, String... arguments) throws IOException {
    Path report = Files.createTempFile("probe", null);
    try {
      List<String> command =
          new ArrayList<>(List.of(CProgram.path("spawn_probe"), report.toString()));
      command.addAll(List.of(arguments));
      return of(options.apply(Spawn.command(command.toArray(String[]::new))).start(), report);
    } finally {
      Files.delete(report);
    }
  }

  /** What a probe found that was started to write to {@code report}. */
  static Probe of(ChildProcess child, Path report) throws IOException {
    child.waitFor().orThrow();
    Map<String, List<String>> facts = new TreeMap<>();
    for (String line : Files.readAllLines(report)) {
      int tab = line.indexOf('\t');
      facts
          .computeIfAbsent(line.substring(0, tab), kind -> new ArrayList<>())
          .add(line.substring(tab + 1));
    }
    assertEquals(List.of(Integer.toString(child.pid())), facts.get("pid"));
    return new Probe(child.pid(), facts);
  }

  /** What it found of that kind, in its order. */
  List<String> all(String kind) {
    return facts.getOrDefault(kind, List.of());
  }

  /** The one thing of that kind. */
  String one(String kind) {
    assertEquals(1, all(kind).size(), () -> kind + ": " + all(kind));
    return all(kind).get(0);
  }

  int number(String kind) {
    return Integer.parseInt(one(kind));
  }

  /** What it found open, by number, and checks that nothing of it is close-on-exec. */
  Map<Integer, String> descriptors() {
    Map<Integer, String> open = new TreeMap<>();
    for (String line : all("fd")) {
      String[] fields = line.split("\t", 4);
      assertEquals("kept", fields[1], line);
      open.put(Integer.valueOf(fields[0]), fields[3]);
    }
    return open;
  }

  /** Its environment, by name. */
  Map<String, String> environment() {
    Map<String, String> variables = new TreeMap<>();
    for (String line : all("env")) {
      int equals = line.indexOf('=');
      variables.put(line.substring(0, equals), line.substring(equals + 1));
    }
    return variables;
  }
}
