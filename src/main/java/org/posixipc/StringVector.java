package org.posixipc;

import java.util.List;

/** {@code char *const argv[]}: addresses of strings that end with a NUL, and a 0 behind them. */
final class StringVector {
  private StringVector() {}

  /**
   * The vector of strings without their NULs begins at the area's first byte, the strings stand
   * behind it.
   */
  static Scratch.Area of(List<byte[]> encoded) {
    int pointers = (encoded.size() + 1) * Long.BYTES;
    int size = pointers;
    for (byte[] bytes : encoded) {
      size = Math.addExact(size, bytes.length + 1);
    }
    Scratch.Area area = new Scratch.Area(size);
    int at = pointers;
    for (int i = 0; i < encoded.size(); i++) {
      byte[] bytes = encoded.get(i);
      area.buffer.putLong(i * Long.BYTES, area.address + at);
      area.buffer.put(at, bytes);
      at += bytes.length + 1;
    }
    return area;
  }
}
