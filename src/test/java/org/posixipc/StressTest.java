package org.posixipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posixipc.fixture.Background;
import org.posixipc.fixture.Medium;
import org.posixipc.fixture.ThreadKind;

/**
 * No call hits a stranger: numbers are closed and reused all the time while threads wait in reads,
 * writes and polls with them, and still every pipe and socket delivers its own mark alone, and no
 * file gets or loses a byte. With {@code -Dposixipc.stress=full} it is a million closes.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class StressTest {
  private static final long CLOSES =
      "full".equals(System.getProperty("posixipc.stress")) ? 1_000_000 : 20_000;
  private static final int SLOTS = 6;
  private static final Duration MOMENT = Duration.ofMillis(1);

  private final AtomicReferenceArray<Marked> slots = new AtomicReferenceArray<>(SLOTS);
  private final AtomicLong marks = new AtomicLong();
  private final AtomicLong closes = new AtomicLong();
  private final AtomicLong read = new AtomicLong();
  private final AtomicLong files = new AtomicLong();
  private volatile boolean over;

  /** Ends and what is written to them, eight bytes at a time; no two share a mark. */
  private record Marked(Medium.Ends ends, long mark) {
    FileDescriptor reader() {
      return ends.reader();
    }

    FileDescriptor writer() {
      return ends.writer();
    }
  }

  private interface Step {
    void run() throws Exception;
  }

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void numbersReusedUnderLoadCarryNobodyElsesBytes(ThreadKind kind) throws Exception {
    kind.assumeExists();
    for (int i = 0; i < SLOTS; i++) {
      slots.set(i, open());
    }
    List<Background<Void>> threads = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Path file = Files.write(folder.resolve("stranger" + i), new byte[8]);
      threads.add(untilOver(kind, this::write));
      threads.add(untilOver(kind, this::read));
      threads.add(untilOver(kind, this::duplicate));
      threads.add(untilOver(kind, this::poll));
      threads.add(untilOver(ThreadKind.PLATFORM, () -> openFile(file)));
    }

    while (closes.get() < CLOSES || read.get() < CLOSES / 10 || files.get() < CLOSES / 100) {
      replace();
      assertNoneHasFailed(threads);
    }

    over = true;
    for (int i = 0; i < SLOTS; i++) {
      close(slots.get(i));
    }
    for (Background<Void> thread : threads) {
      thread.result();
      thread.close();
    }
  }

  private static void assertNoneHasFailed(List<Background<Void>> threads) throws Exception {
    for (Background<Void> thread : threads) {
      if (thread.isDone()) {
        thread.result();
      }
    }
  }

  private Background<Void> untilOver(ThreadKind kind, Step step) {
    return Background.start(
        kind,
        () -> {
          while (!over) {
            closedUnderItsHands(step);
          }
          return null;
        });
  }

  /** That it is closed meanwhile, or its other end, is part of the game. */
  private static void closedUnderItsHands(Step step) throws Exception {
    try {
      step.run();
    } catch (ClosedChannelException e) {
      assertNull(e.getMessage());
    } catch (CallTimeoutException e) {
      assertEquals(0, e.bytesTransferred());
    } catch (PosixException e) {
      if (e.errno() != Errno.ECONNRESET) { // closed with bytes unread
        assertEquals(Errno.EPIPE, e.errno(), e.getMessage());
      }
    }
  }

  private Marked open() throws IOException {
    boolean pipe = ThreadLocalRandom.current().nextBoolean();
    Medium medium = pipe ? Medium.PIPE : Medium.SOCKET_PAIR;
    return new Marked(medium.open(folder), marks.incrementAndGet());
  }

  private Marked any() {
    return slots.get(ThreadLocalRandom.current().nextInt(SLOTS));
  }

  private void replace() throws Exception {
    int index = ThreadLocalRandom.current().nextInt(SLOTS);
    close(slots.getAndSet(index, open()));
  }

  private void close(Marked old) throws Exception {
    boolean readerFirst = ThreadLocalRandom.current().nextBoolean();
    (readerFirst ? old.reader() : old.writer()).close();
    old.ends.close();
    closes.addAndGet(2);
  }

  private void write() throws IOException {
    Marked to = any();
    ByteBuffer mark = ByteBuffer.allocateDirect(8).putLong(0, to.mark);
    for (int i = 0; i < 20; i++) {
      switch (ThreadLocalRandom.current().nextInt(3)) {
        case 0 -> to.writer().write(mark.rewind());
        case 1 -> to.writer().write(new ByteBuffer[] {mark.rewind()});
        default -> to.writer().write(mark.rewind(), MOMENT);
      }
    }
  }

  private void read() throws IOException {
    Marked from = any();
    for (int i = 0; i < 20; i++) {
      readFrom(from.reader(), from.mark, ThreadLocalRandom.current().nextInt(3));
    }
  }

  private void readFrom(FileDescriptor reader, long expected, int how) throws IOException {
    ByteBuffer mark = ByteBuffer.allocate(8);
    long count =
        switch (how) {
          case 0 -> reader.read(mark);
          case 1 -> reader.read(new ByteBuffer[] {mark});
          default -> reader.read(mark, MOMENT);
        };
    if (count >= 0) {
      assertEquals(8, count);
      assertEquals(expected, mark.getLong(0), "a stranger's bytes in " + reader);
      read.incrementAndGet();
    }
  }

  private void duplicate() throws IOException {
    Marked from = any();
    try (FileDescriptor reader = from.reader().duplicate();
        FileDescriptor writer = from.writer().duplicate()) {
      writer.write(ByteBuffer.allocate(8).putLong(0, from.mark), MOMENT);
      // Nobody else closes these: not without end.
      readFrom(reader, from.mark, 2);
    } finally {
      closes.addAndGet(2);
    }
  }

  private void poll() throws IOException {
    Marked one = any();
    Marked other = any();
    new Poll()
        .add(one.reader(), Poll.Event.READABLE)
        .add(other.reader(), Poll.Event.READABLE)
        .await(MOMENT);
  }

  /** Strangers, the JDK's and ours, that have eight zeros each time one looks. */
  private void openFile(Path file) throws IOException {
    try (FileDescriptor ours = FileDescriptor.open(file, OpenFlag.READ_WRITE);
        FileChannel theirs =
            FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer first = ByteBuffer.allocate(9);
      ByteBuffer second = ByteBuffer.allocate(9);
      assertEquals(8, ours.read(first));
      assertEquals(8, theirs.read(second));
      assertEquals(0, first.getLong(0));
      assertEquals(0, second.getLong(0));
      files.incrementAndGet();
    }
  }
}
