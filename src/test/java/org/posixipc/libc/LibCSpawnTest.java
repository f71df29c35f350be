package org.posixipc.libc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.posixipc.fixture.CMemory;

/** posix_spawn(3), used as C uses it. */
class LibCSpawnTest {
  @Test
  void theSixthArgumentArrivesAsTheEnvironment() {
    try (CMemory sh = CMemory.string("/bin/sh");
        CMemory option = CMemory.string("-c");
        CMemory script = CMemory.string("exit $CODE");
        CMemory variable = CMemory.string("CODE=42");
        CMemory argv = CMemory.allocate(32);
        CMemory envp = CMemory.allocate(16);
        CMemory pid = CMemory.allocate(4)) {
      argv.bytes().putLong(0, sh.address()).putLong(8, option.address());
      argv.bytes().putLong(16, script.address());
      envp.bytes().putLong(0, variable.address());
      int[] status = new int[1];

      int error =
          Native.spawn()
              .posix_spawn(pid.address(), sh.address(), 0, 0, argv.address(), envp.address());
      int child = pid.bytes().getInt(0);

      assertEquals(0, error);
      assertEquals(child, Native.waitpid(child, status, 0));
      assertEquals(42 << 8, status[0]);
    }
  }
}
