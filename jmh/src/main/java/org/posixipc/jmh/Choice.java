package org.posixipc.jmh;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which transports, through which libraries, with what set. */
final class Choice {
  @Option(
      names = "--transports",
      paramLabel = "NAME",
      split = ",",
      description =
          "Any of pipe, pipe-1m, fifo, socketpair, unix, dgram, seqpacket, tcp, tcp6, file,"
              + " file-tmpfs; by default all that there is time for.")
  private @Nullable List<Transport> transports;

  @Option(
      names = "--between",
      paramLabel = "WHAT",
      split = ",",
      description = "threads, processes; both by default, if there is time.")
  private @Nullable List<Between> betweens;

  @Option(
      names = "--libraries",
      paramLabel = "NAME",
      split = ",",
      description =
          "Any of posix-ipc, libc, java-nio, jnr-posix, jnr-unixsocket, junixsocket, ffm, as far"
              + " as transports go; by default all but libc that there is time for.")
  private @Nullable List<Library> libraries;

  @Option(
      names = "--capacity",
      paramLabel = "BYTES",
      description = "Bytes that a pipe holds, but java.nio's; the kernel's choice by default.")
  private int capacity;

  @Option(
      names = "--sndbuf",
      paramLabel = "BYTES",
      description = "SO_SNDBUF of both ends; the kernel's choice by default.")
  private int sndbuf;

  @Option(
      names = "--rcvbuf",
      paramLabel = "BYTES",
      description = "SO_RCVBUF of both ends; the kernel's choice by default.")
  private int rcvbuf;

  @Option(names = "--nodelay", description = "TCP_NODELAY of both ends.")
  private boolean nodelay;

  boolean isOfCounts() {
    return capacity >= 0 && sndbuf >= 0 && rcvbuf >= 0;
  }

  Scope scope() {
    return new Scope(
        or(transports, List.of(Transport.values())),
        or(betweens, List.of(Between.values())),
        or(
            libraries,
            Arrays.stream(Library.values()).filter(library -> library != Library.LIBC).toList()),
        new Settings(capacity, sndbuf, rcvbuf, nodelay));
  }

  private static <T> List<T> or(@Nullable List<T> chosen, List<T> usual) {
    return chosen == null ? usual : chosen;
  }
}
