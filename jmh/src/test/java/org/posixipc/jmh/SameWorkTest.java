package org.posixipc.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingInt;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * C and Java do the same work: both run under strace(1), so many operations and twice as many, and
 * what the second run has more is what the operations did.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SameWorkTest {
  /** Who polls asks as often as there is time for: a file's reader finds nothing new. */
  private static final String NOTHING_NEW = "read = 0";

  /** Of a server's clients: of their connections most come when its classes are loaded. */
  private static final int LOAD_MILLIS = 1500;

  @TempDir static Path temporary;
  private static final Map<List<String>, SystemCalls> C = new HashMap<>();
  private static Map<String, SystemCalls> java;

  @BeforeAll
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  static void trace() throws Exception {
    assumeTrue(Host.finds("strace"), "no strace");
    assumeTrue(CPrograms.find().isPresent(), "no C compiler when this was built");
    List<String> probe = List.of("true");
    assumeTrue(status(temporary.resolve("probe"), probe) == 0, "strace may not trace here");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Djmh.ignoreLock=true", "-Dposixipc.c=" + CPrograms.folder()));
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:-UseDynamicNumberOfCompilerThreads"));
    command.addAll(NativeAccess.jvmOptions());
    command.addAll(List.of("-cp", ClassPath.whole(), Operations.class.getName()));
    Path file = temporary.resolve("java");
    assertEquals(0, status(file, command));
    java = SystemCalls.sections(file);
  }

  @ParameterizedTest
  @MethodSource("org.posixipc.jmh.SameWork#all")
  void anOperationMakesTheSameCallsInCAndInJava(SameWork work) throws Exception {
    SystemCalls once = c(work, 1);
    Map<String, Integer> inC = operation(c(work, 2), once);

    assertEquals(new TreeMap<>(work.calls()), names(inC));
    Map<String, Integer> inJava = operation(java(work, 2), java(work, 1));
    inJava.keySet().removeAll(work.besides());
    assertEquals(inC, inJava);
  }

  @ParameterizedTest
  @MethodSource("org.posixipc.jmh.SameWork#all")
  void whatIsSetOnceIsTheSameInCAndInJava(SameWork work) throws Exception {
    Map<String, Integer> inJava = new TreeMap<>(java(work, 1).settings());
    // A listener of this library's takes an address that a connection's past still occupies.
    inJava.keySet().removeIf(call -> call.contains("SO_REUSEADDR"));

    assertEquals(c(work, 1).settings(), inJava);
  }

  @Test
  void aServerMakesTheSameCallsForAConnectionInCAndInJava() throws Exception {
    CPrograms programs = CPrograms.find().orElseThrow();

    Map<String, Integer> inC = served(programs.echoServer(ServerWay.THREADS.inC()), programs);
    Map<String, Integer> inJava =
        served(
            ServerQuestion.command(
                new ServerQuestion.Contestant(Library.POSIX_IPC.title(), ServerWay.THREADS),
                programs),
            programs);

    Map<String, Integer> calls =
        Map.of(
            "accept4 SOCK_CLOEXEC", 1, "read = 64", 1, "write = 64", 1, "read = 0", 1, "close", 1);
    assertEquals(new TreeMap<>(calls), inC);
    assertEquals(inC, inJava);
  }

  /** What a server does for a client that sends its bytes, takes them back, and goes. */
  private static Map<String, Integer> served(List<String> server, CPrograms programs)
      throws Exception {
    Path file = temporary.resolve("server");
    try (UnixPath unix = UnixPath.create()) {
      List<String> command = new ArrayList<>(SystemCalls.tracing(file));
      command.addAll(server);
      command.add(unix.path().toString());
      Process process = new ProcessBuilder(command).start();
      assertEquals("ready", process.inputReader(UTF_8).readLine());
      programs.serverLoad(unix.path(), "fresh", 1, 0, 1, LOAD_MILLIS);
      // strace waits for the end of what it traces, whatever it is told itself.
      process.descendants().forEach(ProcessHandle::destroy);
      process.waitFor();
    }
    SystemCalls calls = SystemCalls.since("accept", file);
    return calls.each(calls.count("accept"));
  }

  private static Map<String, Integer> operation(SystemCalls twice, SystemCalls once) {
    Map<String, Integer> each = twice.each(once, SameWork.OPERATIONS);
    each.remove(NOTHING_NEW);
    return each;
  }

  /** Without flags and counts. */
  private static Map<String, Integer> names(Map<String, Integer> calls) {
    return calls.entrySet().stream()
        .collect(
            groupingBy(
                call -> call.getKey().split(" ", -1)[0],
                TreeMap::new,
                summingInt(Map.Entry::getValue)));
  }

  private static SystemCalls java(SameWork work, int times) {
    SystemCalls calls = java.get(work.section(times));
    assertNotNull(calls, () -> "the trace has no " + work.section(times) + ": " + java.keySet());
    return calls;
  }

  private static SystemCalls c(SameWork work, int times) throws Exception {
    List<String> command = new ArrayList<>(work.program());
    command.set(0, CPrograms.folder().resolve(command.get(0)).toString());
    boolean isOfTransports = work.benchmark().getSuperclass() == OverTransport.class;
    // No milliseconds: a sample is over when the clock is looked at first.
    command.addAll(List.of(Integer.toString(times * work.samples()), "0"));
    if (!isOfTransports) {
      command.add("-1");
    }
    SystemCalls known = C.get(command);
    if (known != null) {
      return known;
    }
    Path file = temporary.resolve("c-" + C.size());
    assertEquals(0, status(file, command), command::toString);
    SystemCalls traced = Objects.requireNonNull(SystemCalls.sections(file).get(""));
    C.put(command, traced);
    return traced;
  }

  private static int status(Path file, List<String> command)
      throws IOException, InterruptedException {
    List<String> whole = new ArrayList<>(SystemCalls.tracing(file));
    whole.addAll(command);
    Process process = new ProcessBuilder(whole).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    int status = process.waitFor();
    if (status != 0) {
      System.out.println(output);
    }
    return status;
  }
}
