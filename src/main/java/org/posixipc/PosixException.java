package org.posixipc;

import java.io.IOException;
import jnr.constants.platform.Errno;

/**
 * {@code errno(3)}: a system call failed, and this says which, about what, and why.
 *
 * <p>The text reads {@code bind(unix:/run/x.sock): Address already in use (EADDRINUSE)}.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/errno.3.html">errno(3)</a>
 */
public class PosixException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String call;
  private final String subject;
  private final int errnoNumber;

  /**
   * A failure of {@code call}.
   *
   * @param call the name of the call in the man pages
   * @param subject what it was about: a path, an address, a descriptor
   * @param errnoNumber the error number that this system gave
   */
  public PosixException(String call, Object subject, int errnoNumber) {
    super(call + "(" + subject + "): " + describe(errnoNumber));
    this.call = call;
    this.subject = subject.toString();
    this.errnoNumber = errnoNumber;
  }

  /**
   * The error as a name, the same on every system.
   *
   * @return the constant, or {@link Errno#__UNKNOWN_CONSTANT__} for a number without a name here
   */
  public Errno errno() {
    return name(errnoNumber);
  }

  /**
   * Whether this is the error {@code errno}, also where two names share a number, as EAGAIN and
   * EWOULDBLOCK do, or EOPNOTSUPP and ENOTSUP on Linux.
   *
   * @param errno the name to compare with
   * @return true if {@code errno} has this system's number for it
   */
  public boolean is(Errno errno) {
    return errno.defined() && errno.intValue() == errnoNumber;
  }

  /**
   * The error as this system numbers it.
   *
   * @return the value of errno
   */
  public int errnoNumber() {
    return errnoNumber;
  }

  /**
   * The call that failed.
   *
   * @return its name in the man pages, such as {@code connect}
   */
  public String call() {
    return call;
  }

  /**
   * What the call was about.
   *
   * @return a path, an address or a descriptor, as text; empty for a call about nothing
   */
  public String subject() {
    return subject;
  }

  /** Of several names for one number, the one that the man pages of IPC calls use. */
  private static Errno name(int errnoNumber) {
    Errno errno = Errno.valueOf(errnoNumber);
    // By its name: a switch by constants is a class of its own, to be loaded when EMFILE is told.
    return switch (errno.name()) {
      case "ENOTSUP" -> Errno.EOPNOTSUPP.intValue() == errnoNumber ? Errno.EOPNOTSUPP : errno;
      case "EWOULDBLOCK" -> Errno.EAGAIN;
      case "EDEADLOCK" -> Errno.EDEADLK;
      default -> errno;
    };
  }

  /** Loads what an exception needs: the want of descriptors must be told without one. */
  static void prepare() {
    if (describe(1).isEmpty()) {
      throw new AssertionError("EPERM, which is 1 everywhere, has no text");
    }
  }

  private static String describe(int errnoNumber) {
    Errno errno = name(errnoNumber);
    return errno == Errno.__UNKNOWN_CONSTANT__
        ? "errno " + errnoNumber
        : errno.description() + " (" + errno.name() + ")";
  }
}
