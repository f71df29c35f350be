package org.posixipc;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.posixipc.libc.LibC;
import org.posixipc.libc.Native;

/**
 * {@code fifo(7)}: a pipe with a name in the file system, by which processes that are not related
 * find it.
 *
 * <p>The name outlives the processes; {@link java.nio.file.Files#delete} removes it. Whoever has
 * the name's permissions may open either side.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/fifo.7.html">fifo(7)</a>
 */
public final class Fifo {
  private static final LibC LIBC = Native.libc();
  private static final Set<PosixFilePermission> OWNER_ALONE =
      PosixFilePermissions.fromString("rw-------");

  private final Path path;

  private Fifo(Path path) {
    this.path = path;
  }

  /**
   * {@code mkfifo(3)}: creates a FIFO that its owner alone may open.
   *
   * @param path where, in the default file system
   * @return the FIFO
   * @throws PosixException {@code EEXIST} if something has that name, {@code ENOENT} or {@code
   *     ENOTDIR} if there is no such directory, {@code EACCES} if it may not be written
   * @see <a href="https://man7.org/linux/man-pages/man3/mkfifo.3.html">mkfifo(3)</a>
   */
  public static Fifo create(Path path) throws IOException {
    return create(path, OWNER_ALONE);
  }

  /**
   * {@code mkfifo(3)}: creates a FIFO.
   *
   * @param path where, in the default file system
   * @param permissions who may read and write it, less the umask
   * @return the FIFO
   * @throws PosixException as {@link #create(Path)} does
   */
  public static Fifo create(Path path, Set<PosixFilePermission> permissions) throws IOException {
    int mode = NativePath.mode(permissions);
    Scratch.Area bytes = NativePath.of(path);
    Check.call("mkfifo", path, () -> LIBC.mkfifo(bytes.address, mode));
    return new Fifo(path);
  }

  /**
   * A FIFO that somebody created. No call is made: what is wrong with the path shows when it is
   * opened.
   *
   * @param path its name
   * @return the FIFO
   */
  public static Fifo at(Path path) {
    return new Fifo(path);
  }

  /**
   * {@code open(2)} with O_RDONLY: opens the side to read. It waits until somebody opens the other.
   * To open it without waiting, use {@link FileDescriptor#open} with {@link OpenFlag#NON_BLOCKING}.
   *
   * @return a new descriptor, the caller's
   * @throws PosixException as {@link FileDescriptor#open} does
   */
  public FileDescriptor openReader() throws IOException {
    return FileDescriptor.open(path, OpenFlag.READ_ONLY);
  }

  /**
   * {@code open(2)} with O_WRONLY: opens the side to write. It waits until somebody opens the
   * other. To open it without waiting, use {@link FileDescriptor#open} with {@link
   * OpenFlag#NON_BLOCKING}, which fails with {@code ENXIO} where nobody reads.
   *
   * @return a new descriptor, the caller's
   * @throws PosixException as {@link FileDescriptor#open} does
   */
  public FileDescriptor openWriter() throws IOException {
    return FileDescriptor.open(path, OpenFlag.WRITE_ONLY);
  }

  /**
   * Its name in the file system.
   *
   * @return the path that it was created or named with
   */
  public Path path() {
    return path;
  }

  /** {@code fifo(/run/x)}. */
  @Override
  public String toString() {
    return "fifo(" + path + ")";
  }
}
