package org.posixipc.jmh.report;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The folder of a report: whole or not there.
 *
 * <p>Files are written to a folder beside it, which then takes its place.
 */
final class ReportFolder {
  /** What a folder that we replace may hold, and nothing else: it is somebody's otherwise. */
  private static final String OURS = "index\\.html|results\\.(json|csv)|.*\\.svg";

  private final Path folder;

  private ReportFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Finds out whether a report can be written there, before minutes are spent on one.
   *
   * @throws IOException which names the folder, and says why not
   */
  static ReportFolder at(Path path) throws IOException {
    Path folder = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath().normalize();
    ReportFolder report = new ReportFolder(folder);
    try {
      report.checkOwner();
      Files.createDirectories(report.parent());
      delete(report.beside());
    } catch (IOException e) {
      throw report.failed(e);
    }
    return report;
  }

  Path path() {
    return folder;
  }

  /** Replaces what was there by {@code files}: the text of each by its name. */
  void write(Map<String, String> files) throws IOException {
    try {
      checkOwner();
      Path fresh = beside();
      try {
        for (Map.Entry<String, String> file : files.entrySet()) {
          Files.writeString(fresh.resolve(file.getKey()), file.getValue());
        }
        putInPlace(fresh);
      } finally {
        delete(fresh);
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private void putInPlace(Path fresh) throws IOException {
    Path old = beside();
    try {
      boolean replaces = Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
      if (replaces) {
        Files.move(folder, old, ATOMIC_MOVE);
      }
      try {
        Files.move(fresh, folder, ATOMIC_MOVE);
      } catch (IOException e) {
        if (replaces) {
          Files.move(old, folder, ATOMIC_MOVE);
        }
        throw e;
      }
    } finally {
      delete(old);
    }
  }

  private void checkOwner() throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    for (Path file : list(folder)) {
      if (!file.getFileName().toString().matches(OURS)) {
        throw new IOException("it holds " + file.getFileName() + ", which is no part of a report");
      }
    }
  }

  /** An empty folder for us alone: on the same file system, so that it can be moved. */
  private Path beside() throws IOException {
    Path made = Files.createTempDirectory(parent(), "." + folder.getFileName() + "-");
    if (Files.getFileStore(made).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return made;
  }

  private Path parent() throws IOException {
    Path parent = folder.getParent();
    if (parent == null) {
      throw new IOException("it is the root");
    }
    return parent;
  }

  private static void delete(Path path) throws IOException {
    if (Files.exists(path)) {
      for (Path file : list(path)) {
        Files.delete(file);
      }
      Files.delete(path);
    }
  }

  private static List<Path> list(Path path) throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files.toList();
    }
  }

  private IOException failed(IOException cause) {
    return new IOException("can't write the report to " + folder + ": " + why(cause), cause);
  }

  /** Some of the JDK's exceptions say in their class alone what was wrong. */
  private static String why(IOException cause) {
    String message = cause.getMessage();
    return cause.getClass() == IOException.class && message != null ? message : cause.toString();
  }
}
