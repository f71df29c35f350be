package org.posixipc.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the figures were measured on. */
final class Host {
  private static final Path CPUS = Path.of("/proc/cpuinfo");

  private Host() {}

  /** A line each for the CPU, the kernel and the JDK. */
  static String facts() throws IOException {
    return String.format(
        "CPU     %s, %d available%nkernel  %s %s %s%nJDK     %s, %s%n",
        cpu(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        System.getProperty("os.arch"),
        System.getProperty("java.vm.name"),
        System.getProperty("java.runtime.version"));
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
