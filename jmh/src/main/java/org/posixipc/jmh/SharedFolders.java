package org.posixipc.jmh;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * The folders of {@link SharedFile}s and of the C programs', named after the process that made
 * them: a process that is killed leaves megabytes behind, in memory even, which nobody would miss.
 */
final class SharedFolders {
  private static final String PREFIX = "posixipc-";

  private SharedFolders() {}

  static Path create(Path parent) throws IOException {
    return Files.createTempDirectory(parent, PREFIX + ProcessHandle.current().pid() + "-");
  }

  /** Deletes those whose process is gone, wherever they are made. */
  static void sweep() throws IOException {
    for (Transport transport : List.of(Transport.FILE, Transport.FILE_TMPFS)) {
      if (Files.isWritable(transport.parent())) {
        sweep(transport.parent());
      }
    }
  }

  static void sweep(Path parent) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*-*")) {
      for (Path folder : folders) {
        if (isNobodys(folder)) {
          delete(folder);
        }
      }
    }
  }

  /** Somebody else may be deleting it too. */
  static void delete(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException e) {
      return;
    }
    Files.deleteIfExists(folder);
  }

  private static boolean isNobodys(Path folder) {
    String owner = folder.getFileName().toString().substring(PREFIX.length()).split("-", 2)[0];
    return owner.matches("\\d{1,18}")
        && ProcessHandle.of(Long.parseLong(owner)).isEmpty()
        && Files.isWritable(folder);
  }
}
