package org.posixipc.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posixipc.ChildProcess;
import org.posixipc.Spawn;

class SharedFoldersTest {
  @Test
  void whatAProcessThatIsGoneHasLeftIsDeleted(@TempDir Path parent) throws IOException {
    ChildProcess gone = Spawn.command("true").start();
    gone.waitFor().orThrow();
    Path left = Files.createDirectory(parent.resolve("posixipc-" + gone.pid() + "-x"));
    Files.write(left.resolve("near-0"), new byte[1]);
    Path stranger = Files.createDirectory(parent.resolve("posixipc-x-" + gone.pid()));
    Path ours = SharedFolders.create(parent);

    SharedFolders.sweep(parent);

    assertFalse(Files.exists(left));
    assertTrue(Files.exists(stranger));
    assertTrue(Files.exists(ours));
  }

  @Test
  void aConnectionLeavesNothing(@TempDir Path parent) throws IOException {
    Connection connection = SharedFile.connect(parent, PosixEnds.FILES);
    connection.far().out().write(ByteBuffer.allocate(1));
    connection.close();

    try (Stream<Path> left = Files.list(parent)) {
      assertEquals(List.of(), left.toList());
    }
  }
}
