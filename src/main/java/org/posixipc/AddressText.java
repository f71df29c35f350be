package org.posixipc;

import java.net.Inet6Address;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Addresses as people write them. */
final class AddressText {
  private AddressText() {}

  static void checkPort(int port) {
    if (port < 0 || port > 0xffff) {
      throw new IllegalArgumentException("a port is 0 to 65535, this one is " + port);
    }
  }

  /** The bytes as UTF-8, or byte by byte where they aren't; what can't be seen as {@code \x00}. */
  static String printable(byte[] bytes) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      text = new String(bytes, StandardCharsets.ISO_8859_1);
    }
    StringBuilder visible = new StringBuilder();
    text.chars()
        .forEach(
            c -> {
              if (Character.isISOControl(c)) {
                visible.append("\\x%02x".formatted(c));
              } else {
                visible.append((char) c);
              }
            });
    return visible.toString();
  }

  /**
   * RFC 5952: groups without leading zeros, and {@code ::} for the longest run of two or more that
   * are zero, the first of equals.
   */
  static String inet6(Inet6Address address) {
    byte[] bytes = address.getAddress();
    StringBuilder text = new StringBuilder();
    int gap = longestZeros(bytes);
    int gapEnd = gap < 0 ? -1 : gap + zerosFrom(bytes, gap);
    for (int group = 0; group < 8; group++) {
      if (group == gap) {
        text.append("::");
        group = gapEnd - 1;
      } else {
        text.append(group == 0 || group == gapEnd ? "" : ":");
        text.append(Integer.toHexString(group(bytes, group)));
      }
    }
    return address.getScopeId() == 0 ? text.toString() : text + "%" + address.getScopeId();
  }

  private static int longestZeros(byte[] bytes) {
    int best = -1;
    for (int group = 0; group < 8; group++) {
      int length = zerosFrom(bytes, group);
      if (length >= 2 && (best < 0 || length > zerosFrom(bytes, best))) {
        best = group;
      }
    }
    return best;
  }

  private static int zerosFrom(byte[] bytes, int first) {
    int group = first;
    while (group < 8 && group(bytes, group) == 0) {
      group++;
    }
    return group - first;
  }

  private static int group(byte[] bytes, int group) {
    return ((bytes[2 * group] & 0xff) << 8) | (bytes[2 * group + 1] & 0xff);
  }
}
