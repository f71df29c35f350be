package org.posixipc.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tables made of samples that are known. */
class AnswersTest {
  private static final Plan PLAN = new Plan(1, 1, 3, 10, List.of(65536), List.of(64));

  private static final Conditions WITHOUT_C = new Conditions(PLAN, Cpus.FREE, Optional.empty());
  private static final Scope SCOPE =
      new Scope(
          List.of(Transport.PIPE, Transport.SOCKETPAIR),
          List.of(Between.THREADS),
          List.of(Library.POSIX_IPC, Library.JAVA_NIO),
          Settings.NONE);
  private static final Work PIPE = new Work(Transport.PIPE, 65536, Between.THREADS, Settings.NONE);

  @Test
  void figuresHaveTheirUnits() {
    assertEquals("64 B", Figures.size(64));
    assertEquals("64 KiB", Figures.size(65536));
    assertEquals("1 MiB", Figures.size(1 << 20));
    assertEquals("6.554", Figures.gigabytes(samples(6.5536e9)));
    assertEquals("1,234,568", Figures.count(1234567.8));
    assertEquals("±2%", Figures.percent(0.021));
    assertEquals("1:05", Figures.minutes(64_900));
  }

  @Test
  void theMedianIgnoresWhatOneNeighbourSpoilt() {
    assertEquals(10, samples(10, 10, 10, 10, 900).median());
  }

  @Test
  void theErrorIsTheRangeOfFewSamplesAndTheMiddleRanksOfMany() {
    assertEquals(0.1, samples(9, 10, 10, 10, 11).error(), 1e-9);
    double[] many = IntStream.rangeClosed(1, 99).asDoubleStream().toArray();
    assertEquals(13.0 / 50, samples(many).error(), 1e-9);
  }

  @Test
  void bandwidthsFiguresAreInBytes() {
    BandwidthQuestion question = new BandwidthQuestion(SCOPE, WITHOUT_C);
    question.note(BandwidthQuestion.figure(PIPE, "posix-ipc", samples(1, 2)));
    question.note(BandwidthQuestion.figure(PIPE, "posix-ipc", samples(3)));

    Map<String, String> parameters =
        Map.of("transport", "pipe", "size", "65536", "between", "threads");
    Samples bytes = samples(65536, 131072, 196608);
    assertEquals(
        List.of(new Figure("bandwidth", parameters, "posix-ipc", "B/s", bytes)),
        question.figures());
  }

  @Test
  void figuresOfWaysNameTheirLibraryAndC() {
    WaysQuestion question =
        new WaysQuestion(Ways.SOCKET_OVERHEAD, new Conditions(PLAN, Cpus.FREE, Optional.empty()));
    question.note("C, send/recv", samples(1));
    question.note("send/receive, flags", samples(2));
    question.note("SocketChannel", samples(3));

    Map<String, String> calls = Map.of("calls", "send/recv");
    Map<String, String> flags = Map.of("calls", "send/recv", "way", "send/receive, flags");
    Map<String, String> jdk = Map.of("calls", "write/read", "way", "SocketChannel");
    assertEquals(
        List.of(
            new Figure("socket-overhead", calls, "C", "ns", samples(1)),
            new Figure("socket-overhead", flags, "posix-ipc", "ns", samples(2)),
            new Figure("socket-overhead", jdk, "java.nio", "ns", samples(3))),
        question.figures());
  }

  @Test
  void aWayIsComparedWithItsOwnCallsInC() {
    assertEquals("C, send/recv", way("sendReceiveFlags").titleOfC());
    assertEquals("C, writev/readv", way("gatherScatter").titleOfC());
    assertEquals("C", Ways.CLOSE_COST.jdk().orElseThrow().titleOfC());
  }

  private static Ways.Way way(String method) {
    return Ways.SOCKET_OVERHEAD.list().stream()
        .filter(way -> way.method().equals(method))
        .findAny()
        .orElseThrow();
  }

  private static Samples samples(double... values) {
    return new Samples(Arrays.stream(values).boxed().toList());
  }
}
