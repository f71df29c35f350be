package org.posixipc.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posixipc.FileDescriptor;
import org.posixipc.OpenFlag;
import org.posixipc.Pipe;
import org.posixipc.PosixException;
import org.posixipc.fixture.Descriptors;

/** Promises that need a process of their own to be kept, or broken, in. */
class ChildJvmTest {
  /** Writes to a pipe that nobody reads, which kills a process that lets SIGPIPE have its way. */
  static final class WritesToNobody {
    public static void main(String[] args) throws IOException {
      try (Pipe pipe = Pipe.open()) {
        pipe.readEnd().close();
        for (int i = 0; i < 3; i++) {
          try {
            pipe.writeEnd().write(ByteBuffer.allocateDirect(1));
          } catch (PosixException e) {
            System.out.println(e.errno().name());
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-Xrs", "-XX:+AllowUserSignalHandlers", "-Xint"})
  void aWriteToNobodyIsEpipeAndNotADeadJvm(String option) throws Exception {
    ChildJvm.running(WritesToNobody.class)
        .options(option)
        .run()
        .assertPrinted("EPIPE", "EPIPE", "EPIPE");
  }

  @Test
  void aWriteToNobodyIsEpipeWhereTheParentLeftSigpipeToItsDefault() throws Exception {
    ChildJvm.running(WritesToNobody.class)
        .after("trap - PIPE; ")
        .run()
        .assertPrinted("EPIPE", "EPIPE", "EPIPE");
  }

  /** Sends some bytes through a pipe. */
  static final class UsesAPipe {
    public static void main(String[] args) throws IOException {
      System.out.println(exchange());
    }

    /** What came through, and the numbers of the pipe. */
    static String exchange() throws IOException {
      try (Pipe pipe = Pipe.open()) {
        pipe.writeEnd().write(ByteBuffer.wrap("it works".getBytes(UTF_8)));
        ByteBuffer received = ByteBuffer.allocate(100);
        pipe.readEnd().read(received);
        return UTF_8.decode(received.flip()) + " through " + pipe;
      }
    }
  }

  /** Closes stdin and stderr, once every class is loaded that could take their numbers. */
  static final class UsesTheNumbersOfStdinAndStderr {
    public static void main(String[] args) throws IOException {
      UsesAPipe.exchange();
      boolean open = Descriptors.isOpen(0) && Descriptors.isOpen(2);
      FileDescriptor.adopt(0).close();
      FileDescriptor.adopt(2).close();
      System.out.println(UsesAPipe.exchange());
      System.out.println(open + ", " + (Descriptors.isOpen(0) || Descriptors.isOpen(2)));
    }
  }

  @Test
  void aPipeMayHaveTheNumbersOfClosedStandardStreams() throws Exception {
    ChildJvm.running(UsesTheNumbersOfStdinAndStderr.class)
        .run()
        .assertPrinted("it works through pipe(fd 2 -> fd 0)", "true, false");
  }

  @Test
  void aJvmThatWasStartedWithoutStdinHasPipes() throws Exception {
    ChildJvm.Outcome outcome = ChildJvm.running(UsesAPipe.class).after("exec 0<&-; ").run();

    assertTrue(outcome.out().startsWith("it works through pipe("), outcome::toString);
    assertEquals(0, outcome.exit());
  }

  /** Opens pipes until there are no descriptors left, often. */
  static final class UsesUpItsDescriptors {
    public static void main(String[] args) throws IOException {
      Pipe.open().close();
      int first = pipesUntilEmfile();
      int last = 0;
      for (int i = 0; i < 50; i++) {
        last = pipesUntilEmfile();
      }
      // Now and then the JVM has something open for a moment; a leak would be 50 at least.
      System.out.println(Math.abs(first - last) < 5 ? "as many again" : first + ", " + last);
    }

    private static int pipesUntilEmfile() throws IOException {
      List<Pipe> pipes = new ArrayList<>();
      try {
        while (true) {
          pipes.add(Pipe.open());
        }
      } catch (PosixException e) {
        if (!"pipe2(): Too many open files (EMFILE)".equals(e.getMessage())) {
          throw e;
        }
      }
      for (Pipe pipe : pipes) {
        pipe.close();
      }
      return pipes.size();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 101})
  void runningOutOfDescriptorsIsEmfileAndLosesNone(int limit) throws Exception {
    ChildJvm.running(UsesUpItsDescriptors.class)
        .after("ulimit -n " + limit + "; ")
        .run()
        .assertPrinted("as many again");
  }

  /** Moves a gibibyte by way of a heap buffer, in one call each way. */
  static final class MovesAGibibyte {
    public static void main(String[] args) throws IOException {
      ByteBuffer huge = ByteBuffer.allocate(1 << 30);
      try (FileDescriptor nothing = FileDescriptor.open(Path.of("/dev/null"), OpenFlag.WRITE_ONLY);
          FileDescriptor zeros = FileDescriptor.open(Path.of("/dev/zero"))) {
        System.out.println(nothing.write(huge));
        System.out.println(nothing.write(new ByteBuffer[] {huge.clear()}));
        System.out.println(zeros.read(huge.clear()));
      }
    }
  }

  @Test
  void aHugeHeapBufferTakesLittleMemoryBesidesItself() throws Exception {
    ChildJvm.running(MovesAGibibyte.class)
        .options("-Xmx1200m", "-Xmn16m", "-XX:MaxDirectMemorySize=512k")
        .run()
        .assertPrinted("1073741824", "1073741824", "131072");
  }

  /** What every user does first. */
  static final class OpensAPipe {
    public static void main(String[] args) throws IOException {
      Pipe.open().close();
      System.out.println(Pipe.class.getModule().isNamed() ? "module" : "class path");
    }
  }

  @Test
  void nothingIsPrintedByTheLibraryOnTheClassPath() throws Exception {
    ChildJvm.Outcome outcome = ChildJvm.running(OpensAPipe.class).run().assertPrinted("class path");

    assertEquals("", outcome.err());
  }

  @Test
  void nothingIsPrintedByTheLibraryOnTheModulePath() throws Exception {
    ChildJvm.Outcome outcome =
        ChildJvm.running(OpensAPipe.class).onModulePath().run().assertPrinted("module");

    assertEquals("", outcome.err());
  }
}
