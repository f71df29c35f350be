package org.posixipc.jmh;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an operation of a question is, in C and in Java: the one place that both are held against.
 *
 * @param name the question and the way
 * @param benchmark the class with Java's side
 * @param method of it
 * @param parameters of the benchmark
 * @param invocations of the method that make {@link #OPERATIONS}
 * @param program C's side, with its arguments but for the samples
 * @param samples of C's that make as many, behind the first
 * @param functions of the program that are measured
 * @param calls that an operation makes, how often each
 * @param besides what Java's side does more than C's, and is part of what it promises
 */
record SameWork(
    String name,
    Class<?> benchmark,
    String method,
    Map<String, String> parameters,
    int invocations,
    List<String> program,
    int samples,
    List<String> functions,
    Map<String, Integer> calls,
    Set<String> besides) {
  static final int OPERATIONS = 256;

  /** How many a sample of measure.h has at least. */
  private static final int BATCH = 256;

  private static final Map<String, Integer> ONE_EACH = Map.of("write", 1, "read", 1);
  private static final Map<String, Integer> TRIP = Map.of("write", 2, "read", 2);
  private static final Map<String, Integer> SEND = Map.of("send", 1, "recv", 1);
  private static final int SIZE = 4096;
  private static final Settings ALL_SET = new Settings(1 << 16, 1 << 15, 1 << 16, true);

  /** A mark of a trace. */
  String section(int times) {
    return name.replace(' ', '-') + "/" + times;
  }

  /** All that C stands beside. */
  static List<SameWork> all() throws IOException {
    List<SameWork> all = new ArrayList<>();
    for (Ways ways : Ways.all(Cpus.FREE)) {
      for (Ways.Way way : ways.list()) {
        if (way.library() == Library.POSIX_IPC || way.library() == Library.LIBC) {
          all.add(of(ways, way));
        }
      }
    }
    for (Transport transport : Transport.values()) {
      if (transport.absence(SIZE, ALL_SET).isEmpty()) {
        all.add(roundTrip(transport, Between.THREADS));
      }
    }
    all.add(roundTrip(Transport.PIPE, Between.PROCESSES));
    all.add(bandwidth(Transport.PIPE, Between.THREADS));
    all.add(bandwidth(Transport.UNIX, Between.PROCESSES));
    return List.copyOf(all);
  }

  private static SameWork of(Ways ways, Ways.Way way) {
    return switch (ways.question()) {
      case "call-overhead" -> way(ways, way, "write_read", ONE_EACH);
      case "socket-overhead" ->
          switch (way.calls()) {
            case "write/read" -> way(ways, way, "write_read", ONE_EACH);
            case "writev/readv" -> way(ways, way, "writev_readv", Map.of("writev", 1, "readv", 1));
            default -> way(ways, way, "send_recv", SEND);
          };
      case "setup-cost" ->
          switch (way.calls()) {
            case "pipe" -> way(ways, way, "one_pipe", Map.of("pipe2", 1, "close", 2));
            default -> way(ways, way, "one_pair", Map.of("socketpair", 1, "close", 2));
          };
      case "connection-rate" ->
          way(ways, way, "connection", Map.of("socket", 1, "connect", 1, "accept4", 1, "close", 2));
      case "close-cost" -> way(ways, way, "sample", Map.of("open", 1, "close", 1));
      case "descriptor-passing" ->
          way(ways, way, "pass", Map.of("sendmsg", 1, "recvmsg", 1, "close", 1));
      // The descriptor of the child, by which another thread can end the wait, is Java's alone.
      case "spawn-cost" ->
          way(
              ways,
              way,
              "spawn_and_wait",
              Map.of("posix_spawn", 1, "waitpid", 1),
              Set.of("poll POLLIN", "close"));
      // The child's two calls are traced as well.
      case "child-round-trip" -> way(ways, way, "round_trip", TRIP);
      default -> throw new IllegalArgumentException("nobody says what work is " + ways.name());
    };
  }

  private static SameWork way(
      Ways ways, Ways.Way way, String function, Map<String, Integer> calls) {
    return way(ways, way, function, calls, Set.of());
  }

  private static SameWork way(
      Ways ways, Ways.Way way, String function, Map<String, Integer> calls, Set<String> besides) {
    List<String> program = new ArrayList<>(List.of(ways.program()));
    program.addAll(way.c());
    return new SameWork(
        ways.name() + " " + way.method(),
        ways.benchmark(),
        way.method(),
        Map.of(),
        ways.question().equals("close-cost") ? OPERATIONS / CloseCost.BATCH : OPERATIONS,
        program,
        OPERATIONS / BATCH,
        List.of(function),
        calls,
        besides);
  }

  private static SameWork roundTrip(Transport transport, Between between) {
    return over(
        new Work(transport, SIZE, between, ALL_SET),
        RoundTrip.class,
        "trip",
        "round_trip",
        OPERATIONS,
        List.of("sample", "far_echo"),
        TRIP);
  }

  /** C looks at the clock after 64 KiB. */
  private static SameWork bandwidth(Transport transport, Between between) {
    return over(
        new Work(transport, SIZE, between, ALL_SET),
        Bandwidth.class,
        "receive",
        "bandwidth",
        OPERATIONS * SIZE / (1 << 16),
        List.of("receive", "far_writer"),
        ONE_EACH);
  }

  private static SameWork over(
      Work work,
      Class<?> benchmark,
      String method,
      String program,
      int samples,
      List<String> functions,
      Map<String, Integer> calls) {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(work.arguments(Cpus.FREE));
    return new SameWork(
        program + " " + work.transport().title() + " " + work.between().title(),
        benchmark,
        method,
        work.parameters(Library.POSIX_IPC),
        OPERATIONS,
        command,
        samples,
        functions,
        calls,
        Set.of());
  }

  @Override
  public String toString() {
    return name;
  }
}
