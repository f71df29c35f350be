package org.posixipc.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.posixipc.SocketOption;
import org.posixipc.SocketPair;
import org.posixipc.SocketType;

/** What carries the bytes. */
public enum Transport {
  /** {@code pipe(2)}, with the kernel's capacity unless another is set. */
  PIPE,

  /** {@code pipe(2)} with a capacity of 1 MiB. */
  PIPE_1M,

  /** {@code mkfifo(3)}: a pipe with a path. */
  FIFO,

  /** {@code socketpair(2)} of a stream. */
  SOCKETPAIR,

  /** An AF_UNIX connection to a path, accepted. */
  UNIX,

  /** {@code socketpair(2)} of datagrams. */
  DGRAM,

  /** {@code socketpair(2)} of SOCK_SEQPACKET. */
  SEQPACKET,

  /** TCP over 127.0.0.1. */
  TCP,

  /** TCP over ::1. */
  TCP6,

  /** Files that one appends to and the other polls: {@link SharedFile}. */
  FILE,

  /** The same in memory. */
  FILE_TMPFS;

  static final int LARGE_PIPE = 1 << 20;

  private static final Set<Transport> LINUX_ALONE = EnumSet.of(PIPE_1M, SEQPACKET, FILE_TMPFS);

  /** What Linux needs for itself of a message's share of SO_SNDBUF (unix_dgram_sendmsg). */
  private static final int OVERHEAD = 32;

  /** Its name for people, in a {@link Figure} and for the C programs. */
  String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private boolean isFile() {
    return this == FILE || this == FILE_TMPFS;
  }

  /** Where a shared file's folder is made: /tmp may be in memory too, /var/tmp outlives a boot. */
  Path parent() {
    return Path.of(this == FILE_TMPFS ? "/dev/shm" : "/var/tmp");
  }

  /** Why a message of {@code size} can't go here; empty if it can. */
  Optional<String> absence(int size, Settings settings) throws IOException {
    if (LINUX_ALONE.contains(this) && !System.getProperty("os.name").equals("Linux")) {
      return Optional.of(title() + ": needs Linux");
    }
    if (isFile() && !Files.isWritable(parent())) {
      return Optional.of(title() + ": no folder " + parent() + " to write to");
    }
    if (this == DGRAM || this == SEQPACKET) {
      int largest = largestMessage(settings);
      if (size > largest) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "%s of %s: with this SO_SNDBUF a message has %,d bytes at most",
                title(),
                Figures.size(size),
                largest));
      }
    }
    return Optional.empty();
  }

  private int largestMessage(Settings settings) throws IOException {
    SocketType type = this == DGRAM ? SocketType.DGRAM : SocketType.SEQPACKET;
    try (SocketPair pair = SocketPair.open(type)) {
      if (settings.sndbuf() > 0) {
        pair.first().set(SocketOption.SO_SNDBUF, settings.sndbuf());
      }
      return pair.first().get(SocketOption.SO_SNDBUF) - OVERHEAD;
    }
  }
}
