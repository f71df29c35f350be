package org.posixipc.libc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static jnr.constants.platform.Errno.EAGAIN;
import static jnr.constants.platform.Errno.EBADF;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.Semaphore;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Test;
import org.posixipc.Pipe;
import org.posixipc.fixture.Background;
import org.posixipc.fixture.CMemory;

/** errno belongs to its thread, whatever other threads and the garbage collector do. */
class ErrnoTest {
  private static final int ROUNDS = 200_000;

  /** A collection each so many failing calls: one behind the other would leave them no time. */
  private static final int ROUNDS_PER_COLLECTION = 10_000;

  @Test
  void eachThreadReadsItsOwnErrorUnderLoad() throws Exception {
    Semaphore collections = new Semaphore(0);
    try (Pipe pipe = Pipe.open()) {
      pipe.readEnd().nonBlocking(true);
      int empty = pipe.readEnd().number();
      try (Background<Void> again = Background.start(() -> provoke(empty, EAGAIN, collections));
          Background<Void> bad = Background.start(() -> provoke(-1, EBADF, collections))) {
        for (int i = 0; i < 2 * ROUNDS / ROUNDS_PER_COLLECTION; i++) {
          assertTrue(collections.tryAcquire(20, SECONDS), "collections: " + i);
          System.gc();
        }
        again.result();
        bad.result();
      }
    }
  }

  private static Void provoke(int fd, Errno expected, Semaphore collections) {
    try (CMemory memory = CMemory.allocate(1)) {
      int number = expected.intValue();
      for (int i = 0; i < ROUNDS; i++) {
        if (i % ROUNDS_PER_COLLECTION == 0) {
          collections.release();
        }
        long n = Native.libc().read(fd, memory.address(), 1);
        int errno = Native.errno();
        if (n != -1 || errno != number) {
          assertEquals(number, errno, "round " + i);
        }
      }
    }
    return null;
  }
}
