package org.posixipc;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Set;

/** A path and permissions as the kernel takes them. */
final class NativePath {
  /** What the JDK's own file calls encode names with: the locale's, not {@code file.encoding}. */
  private static final Charset CHARSET =
      Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

  private static final Path ROOT = Path.of("/");

  private NativePath() {}

  /**
   * The path's bytes and a NUL in this thread's struct memory, good until its next use.
   *
   * @throws IllegalArgumentException for a path of another file system
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
    byte[] bytes = path.toString().getBytes(CHARSET);
    return isText(path) ? bytes : ofUri(path);
  }

  /**
   * A string's bytes in the locale's charset, as other programs expect them.
   *
   * @throws IllegalArgumentException if that charset can't express it
   */
  static byte[] encode(String text) {
    byte[] bytes = text.getBytes(CHARSET);
    if (!decode(bytes).equals(text)) {
      throw new IllegalArgumentException(
          "the locale's charset " + CHARSET + " can't express: " + text);
    }
    return bytes;
  }

  /** The text that bytes are in the locale's charset. */
  static String decode(byte[] bytes) {
    return new String(bytes, CHARSET);
  }

  /** The path that has these bytes. */
  static Path path(byte[] bytes) {
    String text = decode(bytes);
    return Arrays.equals(bytes, text.getBytes(CHARSET)) ? Path.of(text) : byUri(bytes);
  }

  /** Whether its text has all of its bytes; not so for one listed with bytes of other charsets. */
  private static boolean isText(Path path) {
    try {
      return Path.of(path.toString()).equals(path);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** The JDK escapes in a URI each byte that text lacks; a folder's URI ends with a slash. */
  private static byte[] ofUri(Path path) {
    String escaped = ROOT.resolve(path).toUri().getRawPath();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = path.isAbsolute() ? 0 : 1; i < escaped.length(); i++) {
      if (escaped.charAt(i) == '%') {
        bytes.write(Integer.parseInt(escaped, i + 1, i + 3, 16));
        i += 2;
      } else if (escaped.charAt(i) != '/' || i < escaped.length() - 1) {
        bytes.write(escaped.charAt(i));
      }
    }
    return bytes.toByteArray();
  }

  private static Path byUri(byte[] bytes) {
    StringBuilder escaped = new StringBuilder(bytes[0] == '/' ? "file://" : "file:///");
    for (byte b : bytes) {
      escaped.append(b == '/' ? "/" : "%%%02X".formatted(b));
    }
    Path path = Path.of(URI.create(escaped.toString()));
    return bytes[0] == '/' ? path : ROOT.relativize(path);
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
