package org.posixipc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.channels.Channels;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.posixipc.libc.Native;

class SpawnStorageTest {
  @Test
  @EnabledOnOs(OS.LINUX)
  void withoutClosefromWhatIsOpenIsClosedOneByOne() throws IOException {
    try (Pipe pipe = Pipe.open();
        FileDescriptor inheritable =
            FileDescriptor.adopt(Native.libc().dup(pipe.readEnd().number()));
        SpawnStorage storage = new SpawnStorage()) {
      storage.addDup2(pipe.writeEnd().number(), 1);
      storage.closeListed(2);

      int pid = start(storage, "ls", "/proc/self/fd");
      pipe.writeEnd().close();
      List<String> open =
          new String(Channels.newInputStream(pipe.readEnd()).readAllBytes(), UTF_8)
              .lines()
              .toList();

      assertEquals(pid, Native.waitpid(pid, new int[1], 0));
      assertTrue(open.contains("1"), () -> "the child's descriptors: " + open);
      assertFalse(
          open.contains(Integer.toString(inheritable.number())),
          () -> "the child's descriptors: " + open);
    }
  }

  private static int start(SpawnStorage storage, String... command) throws IOException {
    Scratch.Area argv = StringVector.of(List.of(command).stream().map(NativePath::encode).toList());
    Scratch.Area envp = StringVector.of(List.of());
    try {
      int error =
          Native.spawn()
              .posix_spawnp(
                  storage.pid(),
                  argv.buffer.getLong(0),
                  storage.actions(),
                  storage.attributes(),
                  argv.address,
                  envp.address);
      assertEquals(0, error);
      return storage.storedPid();
    } finally {
      Reference.reachabilityFence(argv);
      Reference.reachabilityFence(envp);
    }
  }
}
