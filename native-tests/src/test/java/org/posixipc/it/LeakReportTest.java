package org.posixipc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posixipc.FileDescriptor;
import org.posixipc.fixture.Eventually;
import org.posixipc.libc.Native;

/** A descriptor that is dropped unclosed. */
class LeakReportTest {
  /** Drops one descriptor, and two that were closed and released as they should be. */
  static final class DropsADescriptor {
    private static final Path NULL_DEVICE = Path.of("/dev/null");
    private static final Logger ROOT = Logger.getLogger("");

    public static void main(String[] args) throws Exception {
      Count reports = new Count();
      ROOT.addHandler(reports); // behind the one that prints
      WeakReference<FileDescriptor> closed = new WeakReference<>(close());
      WeakReference<FileDescriptor> released = new WeakReference<>(release());
      WeakReference<FileDescriptor> dropped = new WeakReference<>(drop());
      int expected = "on".equals(System.getProperty("org.posixipc.leaks")) ? 1 : 0;
      Eventually.await(
          "the collector",
          () -> {
            System.gc();
            return closed.get() == null
                && released.get() == null
                && dropped.get() == null
                && reports.count.get() >= expected;
          });
      System.out.println(reports.count.get());
    }

    private static FileDescriptor drop() throws IOException {
      return FileDescriptor.open(NULL_DEVICE);
    }

    private static FileDescriptor close() throws IOException {
      FileDescriptor descriptor = FileDescriptor.open(NULL_DEVICE);
      descriptor.close();
      return descriptor;
    }

    private static FileDescriptor release() throws IOException {
      FileDescriptor descriptor = FileDescriptor.open(NULL_DEVICE);
      Native.libc().close(descriptor.release());
      return descriptor;
    }
  }

  /** Counts what is logged. */
  static final class Count extends Handler {
    private final AtomicInteger count = new AtomicInteger();

    @Override
    public void publish(LogRecord record) {
      count.incrementAndGet();
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void isReportedWithTheStackOfItsCreationWhenAskedFor() throws Exception {
    ChildJvm.Outcome outcome =
        ChildJvm.running(DropsADescriptor.class)
            .options("-Dorg.posixipc.leaks=on")
            .run()
            .assertPrinted("1");

    String err = outcome.err();
    assertTrue(err.matches("(?s).*fd \\d+ was never closed.*"), err);
    assertTrue(err.contains("created here"), err);
    assertTrue(err.contains(DropsADescriptor.class.getName() + ".drop("), err);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-Dorg.posixipc.leaks=off", "-Dorg.posixipc.leaks", "-Dany=thing"})
  void isNotReportedOtherwise(String option) throws Exception {
    ChildJvm.Outcome outcome =
        ChildJvm.running(DropsADescriptor.class).options(option).run().assertPrinted("0");

    assertEquals("", outcome.err());
  }
}
