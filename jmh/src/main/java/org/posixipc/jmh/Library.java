package org.posixipc.jmh;

/** Through what a measured operation calls the kernel. */
public enum Library {
  /** {@link org.posixipc.FileDescriptor} and {@link org.posixipc.Socket}. */
  POSIX_IPC("posix-ipc"),

  /** The bare calls under it. */
  LIBC("LibC"),

  /** The JDK's channels, and its processes. */
  JAVA_NIO("java.nio"),

  /** The calls that jnr-posix has. */
  JNR_POSIX("jnr-posix");

  /** What stands beside them. */
  public static final String C = "C";

  private final String title;

  Library(String title) {
    this.title = title;
  }

  /** Its name for people, and in a {@link Figure}. */
  public String title() {
    return title;
  }
}
