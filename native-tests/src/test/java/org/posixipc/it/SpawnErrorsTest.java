package org.posixipc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.function.Function;
import jnr.constants.platform.Errno;
import jnr.constants.platform.RLIMIT;
import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.posixipc.Pipe;
import org.posixipc.PosixException;
import org.posixipc.Spawn;
import org.posixipc.fixture.DescriptorLimit;
import org.posixipc.fixture.Descriptors;
import org.posixipc.fixture.Eventually;

/** Starts that fail: each says why and of what, and leaves nothing behind. */
class SpawnErrorsTest {
  @TempDir Path folder;

  @Test
  void aProgramThatIsNotThereIsEnoent() throws Exception {
    assertFails(Errno.ENOENT, Spawn.command(folder.resolve("missing").toString()));
    assertFails(Errno.ENOENT, Spawn.command("no-program-has-this-name"));
    assertFails(Errno.ENOENT, Spawn.command(file("#!/no/such/interpreter\n", "rwx------")));
    assertFails(Errno.ENOENT, Spawn.command("/bin/sh").directory(folder.resolve("missing")));
  }

  @Test
  void aProgramThatMayNotBeRunIsEacces() throws Exception {
    assertFails(Errno.EACCES, Spawn.command(file("#!/bin/sh\n", "rw-------")));
    assertFails(Errno.EACCES, Spawn.command(folder.toString()));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFileThatIsNoProgramIsEnoexec() throws Exception {
    assertFails(Errno.ENOEXEC, Spawn.command(file("exit 0\n", "rwx------")));
    assertFails(Errno.ENOEXEC, Spawn.command(file("", "rwx------")));
  }

  @Test
  void aBadPathSaysWhatIsBadAboutIt() throws Exception {
    Path loop = folder.resolve("loop");
    Files.createSymbolicLink(loop, loop);

    assertFails(Errno.ENOTDIR, Spawn.command(file("", "rwx------") + "/program"));
    assertFails(Errno.ENOTDIR, Spawn.command("/bin/sh").directory(Path.of("/dev/null")));
    assertFails(Errno.ELOOP, Spawn.command(loop.toString()));
    assertFails(Errno.ENAMETOOLONG, Spawn.command("/" + "x".repeat(5000)));
  }

  @Test
  void tooMuchToHandOverIsE2big() throws Exception {
    String huge = "x".repeat(3 << 20);

    assertFails(Errno.E2BIG, Spawn.command("/bin/sh", huge));
    assertFails(Errno.E2BIG, Spawn.command("/bin/sh").variable("HUGE", huge));
  }

  @Test
  void aGroupThatIsNotOfThisSessionIsEperm() throws Exception {
    assertFails(Errno.EPERM, Spawn.command("/bin/sh").processGroup(1 << 22));
  }

  @Test
  void aNumberBeyondTheLimitIsEbadf() throws IOException {
    try (Pipe pipe = Pipe.open()) {
      Spawn spawn = Spawn.command("/bin/sh").descriptor(Integer.MAX_VALUE, pipe.readEnd());

      assertEquals(Errno.EBADF, assertThrows(PosixException.class, spawn::start).errno());
    }
  }

  @Test
  void aPipeThatCanNotBeHadIsEmfile() throws Throwable {
    Spawn spawn = Spawn.command("/bin/sh").pipe(0).pipe(1).pipe(2);
    assertFails(Errno.ENOENT, Spawn.command("/missing").pipe(0)); // loads the classes

    for (int free = 0; free <= 5; free++) {
      Map<Integer, String> before = Descriptors.open();
      DescriptorLimit.leaving(
          free,
          () ->
              assertEquals(Errno.EMFILE, assertThrows(PosixException.class, spawn::start).errno()));
      Descriptors.awaitNoneBeyond(before);
    }
  }

  @Test
  void aChildThatNeedsNoDescriptorsStartsWithoutAny() throws Throwable {
    Spawn spawn = Spawn.command(CProgram.path("child"), "exit", "7");
    spawn.start().waitFor();

    DescriptorLimit.leaving(
        0, () -> assertEquals("exited with 7", spawn.start().waitFor().toString()));
  }

  /** Starts its first child when no descriptor is left, and another when there is one again. */
  static final class HasNoDescriptorsAtFirst {
    public static void main(String[] args) throws Throwable {
      Spawn spawn = Spawn.command("true");
      Class.forName("org.posixipc.EpollReaper"); // to load a class takes a descriptor
      new PosixException("", "", 1).errno();
      Pipe.open().close();
      DescriptorLimit.leaving(
          0,
          () -> {
            try {
              System.out.println(spawn.start());
            } catch (PosixException e) {
              System.out.println(e.errno().name());
            }
          });
      System.out.println(spawn.start().waitFor());
      System.out.println(ProcessHandle.current().children().count());
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFirstStartThatFailsDoesNotSpoilTheNext() throws Exception {
    ChildJvm.running(HasNoDescriptorsAtFirst.class)
        .run()
        .assertPrinted("EMFILE", "exited with 0", "0");
  }

  /** Starts a child when its user has as many processes as it may have. */
  static final class HasTooManyProcesses {
    private static final POSIX LIBC = POSIXFactory.getNativePOSIX();

    public static void main(String[] args) throws IOException {
      Spawn.command("true").start().waitFor();
      LIBC.setrlimit(RLIMIT.RLIMIT_NPROC.intValue(), 1, 1);
      PosixException e = assertThrows(PosixException.class, () -> Spawn.command("true").start());
      System.out.println(e.errno().name() + " " + e.subject());
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void oneProcessTooManyIsEagain() throws Exception {
    assumeTrue(!Files.getOwner(folder).getName().equals("root"), "no limit binds root");

    ChildJvm.running(HasTooManyProcesses.class).run().assertPrinted("EAGAIN true");
  }

  @Test
  void whatNoProcessMayHoldIsRefusedBeforeTheCall() {
    assertRefused(s -> Spawn.command());
    assertRefused(s -> Spawn.command(""));
    assertRefused(s -> Spawn.command("sh", "a\0b"));
    assertRefused(s -> s.arg0("a\0b"));
    assertRefused(s -> s.variable("a=b", "c"));
    assertRefused(s -> s.variable("", "c"));
    assertRefused(s -> s.variable("a\0", "c"));
    assertRefused(s -> s.variable("a", "c\0"));
    assertRefused(s -> s.environment(Map.of("a=", "b")));
    assertRefused(s -> s.devNull(-1));
    assertRefused(s -> s.pipe(-1));
    assertRefused(s -> s.pipe(3));
    assertRefused(s -> s.devNull(1).pipe(1));
    assertRefused(s -> s.processGroup(-1));
  }

  @Test
  void aClosedDescriptorIsRefusedBeforeTheCall() throws IOException {
    Pipe pipe = Pipe.open();
    Spawn spawn =
        Spawn.command("true").descriptor(0, pipe.readEnd()).descriptor(1, pipe.writeEnd());
    pipe.writeEnd().close();

    assertThrows(ClosedChannelException.class, spawn::start);
    pipe.readEnd().close();

    assertFalse(Descriptors.isOpen(pipe.readEnd().number()), "it is not held any more");
  }

  @Test
  void aPipelineThatFailsLeavesNoChildAndNoPipe() throws Exception {
    Map<Integer, String> before = Descriptors.open();
    Spawn waits = Spawn.command(CProgram.path("child"), "pause").pipe(2);

    PosixException e =
        assertThrows(
            PosixException.class, () -> Spawn.pipeline(waits, waits, Spawn.command("/missing")));
    assertEquals("posix_spawn(/missing): No such file or directory (ENOENT)", e.getMessage());
    Eventually.await(
        "no child is left", () -> ProcessHandle.current().children().findAny().isEmpty());
    Descriptors.awaitNoneBeyond(before);
  }

  private void assertFails(Errno errno, Spawn spawn) throws Exception {
    Map<Integer, String> before = Descriptors.open();
    long children = ProcessHandle.current().children().count();
    try (Pipe pipe = Pipe.open()) {
      int reader = pipe.readEnd().number();
      Spawn named = spawn.descriptor(reader, pipe.readEnd());

      PosixException e = assertThrows(PosixException.class, named::start);
      pipe.readEnd().close();

      assertEquals(errno, e.errno(), e::getMessage);
      assertEquals("posix_spawn", e.call());
      assertFalse(Descriptors.isOpen(reader), "it is not held any more");
    }
    Descriptors.awaitNoneBeyond(before);
    assertEquals(children, ProcessHandle.current().children().count());
  }

  private static void assertRefused(Function<Spawn, Spawn> change) {
    Spawn spawn = Spawn.command("sh");

    assertThrows(IllegalArgumentException.class, () -> change.apply(spawn));
  }

  private String file(String content, String permissions) throws IOException {
    Path file = Files.createTempFile(folder, "file", null);
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    return file.toString();
  }
}
