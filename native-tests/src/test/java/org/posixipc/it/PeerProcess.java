package org.posixipc.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.posixipc.Spawn;

/**
 * A program at the other end, whose lines the test reads. It is killed after 40 seconds, so that
 * nobody waits for it longer, and killed and reaped on close, however the test went.
 */
final class PeerProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 40;
  private static final Executor LATER =
      CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS);

  private final Process process;
  private final BufferedReader output;
  private final StringBuilder said = new StringBuilder();
  private final Future<?> watchdog;

  private PeerProcess(List<String> command) throws IOException {
    said.append(command).append('\n');
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    output = process.inputReader(UTF_8);
    watchdog = CompletableFuture.runAsync(process::destroyForcibly, LATER);
  }

  /** Starts a program that is found on the path; skips the test where it isn't installed. */
  static PeerProcess start(List<String> command) throws IOException {
    requireInstalled(command.get(0));
    return new PeerProcess(command);
  }

  static PeerProcess start(String... command) throws IOException {
    return start(List.of(command));
  }

  /** Starts a program of src/test/c. */
  static PeerProcess c(String program, String... arguments) throws IOException {
    return start(cCommand(program, arguments));
  }

  /** How a program of src/test/c is called; skips the test where there was no compiler. */
  static List<String> cCommand(String program, String... arguments) {
    Path file = Path.of(System.getProperty("posixipc.c", "target/c"), program);
    assumeTrue(Files.isExecutable(file), "the C programs are built where a C compiler is (cc)");
    return concat(List.of(file.toString()), List.of(arguments));
  }

  /** How a JVM like this one is called, for a main class of the tests. */
  static List<String> javaCommand(Class<?> main, String... arguments) {
    List<String> java =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    java.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m"));
    if (Runtime.version().feature() >= 22) {
      java.add("--enable-native-access=ALL-UNNAMED");
    }
    java.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    return concat(java, List.of(arguments));
  }

  static void requireInstalled(String program) {
    boolean installed =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder).resolve(program)));
    assumeTrue(installed, program + " is not installed");
  }

  /** Where it is installed, a container may still forbid it. */
  static void requireStrace() throws IOException {
    requireInstalled("strace");
    Spawn strace = Spawn.command("strace", "-f", "-o", "/dev/null", "true").devNull(2);
    assumeTrue(strace.start().waitFor().success(), "strace may not trace here");
  }

  static List<String> concat(List<String> first, List<String> then) {
    return Stream.concat(first.stream(), then.stream()).toList();
  }

  long pid() {
    return process.pid();
  }

  /** The rest of the next line that begins so; other lines are passed over. */
  String awaitLine(String beginning) throws IOException {
    String line = await("^" + Pattern.quote(beginning));
    return line.substring(beginning.length()).strip();
  }

  /** The next line that has the text somewhere; other lines are passed over. */
  String awaitLineWith(String text) throws IOException {
    return await(Pattern.quote(text));
  }

  private String await(String regex) throws IOException {
    Pattern wanted = Pattern.compile(regex);
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      said.append(line).append('\n');
      if (wanted.matcher(line).find()) {
        return line;
      }
    }
    throw new AssertionError("waited in vain for a line " + regex + ":\n" + said);
  }

  /** Gives it a line to read. */
  void say(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(UTF_8));
    process.getOutputStream().flush();
  }

  /** All that it still says, to its end. */
  String rest() {
    return output.lines().collect(Collectors.joining("\n"));
  }

  /** Waits for the end. */
  int exitCode() throws InterruptedException {
    return process.waitFor();
  }

  /** Waits for the end, which must be a good one, and returns what followed the last "ok". */
  String succeed() throws Exception {
    String answer = awaitLine("ok");
    assertEquals(0, exitCode(), said::toString);
    return answer;
  }

  /** Kills it as kill -9 does, and waits until the kernel has closed what it had. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws InterruptedException, IOException {
    watchdog.cancel(false);
    kill();
    output.close();
    process.getOutputStream().close();
  }
}
