package org.posixipc.internal.abi;

import java.nio.ByteBuffer;

/**
 * {@code struct epoll_event { uint32_t events; epoll_data_t data; }}, packed on x86-64 alone; and
 * the numbers that go with it, on every architecture of Linux.
 *
 * @param size the struct's size
 * @param dataOffset where the eight bytes are that come back with an event
 * @see <a href="https://man7.org/linux/man-pages/man3/epoll_event.3type.html">epoll_event(3type)
 *     </a>
 */
public record EpollEvent(int size, int dataOffset) {
  public static final int CLOEXEC = 0x80000;
  public static final int CTL_ADD = 1;
  public static final int CTL_DEL = 2;
  public static final int CTL_MOD = 3;
  public static final int IN = 1;
  public static final int ONESHOT = 1 << 30;

  /** Writes a struct at the buffer's first byte. */
  public void put(ByteBuffer structs, int events, long data) {
    structs.putInt(0, events);
    structs.putLong(dataOffset, data);
  }

  /** What has come about, of the event number {@code index}. */
  public int events(ByteBuffer structs, int index) {
    return structs.getInt(index * size);
  }

  /** What came back with the event number {@code index}. */
  public long data(ByteBuffer structs, int index) {
    return structs.getLong(index * size + dataOffset);
  }
}
