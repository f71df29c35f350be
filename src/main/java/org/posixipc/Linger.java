package org.posixipc;

/**
 * {@code SO_LINGER}: what close does with bytes that the peer has not got yet.
 *
 * @param enabled whether close waits for them; with 0 seconds it throws them away and resets the
 *     connection
 * @param seconds how long close waits at most, 0 or more
 * @see <a href="https://man7.org/linux/man-pages/man7/socket.7.html">socket(7)</a>
 */
public record Linger(boolean enabled, int seconds) {
  /**
   * Checks the range.
   *
   * @param enabled whether close waits
   * @param seconds 0 or more
   */
  public Linger {
    if (seconds < 0) {
      throw new IllegalArgumentException("a linger is 0 seconds or more, this one is " + seconds);
    }
  }
}
