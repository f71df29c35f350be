package org.posixipc;

import java.util.Arrays;
import java.util.Optional;
import org.posixipc.internal.abi.Abi;

/**
 * {@code signal(7)}: what one process tells another, without words.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/signal.7.html">signal(7)</a>
 */
public enum Signal {
  /** The terminal is gone. */
  SIGHUP,
  /** Control-C. */
  SIGINT,
  /** Control-backslash; with a core. */
  SIGQUIT,
  /** An illegal instruction; with a core. */
  SIGILL,
  /** A breakpoint; with a core. */
  SIGTRAP,
  /** abort(3); with a core. */
  SIGABRT,
  /** A bad address on the bus; with a core. */
  SIGBUS,
  /** A division by zero and the like; with a core. */
  SIGFPE,
  /** The end, which can't be refused. */
  SIGKILL,
  /** What programs agree on. */
  SIGUSR1,
  /** A bad address; with a core. */
  SIGSEGV,
  /** What programs agree on. */
  SIGUSR2,
  /** A write to a pipe or socket that nobody reads. */
  SIGPIPE,
  /** A timer of alarm(2). */
  SIGALRM,
  /** The wish that it ends. */
  SIGTERM,
  /** A child stopped or ended; ignored unless asked for. */
  SIGCHLD,
  /** Goes on, if it was stopped. */
  SIGCONT,
  /** Stops, which can't be refused. */
  SIGSTOP,
  /** Control-Z: stops. */
  SIGTSTP,
  /** A read from the terminal in the background: stops. */
  SIGTTIN,
  /** A write to the terminal in the background: stops. */
  SIGTTOU,
  /** Urgent data; ignored unless asked for. */
  SIGURG,
  /** Too much processor time; with a core. */
  SIGXCPU,
  /** Too large a file; with a core. */
  SIGXFSZ,
  /** A timer of setitimer(2), of processor time. */
  SIGVTALRM,
  /** A timer of setitimer(2), for profiles. */
  SIGPROF,
  /** The window changed its size; ignored unless asked for. */
  SIGWINCH,
  /** A descriptor is ready. */
  SIGIO,
  /** An unknown system call; with a core. */
  SIGSYS;

  private final int number = Abi.host().value(jnr.constants.platform.Signal.valueOf(name()));

  /**
   * Its number on this system.
   *
   * @return 1 or more
   */
  public int number() {
    return number;
  }

  /**
   * What a number means.
   *
   * @param number the signal's number on this system
   * @return its name; nothing for a number without one here, such as a real-time signal's
   */
  public static Optional<Signal> of(int number) {
    return Arrays.stream(values()).filter(signal -> signal.number == number).findFirst();
  }

  static String text(int number) {
    return of(number).map(Signal::name).orElse("signal " + number);
  }
}
