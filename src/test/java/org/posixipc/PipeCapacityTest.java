package org.posixipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import jnr.constants.platform.Errno;
import jnr.constants.platform.Fcntl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.posixipc.fixture.Background;
import org.posixipc.fixture.Privilege;
import org.posixipc.internal.abi.DarwinAbi;

/** The size of the queue, which Linux lets a program choose. */
@EnabledOnOs(OS.LINUX)
class PipeCapacityTest {
  @Test
  void aFreshPipeHoldsSixteenPages() throws IOException {
    try (Pipe pipe = Pipe.open()) {
      assertEquals(65_536, pipe.capacity());
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 4096", "4096, 4096", "4097, 8192", "20000, 32768", "1048576, 1048576"})
  void capacityIsRoundedUpToAPowerOfTwoOfPages(int asked, int given) throws IOException {
    try (Pipe pipe = Pipe.open()) {
      int answer = pipe.capacity(asked);

      assertEquals(given, answer);
      assertEquals(given, pipe.capacity());
    }
  }

  @Test
  void aPipeOpenedWithACapacityHasIt() throws IOException {
    try (Pipe pipe = Pipe.open(100_000)) {
      assertEquals(131_072, pipe.capacity());
    }
  }

  @Test
  void itWontShrinkBelowWhatIsQueued() throws IOException {
    try (Pipe pipe = Pipe.open()) {
      pipe.writeEnd().write(ByteBuffer.allocate(40_000));

      PosixException e = assertThrows(PosixException.class, () -> pipe.capacity(32_768));

      assertEquals(Errno.EBUSY, e.errno());
      assertEquals(65_536, pipe.capacity());
      assertEquals(40_000, pipe.readEnd().available());
    }
  }

  @Test
  void growingPastTheLimitIsEpermForTheUnprivileged() throws Exception {
    int limit = limit();
    try (Pipe pipe = Pipe.open();
        Background<PosixException> unprivileged =
            Background.start(
                () -> {
                  Privilege.dropSysResource();
                  return assertThrows(PosixException.class, () -> pipe.capacity(limit + 1));
                })) {
      PosixException e = unprivileged.result();

      assertEquals(Errno.EPERM, e.errno());
      assertEquals("fcntl", e.call());
      assertEquals("F_SETPIPE_SZ of " + pipe.writeEnd(), e.subject());
      assertEquals(65_536, pipe.capacity());
    }
  }

  @Test
  void aPipeThatCantHaveItsCapacityLeavesNothingOpen() throws Exception {
    int limit = limit();
    int[] next = new int[2];
    try (Pipe pipe = Pipe.open()) {
      next[0] = pipe.readEnd().number();
    }

    try (Background<PosixException> unprivileged =
        Background.start(
            () -> {
              Privilege.dropSysResource();
              return assertThrows(PosixException.class, () -> Pipe.open(limit + 1));
            })) {
      unprivileged.result();
    }
    try (Pipe pipe = Pipe.open()) {
      next[1] = pipe.readEnd().number();
    }

    assertEquals(next[0], next[1]);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void aCapacityBelowOneIsRefused(int capacity) throws IOException {
    try (Pipe pipe = Pipe.open()) {
      assertThrows(IllegalArgumentException.class, () -> pipe.capacity(capacity));
      assertThrows(IllegalArgumentException.class, () -> Pipe.open(capacity));
      assertEquals(65_536, pipe.capacity());
    }
  }

  @Test
  void eitherEndIsEnoughToAsk() throws IOException {
    try (Pipe pipe = Pipe.open()) {
      pipe.writeEnd().close();
      int byTheReadEnd = pipe.capacity(8192);
      pipe.readEnd().close();

      assertEquals(8192, byTheReadEnd);
      assertThrows(ClosedChannelException.class, pipe::capacity);
    }
  }

  @Test
  void aSystemWithoutTheCallIsNamedWithIt() throws IOException {
    try (Pipe pipe = Pipe.open()) {
      UnsupportedOperationException e =
          assertThrows(
              UnsupportedOperationException.class,
              () -> pipe.control(DarwinAbi.INSTANCE, Fcntl.F_GETPIPE_SZ, 0));

      assertEquals(
          "macOS has no fcntl(F_GETPIPE_SZ): the kernel alone sizes its pipes", e.getMessage());
    }
  }

  /** In one read: /proc/sys answers none that begins behind the first byte. */
  private static int limit() throws IOException {
    return Integer.parseInt(Files.readAllLines(Path.of("/proc/sys/fs/pipe-max-size")).get(0));
  }
}
