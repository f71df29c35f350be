package org.posixipc.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the figures were measured on. */
final class Host {
  private static final Path CPUS = Path.of("/proc/cpuinfo");
  private static final Path VULNERABILITIES = Path.of("/sys/devices/system/cpu/vulnerabilities");
  private static final Path GOVERNOR =
      Path.of("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");

  private Host() {}

  /** The CPU, the kernel and the JDK. */
  static Map<String, String> facts() throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("CPU", cpu() + ", " + Runtime.getRuntime().availableProcessors() + " available");
    facts.put("kernel", properties(" ", "os.name", "os.version", "os.arch"));
    facts.put("JDK", properties(", ", "java.vm.name", "java.runtime.version"));
    return facts;
  }

  /** What else a figure depends on, as far as the system tells. */
  static Map<String, String> details() throws IOException {
    Map<String, String> details = new LinkedHashMap<>();
    details.put(
        "governor",
        Files.isReadable(GOVERNOR)
            ? Files.readString(GOVERNOR).strip()
            : "not told (a virtual machine's host chooses)");
    mitigations(VULNERABILITIES).forEach((name, state) -> details.put("CPU's " + name, state));
    return details;
  }

  /** What the kernel does against each of the CPU's weaknesses: those that this CPU has. */
  static Map<String, String> mitigations(Path folder) throws IOException {
    Map<String, String> mitigations = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          mitigations.put(file.getFileName().toString(), Files.readString(file).strip());
        }
      }
    }
    mitigations.values().removeAll(List.of("Not affected"));
    return mitigations;
  }

  private static String properties(String between, String... names) {
    return String.join(between, Stream.of(names).map(System::getProperty).toList());
  }

  /** Whether PATH has such a command. */
  static boolean finds(String command) {
    return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
        .splitAsStream(System.getenv().getOrDefault("PATH", ""))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
  }

  private static String cpu() throws IOException {
    if (Files.exists(CPUS)) {
      try (Stream<String> lines = Files.lines(CPUS)) {
        return lines
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse("not named by " + CPUS);
      }
    }
    return finds("sysctl") ? sysctl() : "unknown";
  }

  private static String sysctl() throws IOException {
    Process process = new ProcessBuilder("sysctl", "-n", "machdep.cpu.brand_string").start();
    return new String(process.getInputStream().readAllBytes(), UTF_8).strip();
  }
}
