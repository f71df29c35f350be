package org.posixipc;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** A path and permissions as the kernel takes them. */
final class NativePath {
  /** What the JDK's own file calls encode names with: the locale's, not {@code file.encoding}. */
  private static final Charset CHARSET =
      Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

  private NativePath() {}

  /**
   * The path's bytes and a NUL in this thread's struct memory, good until its next use.
   *
   * @throws IllegalArgumentException for a path of another file system, or one that this locale's
   *     charset can't express
   */
  static Scratch.Area of(Path path) {
    byte[] bytes = bytes(path);
    Scratch.Area area = Scratch.ofThread().structs(bytes.length + 1);
    area.buffer.put(0, bytes).put(bytes.length, (byte) 0);
    return area;
  }

  /** The path's bytes, without a NUL. */
  static byte[] bytes(Path path) {
    if (path.getFileSystem() != FileSystems.getDefault()) {
      throw new IllegalArgumentException(
          "the kernel knows paths of the default file system alone, this is " + path.toUri());
    }
    return encode(path.toString());
  }

  /** A string's bytes in the locale's charset, as the kernel and other programs expect them. */
  static byte[] encode(String text) {
    try {
      // A fresh encoder reports what it can't express; String.getBytes would write '?'.
      ByteBuffer encoded = CHARSET.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "the locale's charset " + CHARSET + " can't express: " + text, e);
    }
  }

  /** The path that has these bytes, as the JDK writes it. */
  static String decode(byte[] bytes) {
    return new String(bytes, CHARSET);
  }

  /** The permission bits of chmod(2), the same on every system. */
  static int mode(Set<PosixFilePermission> permissions) {
    int mode = 0;
    for (PosixFilePermission permission : permissions) {
      mode |=
          switch (permission) {
            case OWNER_READ -> 0400;
            case OWNER_WRITE -> 0200;
            case OWNER_EXECUTE -> 0100;
            case GROUP_READ -> 0040;
            case GROUP_WRITE -> 0020;
            case GROUP_EXECUTE -> 0010;
            case OTHERS_READ -> 0004;
            case OTHERS_WRITE -> 0002;
            case OTHERS_EXECUTE -> 0001;
          };
    }
    return mode;
  }
}
