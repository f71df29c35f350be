package org.posixipc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/**
 * A Unix socket's file, told by device and inode from another that has its path since.
 *
 * <p>Between the look and the removal another process could still replace it; no call does both.
 */
record UnixFile(Path path, Object key) {
  /** S_IFMT and S_IFSOCK of stat(2), the same on every system. */
  private static final int TYPE = 0170000;

  private static final int SOCKET = 0140000;

  /** The file that has this path now. */
  static UnixFile of(Path path) throws IOException {
    return new UnixFile(path, Objects.requireNonNull(key(path)));
  }

  /** Whether what has this path now is a socket: no symbolic link, and nobody's data. */
  static boolean isSocket(Path path) throws IOException {
    int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    return (mode & TYPE) == SOCKET;
  }

  /** Removes it, unless the path is gone, or another file's by now. */
  void deleteIfSame() throws IOException {
    try {
      if (key.equals(key(path))) {
        Files.delete(path);
      }
    } catch (NoSuchFileException e) {
      // Somebody was faster, which is as well.
    }
  }

  private static Object key(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .fileKey();
  }
}
