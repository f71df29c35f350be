package org.posixipc.internal.abi;

import java.nio.ByteBuffer;

/**
 * {@code sigset_t}: a bit a signal, the first for signal 1, in words of native order; all systems
 * here are little-endian, so the words' size doesn't show.
 *
 * @param size the size in bytes
 * @param last the greatest signal's number
 * @see <a href="https://man7.org/linux/man-pages/man3/sigsetops.3.html">sigsetops(3)</a>
 */
public record SigSet(int size, int last) {
  /** Writes a set without signals at {@code at}. */
  public void clear(ByteBuffer structs, int at) {
    for (int i = 0; i < size; i++) {
      structs.put(at + i, (byte) 0);
    }
  }

  /** Writes the set of all signals at {@code at}, those without a name here among them. */
  public void fill(ByteBuffer structs, int at) {
    clear(structs, at);
    for (int signal = 1; signal <= last; signal++) {
      add(structs, at, signal);
    }
  }

  /** Adds a signal to the set at {@code at}. */
  public void add(ByteBuffer structs, int at, int signal) {
    int index = at + (signal - 1) / Byte.SIZE;
    structs.put(index, (byte) (structs.get(index) | 1 << ((signal - 1) % Byte.SIZE)));
  }
}
