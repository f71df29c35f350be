package org.posixipc.jmh;

import java.util.List;
import java.util.Optional;

/**
 * An operation that takes a few calls, and the ways to do it.
 *
 * @param name for the progress
 * @param title what is asked, above the table
 * @param benchmark the class with the Java ways
 * @param unit of its scores
 * @param program the C program with the same operation
 * @param list in the table's order
 */
record Ways(
    String name, String title, Class<?> benchmark, Unit unit, String program, List<Way> list) {
  static final Ways CALL_OVERHEAD =
      new Ways(
          "call overhead",
          "Call overhead: one byte through a pipe and back, one thread",
          CallOverhead.class,
          Unit.NANOS,
          "call_overhead",
          List.of(
              new Way(
                  Library.POSIX_IPC,
                  "FileDescriptor, direct buffer",
                  "fileDescriptorDirect",
                  "pipe",
                  "write/read"),
              new Way(
                      Library.POSIX_IPC,
                      "FileDescriptor, heap buffer",
                      "fileDescriptorHeap",
                      "pipe",
                      "write/read")
                  .unlessQuick(),
              new Way(Library.LIBC, "LibC, address", "libC", "pipe", "write/read"),
              new Way(Library.FFM, "FFM, address", "ffm", "pipe", "write/read"),
              new Way(
                  Library.JNR_POSIX, "jnr-posix, direct buffer", "jnrPosix", "pipe", "write/read"),
              new Way(
                  Library.JAVA_NIO,
                  "java.nio.channels.Pipe",
                  "javaNioPipe",
                  "pipe",
                  "write/read")));

  static final Ways SOCKET_OVERHEAD =
      new Ways(
          "socket overhead",
          "Socket overhead: one byte through a socketpair and back (of each buffer), one thread",
          SocketOverhead.class,
          Unit.NANOS,
          "call_overhead",
          List.of(
              new Way(
                  Library.POSIX_IPC,
                  "write/read, direct buffer",
                  "writeReadDirect",
                  "socketpair",
                  "write/read"),
              new Way(
                      Library.POSIX_IPC,
                      "write/read, heap buffer",
                      "writeReadHeap",
                      "socketpair",
                      "write/read")
                  .unlessQuick(),
              new Way(
                  Library.POSIX_IPC,
                  "write/read, two buffers",
                  "gatherScatter",
                  "socketpair",
                  "writev/readv"),
              new Way(
                  Library.POSIX_IPC,
                  "send/receive, direct buffer",
                  "sendReceiveDirect",
                  "socketpair",
                  "send/recv"),
              new Way(
                      Library.POSIX_IPC,
                      "send/receive, heap buffer",
                      "sendReceiveHeap",
                      "socketpair",
                      "send/recv")
                  .unlessQuick(),
              new Way(
                      Library.POSIX_IPC,
                      "send/receive, flags",
                      "sendReceiveFlags",
                      "socketpair",
                      "send/recv")
                  .unlessQuick(),
              new Way(
                  Library.JAVA_NIO,
                  "SocketChannel",
                  "javaNioSocketChannel",
                  "socketpair",
                  "write/read")));

  static final Ways CONNECTION_RATE =
      new Ways(
          "connection rate",
          "Connection rate: connect to a Unix path or a TCP port, accept, close both, one thread",
          ConnectionRate.class,
          Unit.RATE,
          "connection_rate",
          List.of(
              new Way(Library.POSIX_IPC, "Listener", "listener", "unix"),
              new Way(Library.JNR_UNIXSOCKET, "jnr-unixsocket", "jnrUnixSocket", "unix"),
              new Way(Library.JUNIXSOCKET, "junixsocket", "junixSocket", "unix"),
              new Way(
                  Library.JAVA_NIO, "ServerSocketChannel", "javaNioServerSocketChannel", "unix"),
              new Way(Library.POSIX_IPC, "Listener, TCP", "listenerTcp", "tcp"),
              new Way(
                  Library.JAVA_NIO,
                  "ServerSocketChannel, TCP",
                  "javaNioServerSocketChannelTcp",
                  "tcp")));

  static final Ways SETUP_COST =
      new Ways(
          "setup cost",
          "Setup cost: make a pipe or a pair, close both ends (a connection: see its rate)",
          SetupCost.class,
          Unit.NANOS,
          "setup_cost",
          List.of(
              new Way(Library.POSIX_IPC, "Pipe", "pipe", "pipe"),
              new Way(Library.POSIX_IPC, "SocketPair", "socketPair", "socketpair"),
              new Way(Library.JNR_UNIXSOCKET, "jnr-unixsocket", "jnrUnixSocketPair", "socketpair"),
              new Way(Library.JAVA_NIO, "java.nio.channels.Pipe", "javaNioPipe", "pipe")));

  static final Ways CLOSE_COST =
      new Ways(
          "close cost",
          "Close cost: close a descriptor of /dev/null",
          CloseCost.class,
          Unit.NANOS,
          "close_cost",
          List.of(
              new Way(Library.POSIX_IPC, "FileDescriptor", "fileDescriptor"),
              new Way(Library.JNR_POSIX, "jnr-posix", "jnrPosix"),
              new Way(Library.JAVA_NIO, "FileChannel", "javaNioFileChannel")));

  static final Ways DESCRIPTOR_PASSING =
      new Ways(
          "descriptor passing",
          "Descriptor passing: send one with a byte, receive both, close what came, one thread",
          DescriptorPassing.class,
          Unit.NANOS,
          "descriptor_passing",
          List.of(
              new Way(Library.POSIX_IPC, "Socket", "sendReceive"),
              new Way(Library.JUNIXSOCKET, "junixsocket", "junixSocket")));

  /** All of them, for a placement of the reader and of the child. */
  static List<Ways> all(Cpus cpus) {
    return List.of(
        CALL_OVERHEAD,
        SOCKET_OVERHEAD,
        SETUP_COST,
        CONNECTION_RATE,
        CLOSE_COST,
        DESCRIPTOR_PASSING,
        spawnCost(),
        childRoundTrip(cpus));
  }

  /** The child inherits the measuring thread's CPU. */
  static Ways spawnCost() {
    List<String> c = List.of(Children.nothing());
    return new Ways(
        "spawn cost",
        "Spawn cost: start a child that does nothing, wait for its end",
        SpawnCost.class,
        Unit.NANOS,
        "spawn_cost",
        List.of(
            new Way(Library.POSIX_IPC, "Spawn", "spawn", c, ""),
            new Way(Library.JNR_POSIX, "jnr-posix", "jnrPosix", c, ""),
            new Way(Library.JAVA_NIO, "ProcessBuilder", "javaLangProcessBuilder", c, "")));
  }

  /** The child stays on the writer's CPU. */
  static Ways childRoundTrip(Cpus cpus) {
    List<String> c = List.of(Children.echo(), Integer.toString(cpus.writer()));
    return new Ways(
        "child round trip",
        "Child round trip: one byte to a child and back, by two pipes",
        ChildRoundTrip.class,
        Unit.NANOS,
        "child_round_trip",
        List.of(
            new Way(Library.POSIX_IPC, "Spawn", "spawn", c, ""),
            new Way(Library.JAVA_NIO, "Process", "javaLangProcess", c, "")));
  }

  /**
   * One way.
   *
   * @param library through which it goes
   * @param title what the table calls it
   * @param method the benchmark's method
   * @param c arguments that make the C program do the same
   * @param calls the calls that C makes for it, or over what, where ways differ in that; empty
   *     otherwise
   * @param rank how well a run can do without it: {@link Step#rank}
   */
  record Way(Library library, String title, String method, List<String> c, String calls, int rank) {
    Way(Library library, String title, String method, List<String> c, String calls) {
      this(library, title, method, c, calls, library.isUsual() ? 0 : 1);
    }

    /** C's last argument names the calls. */
    Way(Library library, String title, String method, String... c) {
      this(library, title, method, List.of(c), c.length == 0 ? "" : c[c.length - 1]);
    }

    /** The same, where a quick run can do without it. */
    Way unlessQuick() {
      return new Way(library, title, method, c, calls, rank + 1);
    }

    /** What the table calls the same in C. */
    String titleOfC() {
      return calls.isEmpty() ? "C" : "C, " + calls;
    }
  }

  /** What the figures are. */
  enum Unit {
    /** Nanoseconds for an operation. */
    NANOS("ns"),
    /** Operations in a second. */
    RATE("1/s");

    private final String title;

    Unit(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }

    String text(double value) {
      return this == NANOS ? Figures.nanos(value) : Figures.count(value);
    }

    /** A sample of C's, to stand beside JMH's scores. */
    double of(CPrograms.Sample sample) {
      return this == NANOS ? sample.nanosEach() : sample.perSecond();
    }
  }

  /** As {@code --only} has it. */
  String question() {
    return name.replace(' ', '-');
  }

  /** Those whose library is here. */
  List<Way> present() {
    return list.stream().filter(way -> way.library().absence().isEmpty()).toList();
  }

  /** The JDK's own way, if it has one. */
  Optional<Way> jdk() {
    return list.stream().filter(way -> way.library() == Library.JAVA_NIO).findFirst();
  }
}
