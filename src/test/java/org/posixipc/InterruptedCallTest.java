package org.posixipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posixipc.fixture.Bytes.bytes;

import java.nio.ByteBuffer;
import java.nio.channels.InterruptedByTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posixipc.fixture.Background;
import org.posixipc.fixture.CMemory;
import org.posixipc.fixture.Eventually;
import org.posixipc.fixture.Interruption;
import org.posixipc.fixture.KernelCall;
import org.posixipc.libc.Native;

/** EINTR: a signal ends a call that waits, and the library makes it again. */
class InterruptedCallTest {
  private final CompletableFuture<Long> thread = new CompletableFuture<>();

  @BeforeAll
  static void installHandler() {
    Interruption.prepare();
  }

  @Test
  void aRawReadReturnsEintr() throws Exception {
    try (Pipe pipe = Pipe.open();
        CMemory memory = CMemory.allocate(1);
        Background<Integer> reader =
            start(
                () -> {
                  long n = Native.libc().read(pipe.readEnd().number(), memory.address(), 1);
                  return n < 0 ? Native.errno() : 0;
                })) {
      reader.awaitIn(KernelCall.READ);

      Interruption.send(thread.get());

      assertEquals(Errno.EINTR.intValue(), reader.result());
    }
  }

  @Test
  void anInterruptedReadGoesOnUntilThereIsSomething() throws Exception {
    try (Pipe pipe = Pipe.open();
        Background<Integer> reader =
            start(() -> pipe.readEnd().read(ByteBuffer.allocateDirect(9)))) {
      interruptOften(reader, KernelCall.READ);

      pipe.writeEnd().write(bytes("x"));

      assertEquals(1, reader.result());
    }
  }

  @Test
  void anInterruptedVectorReadGoesOnUntilThereIsSomething() throws Exception {
    ByteBuffer[] dsts = {ByteBuffer.allocate(3), ByteBuffer.allocateDirect(3)};
    try (Pipe pipe = Pipe.open();
        Background<Long> reader = start(() -> pipe.readEnd().read(dsts))) {
      interruptOften(reader, KernelCall.READV);

      pipe.writeEnd().write(bytes("abcd"));

      assertEquals(4, reader.result());
      assertEquals('d', dsts[1].get(0));
    }
  }

  @Test
  void anInterruptedWriteGoesOnUntilThereIsRoom() throws Exception {
    try (Pipe pipe = Pipe.open()) {
      pipe.writeEnd().nonBlocking(true);
      pipe.writeEnd().write(ByteBuffer.allocateDirect(1 << 20));
      pipe.writeEnd().nonBlocking(false);
      try (Background<Integer> writer = start(() -> pipe.writeEnd().write(bytes("more")))) {
        interruptOften(writer, KernelCall.WRITE);

        pipe.readEnd().read(ByteBuffer.allocate(Pipe.ATOMIC_WRITE));

        assertEquals(4, writer.result());
      }
    }
  }

  @Test
  void aWaitThatIsInterruptedAllTheTimeKeepsItsDeadline() throws Exception {
    Duration timeout = Duration.ofMillis(200);
    CompletableFuture<Long> took = new CompletableFuture<>();
    CountDownLatch noMoreSignals = new CountDownLatch(1);
    try (Pipe pipe = Pipe.open();
        Background<Void> reader =
            start(
                () -> {
                  long start = System.nanoTime();
                  assertThrows(
                      InterruptedByTimeoutException.class,
                      () -> pipe.readEnd().read(ByteBuffer.allocate(1), timeout));
                  took.complete(System.nanoTime() - start);
                  noMoreSignals.await();
                  return null;
                })) {
      try {
        Eventually.await(
            "the deadline, for which no signal begins the wait anew",
            () -> {
              Interruption.send(thread.get());
              return took.isDone();
            });
      } finally {
        noMoreSignals.countDown();
      }

      assertTrue(took.get() >= timeout.toNanos(), "early: " + took);
      reader.result();
    }
  }

  @Test
  void anInterruptedOpenOfAFifoGoesOnUntilTheOtherSideComes(@TempDir Path folder) throws Exception {
    Fifo fifo = Fifo.create(folder.resolve("fifo"));
    try (Background<FileDescriptor> reader = start(fifo::openReader)) {
      interruptOften(reader, KernelCall.OPEN);

      try (FileDescriptor writer = fifo.openWriter();
          FileDescriptor side = reader.result()) {
        writer.write(bytes("x"));
        assertEquals(1, side.read(ByteBuffer.allocate(1)));
      }
    }
    Files.delete(fifo.path());
  }

  @Test
  void aJavaInterruptLeavesACallAlone() throws Exception {
    CompletableFuture<Thread> java = new CompletableFuture<>();
    try (Pipe pipe = Pipe.open();
        Background<Boolean> reader =
            start(
                () -> {
                  java.complete(Thread.currentThread());
                  pipe.readEnd().read(ByteBuffer.allocate(1));
                  return Thread.interrupted();
                })) {
      reader.awaitIn(KernelCall.READ);

      java.get().interrupt();
      reader.awaitIn(KernelCall.READ);
      boolean endedByIt = reader.isDone();
      pipe.writeEnd().write(bytes("x"));

      assertFalse(endedByIt);
      assertTrue(reader.result(), "the interrupt is still there to be seen");
    }
  }

  private <T> Background<T> start(Callable<T> work) {
    return Background.start(
        () -> {
          thread.complete(Interruption.thread());
          return work.call();
        });
  }

  private void interruptOften(Background<?> background, KernelCall call) throws Exception {
    for (int i = 0; i < 20; i++) {
      background.awaitIn(call);
      Interruption.send(thread.get());
    }
    background.awaitIn(call);
  }
}
