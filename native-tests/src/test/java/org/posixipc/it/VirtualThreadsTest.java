package org.posixipc.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posixipc.FileDescriptor;
import org.posixipc.Pipe;
import org.posixipc.PosixException;
import org.posixipc.SocketPair;
import org.posixipc.Spawn;
import org.posixipc.fixture.Background;
import org.posixipc.fixture.DescriptorLimit;
import org.posixipc.fixture.KernelCall;
import org.posixipc.fixture.LibraryClasses;
import org.posixipc.fixture.ThreadKind;

/** Thousands of virtual threads that wait for descriptors, on two carriers, in a JVM of its own. */
class VirtualThreadsTest {
  private static final String LINE = "%s: %d of them blocking, %d read, child's is blocking: %s";

  /** What each thread waits for, two descriptors each. */
  private enum Kind {
    PIPES {
      @Override
      Ends open() throws IOException {
        Pipe pipe = Pipe.open();
        return new Ends(pipe.readEnd(), pipe.writeEnd());
      }
    },
    SOCKET_PAIRS {
      @Override
      Ends open() throws IOException {
        SocketPair pair = SocketPair.open();
        return new Ends(pair.first().descriptor(), pair.second().descriptor());
      }
    };

    abstract Ends open() throws IOException;
  }

  private record Ends(FileDescriptor reader, FileDescriptor writer) {}

  /** Blocks, counts, lets go and reports. */
  static final class Thousands {
    private final List<Ends> all = new ArrayList<>();
    private final List<Background<Integer>> readers = new ArrayList<>();

    public static void main(String[] args) throws Exception {
      Kind kind = Kind.valueOf(System.getProperty("kind"));
      new Thousands().run(kind, Integer.getInteger("count"));
    }

    private void run(Kind kind, int count) throws Exception {
      for (int i = 0; i < count; i++) {
        Ends ends = kind.open();
        all.add(ends);
        ByteBuffer dst = ByteBuffer.allocate(1);
        readers.add(Background.start(ThreadKind.VIRTUAL, () -> ends.reader().read(dst)));
      }
      for (Background<Integer> reader : readers) {
        reader.awaitIn(KernelCall.READ);
      }
      carriersGoOn();
      int blocking = blocking();
      boolean childs = childsIsBlocking(all.get(0).reader());
      for (Ends ends : all) {
        ends.writer().write(ByteBuffer.allocate(1));
      }
      System.out.println(LINE.formatted(kind, blocking, sum(), childs));
    }

    /** More tasks than there are carriers, each of which waits for the others. */
    private static void carriersGoOn() throws Exception {
      CountDownLatch together = new CountDownLatch(10);
      AtomicInteger passed = new AtomicInteger();
      List<Background<Integer>> tasks = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        tasks.add(
            Background.start(
                ThreadKind.VIRTUAL,
                () -> {
                  together.countDown();
                  together.await();
                  return passed.incrementAndGet();
                }));
      }
      for (Background<Integer> task : tasks) {
        task.result();
      }
    }

    /** O_NONBLOCK as the kernel has it, while the threads wait. */
    private int blocking() throws IOException {
      int blocking = 0;
      for (Ends ends : all) {
        blocking += ends.reader().isNonBlocking() ? 0 : 1;
      }
      return blocking;
    }

    private static boolean childsIsBlocking(FileDescriptor given) throws Exception {
      try (Pipe out = Pipe.open()) {
        Spawn.command("cat", "/proc/self/fdinfo/9")
            .descriptor(1, out.writeEnd())
            .descriptor(9, given)
            .start()
            .waitFor()
            .orThrow();
        out.writeEnd().close();
        String text = new String(Channels.newInputStream(out.readEnd()).readAllBytes(), UTF_8);
        String flags = text.replaceAll("(?s).*flags:\\s*(\\d+).*", "$1");
        return (Integer.parseInt(flags, 8) & 04000) == 0;
      }
    }

    private int sum() throws Exception {
      int sum = 0;
      for (Background<Integer> reader : readers) {
        sum += reader.result();
      }
      return sum;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PIPES", "SOCKET_PAIRS"})
  void eightThousandReadersWaitOnTwoCarriersAndAllFinish(String kind) throws Exception {
    ThreadKind.VIRTUAL.assumeExists();
    int count = Math.min(8000, (descriptorLimit() - 500) / 2);

    ChildJvm.running(Thousands.class)
        .options(
            "-Djdk.virtualThreadScheduler.parallelism=2",
            "-Djdk.virtualThreadScheduler.maxPoolSize=2",
            "-Dkind=" + kind,
            "-Dcount=" + count)
        .run()
        .assertPrinted(LINE.formatted(kind, count, count, true));
  }

  /** The very first waits find no descriptor, or one too few, for what wakes virtual threads. */
  static final class ShortOfDescriptors {
    public static void main(String[] args) throws Throwable {
      loadWhatAFailureNeeds();
      try (Pipe pipe = Pipe.open()) {
        pipe.writeEnd().write(ByteBuffer.allocate(1));
        System.out.println("not waiting: " + reader(pipe).result());
        for (int free = 0; free < 2; free++) {
          DescriptorLimit.leaving(free, () -> assertShortage(pipe));
        }
        Background<Integer> reader = reader(pipe);
        reader.awaitIn(KernelCall.READ);
        pipe.writeEnd().write(ByteBuffer.allocate(1));
        System.out.println("waiting: " + reader.result());
      }
    }

    private static void assertShortage(Pipe pipe) {
      PosixException e = assertThrows(PosixException.class, () -> reader(pipe).result());
      assertEquals(Errno.EMFILE, e.errno());
    }

    private static Background<Integer> reader(Pipe pipe) {
      return Background.start(
          ThreadKind.VIRTUAL, () -> pipe.readEnd().read(ByteBuffer.allocate(1)));
    }

    /** A class can't be loaded without a descriptor. */
    private static void loadWhatAFailureNeeds() throws Exception {
      for (JavaClass each : LibraryClasses.all()) {
        Class.forName(each.getName(), false, Pipe.class.getClassLoader());
      }
      Path nowhere = Path.of("/nonexistent");
      assertThrows(PosixException.class, () -> FileDescriptor.open(nowhere).close());
    }
  }

  @Test
  void aShortageOfDescriptorsAtTheFirstWaitPasses() throws Exception {
    ThreadKind.VIRTUAL.assumeExists();

    ChildJvm.running(ShortOfDescriptors.class).run().assertPrinted("not waiting: 1", "waiting: 1");
  }

  /** RLIMIT_NOFILE's hard limit, to which a JVM raises its own. */
  private static int descriptorLimit() throws Exception {
    try (Pipe out = Pipe.open()) {
      Spawn.command("sh", "-c", "ulimit -Hn")
          .descriptor(1, out.writeEnd())
          .start()
          .waitFor()
          .orThrow();
      out.writeEnd().close();
      String limit =
          new String(Channels.newInputStream(out.readEnd()).readAllBytes(), UTF_8).strip();
      return limit.equals("unlimited") ? Integer.MAX_VALUE : Integer.parseInt(limit);
    }
  }
}
