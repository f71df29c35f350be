package org.posixipc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.posixipc.ChildProcess;
import org.posixipc.Spawn;
import org.posixipc.fixture.Background;
import org.posixipc.fixture.Descriptors;
import org.posixipc.fixture.Eventually;

/** Many children; {@code -Dposixipc.spawns=10000} for more than a build waits for. */
class SpawnLoadTest {
  private static final int SPAWNS = Integer.getInteger("posixipc.spawns", 1000);
  private static final int THREADS = 8;

  @Test
  @Timeout(600)
  void thousandsOfChildrenInALoopLeaveNothingBehind() throws Exception {
    start(0).waitFor();
    Map<Integer, String> before = Descriptors.open();

    for (int i = 0; i < SPAWNS; i++) {
      assertEquals("exited with " + i % 256, start(i % 256).waitFor().toString());
    }

    assertNothingLeft(before);
  }

  @Test
  void sixtyFourAtOnceFromEightThreadsEndAsTheyWereTold() throws Exception {
    start(0).waitFor();
    Map<Integer, String> before = Descriptors.open();
    List<Background<Integer>> threads = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      int first = t * 64 / THREADS;
      threads.add(Background.start(() -> startAndAwait(first, 64 / THREADS)));
    }

    for (Background<Integer> thread : threads) {
      assertEquals(64 / THREADS, thread.result());
      thread.close();
    }
    assertNothingLeft(before);
  }

  private static int startAndAwait(int first, int count) throws IOException {
    List<ChildProcess> children = new ArrayList<>();
    for (int i = first; i < first + count; i++) {
      children.add(start(i));
    }
    for (int i = 0; i < count; i++) {
      assertEquals("exited with " + (first + i), children.get(i).waitFor().toString());
    }
    return children.size();
  }

  private static ChildProcess start(int code) throws IOException {
    return Spawn.command(CProgram.path("child"), "exit", Integer.toString(code)).start();
  }

  private static void assertNothingLeft(Map<Integer, String> before) throws Exception {
    Eventually.await(
        "no child is left", () -> ProcessHandle.current().children().findAny().isEmpty());
    Descriptors.awaitNoneBeyond(before);
  }
}
