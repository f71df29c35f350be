package org.posixipc;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import jnr.constants.Constant;
import jnr.constants.platform.OpenFlags;
import org.posixipc.internal.abi.Abi;
import org.posixipc.internal.abi.Header;

/**
 * {@code open(2)}: how a file is opened. O_CLOEXEC is not among them: it is always set.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/open.2.html">open(2)</a>
 */
public enum OpenFlag {
  /** O_RDONLY: for reading; the default where no access mode is named. */
  READ_ONLY(OpenFlags.O_RDONLY),

  /** O_WRONLY: for writing. */
  WRITE_ONLY(OpenFlags.O_WRONLY),

  /** O_RDWR: for both. On a FIFO it opens without waiting for the other side, on Linux. */
  READ_WRITE(OpenFlags.O_RDWR),

  /** O_APPEND: each write goes to the end of the file, in one step with finding it. */
  APPEND(OpenFlags.O_APPEND),

  /** O_CREAT: creates the file if it is not there. */
  CREATE(OpenFlags.O_CREAT),

  /** O_EXCL: with {@link #CREATE}, fails with EEXIST if the file is there. */
  EXCLUSIVE(OpenFlags.O_EXCL),

  /** O_TRUNC: empties a file that is opened for writing. */
  TRUNCATE(OpenFlags.O_TRUNC),

  /** O_NONBLOCK: neither the open nor a later read or write waits. */
  NON_BLOCKING(OpenFlags.O_NONBLOCK),

  /** O_DIRECTORY: fails with ENOTDIR if the path is not a directory. */
  DIRECTORY(OpenFlags.O_DIRECTORY),

  /** O_NOFOLLOW: fails with ELOOP if the last part of the path is a symbolic link. */
  NO_FOLLOW(OpenFlags.O_NOFOLLOW),

  /** O_NOCTTY: a terminal does not become this process's controlling terminal. */
  NO_CONTROLLING_TERMINAL(OpenFlags.O_NOCTTY),

  /** O_SYNC: each write returns when its data and the file's metadata are on the device. */
  SYNC(OpenFlags.O_SYNC),

  /** O_DSYNC: each write returns when its data is on the device. */
  DATA_SYNC(Header.O_DSYNC);

  private static final List<OpenFlag> ACCESS_MODES = List.of(READ_ONLY, WRITE_ONLY, READ_WRITE);

  @SuppressWarnings("ImmutableEnumChecker") // an enum itself, behind an interface
  private final Constant constant;

  OpenFlag(Constant constant) {
    this.constant = constant;
  }

  /**
   * The flags as open(2) takes them on {@code abi}'s system, close-on-exec among them.
   *
   * @throws IllegalArgumentException for two access modes, or EXCLUSIVE without CREATE
   */
  static int bits(Abi abi, Set<OpenFlag> flags) {
    Set<OpenFlag> modes = EnumSet.copyOf(ACCESS_MODES);
    modes.retainAll(flags);
    if (modes.size() > 1) {
      throw new IllegalArgumentException("one access mode at most, these are " + modes);
    }
    if (flags.contains(EXCLUSIVE) && !flags.contains(CREATE)) {
      throw new IllegalArgumentException("EXCLUSIVE means nothing without CREATE");
    }
    int bits = abi.value(OpenFlags.O_CLOEXEC);
    for (OpenFlag flag : flags) {
      bits |= abi.value(flag.constant);
    }
    return bits;
  }
}
