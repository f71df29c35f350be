package org.posixipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import jnr.constants.platform.Errno;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posixipc.fixture.AbiTable;
import org.posixipc.fixture.AbiTable.Column;
import org.posixipc.fixture.Background;
import org.posixipc.fixture.Eventually;

/** Children where the system has no descriptors of processes, or can't watch them. */
class ReaperTest {
  private static final Reaper WITHOUT_DESCRIPTORS =
      new Reaper() {
        @Override
        void register(ChildProcess child) {
          awaitOnThread(child);
        }

        @Override
        @Nullable FileDescriptor descriptor(int pid) {
          return null;
        }
      };

  /** As a kernel without room for what is watched, of which it tells when the child runs. */
  private static final Reaper WITHOUT_ROOM =
      new Reaper() {
        @Override
        void register(ChildProcess child) throws IOException {
          throw new PosixException("epoll_ctl", child, Errno.ENOSPC.intValue());
        }

        @Override
        @Nullable FileDescriptor descriptor(int pid) {
          return descriptorOfThisSystem(pid);
        }
      };

  private static @Nullable FileDescriptor descriptorOfThisSystem(int pid) {
    try {
      return Reaper.ofThisSystem().descriptor(pid);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void allWhoWaitGetTheStatus() throws Exception {
    ChildProcess child = Spawn.command("sleep", "100").start(WITHOUT_DESCRIPTORS);
    CompletableFuture<ExitStatus> end = child.onExit();
    List<Background<ExitStatus>> waiting = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      waiting.add(Background.start(child::waitFor));
    }

    assertEquals(Optional.empty(), child.waitFor(Duration.ofMillis(5)));
    assertTrue(child.isAlive());
    assertTrue(child.signal(Signal.SIGKILL));

    for (Background<ExitStatus> each : waiting) {
      assertEquals("was ended by SIGKILL", each.result().toString());
      each.close();
    }
    assertEquals(Optional.of(child.waitFor()), child.waitFor(Duration.ZERO));
    assertEquals(child.waitFor(), end.get(20, TimeUnit.SECONDS));
  }

  @Test
  void nothingIsSentToAChildThatWasReaped() throws IOException {
    ChildProcess child = Spawn.command("true").start(WITHOUT_DESCRIPTORS);
    assertTrue(child.waitFor().success());

    assertFalse(child.signal(Signal.SIGKILL));
    assertFalse(child.isAlive());
  }

  @Test
  void aForgottenChildIsReaped() throws Exception {
    Spawn.command("true").start(WITHOUT_DESCRIPTORS);

    Eventually.await(
        "no child is left", () -> ProcessHandle.current().children().findAny().isEmpty());
  }

  @Test
  void aChildThatCanNotBeWatchedIsEndedAndReaped() {
    Spawn spawn = Spawn.command("sleep", "100").pipe(0);

    assertThrows(PosixException.class, () -> spawn.start(WITHOUT_ROOM));

    assertTrue(ProcessHandle.current().children().findAny().isEmpty());
  }

  @ParameterizedTest
  @EnumSource
  void theCLibrarysStructsHaveRoomInOurs(Column system) {
    assertTrue(size("posix_spawn_file_actions_t", system) <= SpawnStorage.ACTIONS_SIZE);
    assertTrue(size("posix_spawnattr_t", system) <= SpawnStorage.ATTRIBUTES_SIZE);
    assertTrue(size("siginfo_t", system) <= Reaper.SIGINFO_SIZE);
  }

  private static long size(String struct, Column system) {
    return AbiTable.value(struct, system).orElseThrow();
  }
}
