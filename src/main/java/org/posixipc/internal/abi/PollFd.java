package org.posixipc.internal.abi;

import java.nio.ByteBuffer;

/**
 * {@code struct pollfd { int fd; short events; short revents; }}, the same on every system.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/poll.2.html">poll(2)</a>
 */
public final class PollFd {
  public static final int SIZE = 8;

  private static final int FD = 0;
  private static final int EVENTS = 4;
  private static final int REVENTS = 6;

  private PollFd() {}

  /** Writes the struct number {@code index}, with no answer in it. */
  public static void put(ByteBuffer structs, int index, int fd, int events) {
    structs.putInt(index * SIZE + FD, fd);
    structs.putShort(index * SIZE + EVENTS, (short) events);
    structs.putShort(index * SIZE + REVENTS, (short) 0);
  }

  /** What the kernel answered in the struct number {@code index}; 0 for nothing. */
  public static int revents(ByteBuffer structs, int index) {
    return structs.getShort(index * SIZE + REVENTS) & 0xffff;
  }
}
