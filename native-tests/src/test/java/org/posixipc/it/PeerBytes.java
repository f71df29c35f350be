package org.posixipc.it;

import java.nio.ByteBuffer;

/** What the C peers send, and how they sum up what they got: see peer.h. */
final class PeerBytes {
  private static final long FNV_BASIS = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private long hash = FNV_BASIS;

  /** {@code count} bytes, beginning with byte number {@code from}. */
  static byte[] bytes(long from, int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (((from + i) * 2654435761L) >> 13);
    }
    return bytes;
  }

  /** Adds what is left in the buffer, whose position stays. */
  void add(ByteBuffer bytes) {
    for (int i = bytes.position(); i < bytes.limit(); i++) {
      hash = (hash ^ (bytes.get(i) & 0xff)) * FNV_PRIME;
    }
  }

  /** FNV-1a of all that was added, in hexadecimal. */
  String hash() {
    return Long.toHexString(hash);
  }
}
