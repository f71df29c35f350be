package org.posixipc;

import java.io.IOException;

/**
 * {@code wait(2)}: how a process ended. Two are equal if the processes ended alike.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/wait.2.html">wait(2)</a>
 */
public abstract sealed class ExitStatus {
  private final String command;

  private ExitStatus(String command) {
    this.command = command;
  }

  /** WIFEXITED, WEXITSTATUS, WTERMSIG and WCOREDUMP, the same on Linux and macOS. */
  static ExitStatus of(String command, int status) {
    int signal = status & 0x7f;
    return signal == 0
        ? new Exited(command, (status >> 8) & 0xff)
        : new Signaled(command, signal, (status & 0x80) != 0);
  }

  /**
   * Whether it ended well.
   *
   * @return true for an exit with 0
   */
  public abstract boolean success();

  /**
   * Says so if it did not end well.
   *
   * @throws IOException if it did not; the text names the command and the status
   */
  public final void orThrow() throws IOException {
    if (!success()) {
      throw new IOException(command + " " + this);
    }
  }

  /** It ended by exit(3), or by returning from main. */
  public static final class Exited extends ExitStatus {
    private final int code;

    private Exited(String command, int code) {
      super(command);
      this.code = code;
    }

    /**
     * What it gave.
     *
     * @return the low 8 bits: 0 to 255
     */
    public int code() {
      return code;
    }

    @Override
    public boolean success() {
      return code == 0;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Exited that && code == that.code;
    }

    @Override
    public int hashCode() {
      return code;
    }

    /** {@code exited with 1}. */
    @Override
    public String toString() {
      return "exited with " + code;
    }
  }

  /** A signal ended it. */
  public static final class Signaled extends ExitStatus {
    private final int signal;
    private final boolean coreDumped;

    private Signaled(String command, int signal, boolean coreDumped) {
      super(command);
      this.signal = signal;
      this.coreDumped = coreDumped;
    }

    /**
     * Which signal.
     *
     * @return its number on this system; {@link Signal#of} knows the name
     */
    public int signal() {
      return signal;
    }

    /**
     * WCOREDUMP.
     *
     * @return whether it left a core
     */
    public boolean coreDumped() {
      return coreDumped;
    }

    @Override
    public boolean success() {
      return false;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Signaled that
          && signal == that.signal
          && coreDumped == that.coreDumped;
    }

    @Override
    public int hashCode() {
      return 256 + 2 * signal + (coreDumped ? 1 : 0);
    }

    /** {@code was ended by SIGKILL}, with {@code (core dumped)} where that is so. */
    @Override
    public String toString() {
      return "was ended by " + Signal.text(signal) + (coreDumped ? " (core dumped)" : "");
    }
  }
}
