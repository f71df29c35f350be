package org.posixipc.jmh;

import java.util.EnumSet;
import java.util.Optional;

/** Through what a measured operation calls the kernel. */
public enum Library {
  /** {@link org.posixipc.FileDescriptor} and {@link org.posixipc.Socket}. */
  POSIX_IPC("posix-ipc", "org.posixipc.FileDescriptor"),

  /** The bare calls under it, for what a call costs alone. */
  LIBC("LibC", "org.posixipc.libc.LibC"),

  /** The JDK's channels, and its processes. */
  JAVA_NIO("java.nio", "java.nio.channels.Pipe"),

  /** The calls that jnr-posix has: read and write of what it didn't open. */
  JNR_POSIX("jnr-posix", "jnr.posix.POSIX"),

  /** jnr-unixsocket's channels. */
  JNR_UNIXSOCKET("jnr-unixsocket", "jnr.unixsocket.UnixSocketChannel"),

  /** junixsocket's channels. */
  JUNIXSOCKET("junixsocket", "org.newsclub.net.unix.AFUNIXSocketChannel"),

  /** The JDK's foreign functions, JNR's successor. */
  FFM("FFM", "java.lang.foreign.Linker");

  /** What stands beside them. */
  public static final String C = "C";

  /** It was a preview before. */
  private static final int FFM_SINCE = 22;

  private final String title;
  private final String needed;

  Library(String title, String needed) {
    this.title = title;
    this.needed = needed;
  }

  /** Its name for people, and in a {@link Figure}. */
  public String title() {
    return title;
  }

  /** Whether a run that has no time for all has it still. */
  boolean isUsual() {
    return this == POSIX_IPC || this == JAVA_NIO;
  }

  /** Its connections; only for a library that isn't absent. */
  Ends ends() {
    return switch (this) {
      case POSIX_IPC -> new PosixEnds();
      case LIBC -> new NumberEnds(AddressCalls::ofLibC, EnumSet.of(Transport.PIPE));
      case JAVA_NIO -> new JdkEnds();
      case JNR_POSIX -> new NumberEnds(JnrPosixCalls::new, EnumSet.of(Transport.PIPE));
      case JNR_UNIXSOCKET -> new JnrUnixSocketEnds();
      case JUNIXSOCKET -> new JunixSocketEnds();
      case FFM ->
          new NumberEnds(AddressCalls::ofFfm, EnumSet.of(Transport.PIPE, Transport.SOCKETPAIR));
    };
  }

  /** Why it isn't measured over a transport that it has; empty if it is, or hasn't that. */
  Optional<String> lack(Transport transport) {
    if (this != JUNIXSOCKET) {
      return Optional.empty();
    }
    return switch (transport) {
      case SOCKETPAIR ->
          Optional.of(title + "'s pairs: each makes two more sockets, and never closes them");
      case DGRAM ->
          Optional.of(title + "'s datagrams: it sends no empty one, which is the end here");
      default -> Optional.empty();
    };
  }

  /** Why it can't be measured here, in a sentence that begins with its name; empty if it can. */
  Optional<String> absence() {
    return absence(Library.class.getClassLoader());
  }

  Optional<String> absence(ClassLoader loader) {
    int version = Runtime.version().feature();
    if (this == FFM && version < FFM_SINCE) {
      return Optional.of(title + ": needs JDK " + FFM_SINCE + " or later, this is " + version);
    }
    try {
      Class.forName(needed, false, loader);
      return Optional.empty();
    } catch (ClassNotFoundException e) {
      return Optional.of(title + ": the class path has no " + needed);
    }
  }
}
