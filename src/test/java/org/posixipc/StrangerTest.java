package org.posixipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posixipc.fixture.Background;

/**
 * No call hits a stranger: numbers are closed and reused all the time while other threads read and
 * write, and still every pipe delivers its own mark alone, and no file gets a byte.
 */
class StrangerTest {
  private static final int LEAST = 1000;

  private final AtomicReferenceArray<Marked> pipes = new AtomicReferenceArray<>(4);
  private final AtomicLong marks = new AtomicLong();
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong read = new AtomicLong();

  /** A pipe and what its writers write, eight bytes at a time; no two pipes share a mark. */
  private record Marked(Pipe pipe, long mark) {}

  @Test
  void numbersReusedUnderLoadCarryNobodyElsesBytes(@TempDir Path folder) throws Exception {
    for (int i = 0; i < pipes.length(); i++) {
      pipes.set(i, open());
    }
    List<Background<Void>> threads = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      threads.add(untilEnough(this::write));
      threads.add(untilEnough(this::read));
      threads.add(untilEnough(this::replace));
      Path file = folder.resolve("stranger" + i);
      threads.add(untilEnough(() -> openFile(file)));
    }

    for (Background<Void> thread : threads) {
      thread.result();
      thread.close();
    }
    for (int i = 0; i < pipes.length(); i++) {
      pipes.get(i).pipe.close();
    }
  }

  /** All of it happened often, on a busy machine too: a number of seconds wouldn't tell. */
  private boolean enough() {
    return written.get() > 100L * LEAST && read.get() > LEAST && marks.get() > 20L * LEAST;
  }

  private Marked open() throws IOException {
    Pipe pipe = Pipe.open();
    pipe.readEnd().nonBlocking(true);
    pipe.writeEnd().nonBlocking(true);
    return new Marked(pipe, marks.incrementAndGet());
  }

  private Marked any() {
    return pipes.get(ThreadLocalRandom.current().nextInt(pipes.length()));
  }

  private void write() throws IOException {
    Marked to = any();
    ByteBuffer mark = ByteBuffer.allocateDirect(8).putLong(0, to.mark);
    for (int i = 0; i < 20; i++) {
      written.addAndGet(to.pipe.writeEnd().write(mark.rewind()));
    }
  }

  private void read() throws IOException {
    Marked from = any();
    ByteBuffer mark = ByteBuffer.allocateDirect(8);
    for (int i = 0; i < 20; i++) {
      if (from.pipe.readEnd().read(mark.clear()) == 8) {
        assertEquals(from.mark, mark.getLong(0), "a stranger's bytes in " + from.pipe);
        read.incrementAndGet();
      }
    }
  }

  private void replace() throws IOException {
    int index = ThreadLocalRandom.current().nextInt(pipes.length());
    pipes.getAndSet(index, open()).pipe.close();
  }

  private static void openFile(Path file) throws IOException {
    try (FileDescriptor stranger =
        FileDescriptor.open(file, OpenFlag.READ_WRITE, OpenFlag.CREATE)) {
      assertEquals(-1, stranger.read(ByteBuffer.allocate(1)));
    }
    assertEquals(0, Files.readAttributes(file, BasicFileAttributes.class).size());
  }

  private interface Step {
    void run() throws IOException;
  }

  private Background<Void> untilEnough(Step step) {
    return Background.start(
        () -> {
          while (!enough()) {
            closedUnderItsHands(step);
          }
          return null;
        });
  }

  /** That a pipe, or its other end, is closed meanwhile is part of the game. */
  private static void closedUnderItsHands(Step step) throws IOException {
    try {
      step.run();
    } catch (ClosedChannelException e) {
      assertNull(e.getMessage());
    } catch (PosixException e) {
      assertEquals(Errno.EPIPE, e.errno(), e.getMessage());
    }
  }
}
