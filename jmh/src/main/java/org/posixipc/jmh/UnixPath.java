package org.posixipc.jmh;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A path for a Unix socket, in a folder of its own; closing it deletes both. */
record UnixPath(Path folder) implements Closeable {
  static UnixPath create() throws IOException {
    return new UnixPath(Files.createTempDirectory("posixipc"));
  }

  Path path() {
    return folder.resolve("socket");
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(path());
    Files.delete(folder);
  }
}
