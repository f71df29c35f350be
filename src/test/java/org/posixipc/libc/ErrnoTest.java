package org.posixipc.libc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicBoolean;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Test;
import org.posixipc.Pipe;
import org.posixipc.fixture.Background;
import org.posixipc.fixture.CMemory;

/** errno belongs to its thread, whatever other threads and the garbage collector do. */
class ErrnoTest {
  private static final int ROUNDS = 200_000;

  @Test
  void eachThreadReadsItsOwnErrorUnderLoad() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    try (Pipe pipe = Pipe.open()) {
      pipe.readEnd().nonBlocking(true);
      int empty = pipe.readEnd().number();
      try (Background<Void> collector = Background.start(() -> collectUntil(over));
          Background<Void> again = Background.start(() -> provoke(empty, Errno.EAGAIN));
          Background<Void> bad = Background.start(() -> provoke(-1, Errno.EBADF))) {
        again.result();
        bad.result();
        over.set(true);
        collector.result();
      }
    }
  }

  private static Void provoke(int fd, Errno expected) {
    try (CMemory memory = CMemory.allocate(1)) {
      int number = expected.intValue();
      for (int i = 0; i < ROUNDS; i++) {
        long n = Native.libc().read(fd, memory.address(), 1);
        int errno = Native.errno();
        if (n != -1 || errno != number) {
          assertEquals(number, errno, "round " + i);
        }
      }
    }
    return null;
  }

  private static Void collectUntil(AtomicBoolean over) {
    while (!over.get()) {
      System.gc();
    }
    return null;
  }
}
