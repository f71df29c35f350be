package org.posixipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.posixipc.fixture.Bytes.bytes;
import static org.posixipc.fixture.Bytes.direct;
import static org.posixipc.fixture.Bytes.text;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.posixipc.fixture.Background;
import org.posixipc.fixture.Eventually;
import org.posixipc.fixture.KernelCall;

/** The garbage collector runs while the kernel has the address of a buffer. */
class GarbageCollectionTest {
  @Test
  void aBufferStaysAliveWhileTheKernelWaitsToFillIt() throws Exception {
    CompletableFuture<WeakReference<ByteBuffer>> watched = new CompletableFuture<>();
    try (Pipe pipe = Pipe.open();
        Background<Integer> reader =
            Background.start(() -> pipe.readEnd().read(watchedBuffer(watched)))) {
      reader.awaitIn(KernelCall.READ);

      List<ByteBuffer> others = collectAndAllocate();
      ByteBuffer buffer = watched.get().get();
      assertNotNull(buffer);
      pipe.writeEnd().write(bytes("intact"));

      assertEquals(6, reader.result());
      assertEquals("intact", text(buffer.flip()));
      others.forEach(other -> assertEquals(0, other.get(0)));
    }
  }

  @Test
  void buffersOfAVectorStayAliveWhileTheKernelWaitsToFillThem() throws Exception {
    CompletableFuture<WeakReference<ByteBuffer>> watched = new CompletableFuture<>();
    try (Pipe pipe = Pipe.open();
        Background<Long> reader =
            Background.start(
                () -> pipe.readEnd().read(new ByteBuffer[] {watchedBuffer(watched)}))) {
      reader.awaitIn(KernelCall.READV);

      List<ByteBuffer> others = collectAndAllocate();
      assertNotNull(watched.get().get());
      pipe.writeEnd().write(bytes("x"));

      assertEquals(1, reader.result());
      others.forEach(other -> assertEquals(0, other.get(0)));
    }
  }

  @Test
  void aLargeHeapBufferInABlockedReadDoesNotHoldUpTheCollector() throws Exception {
    ByteBuffer large = ByteBuffer.allocate(64 << 20);
    try (Pipe pipe = Pipe.open();
        Background<Integer> reader = Background.start(() -> pipe.readEnd().read(large))) {
      reader.awaitIn(KernelCall.READ);

      System.gc();
      boolean done = reader.isDone();
      pipe.writeEnd().write(bytes("x"));

      assertFalse(done, "the collection ended first");
      assertEquals(1, reader.result());
      assertEquals('x', large.get(0));
    }
  }

  @Test
  void theBufferThatAThreadUsedLastIsNotKeptAlive() throws Exception {
    try (Pipe pipe = Pipe.open()) {
      WeakReference<ByteBuffer> used = useOften(pipe);

      Eventually.await(
          "the collection of a buffer that nobody has",
          () -> {
            System.gc();
            return used.get() == null;
          });

      pipe.writeEnd().write(direct("next"));
      assertEquals("next", text(pipe.readEnd()));
    }
  }

  private static WeakReference<ByteBuffer> useOften(Pipe pipe) throws Exception {
    ByteBuffer buffer = direct("again");
    for (int i = 0; i < 100; i++) {
      pipe.writeEnd().write(buffer.rewind());
      assertEquals("again", text(pipe.readEnd()));
    }
    return new WeakReference<>(buffer);
  }

  private static ByteBuffer watchedBuffer(CompletableFuture<WeakReference<ByteBuffer>> watched) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(4096);
    watched.complete(new WeakReference<>(buffer));
    return buffer;
  }

  /** Memory that was freed would be handed out again, and overwritten. */
  private static List<ByteBuffer> collectAndAllocate() {
    List<ByteBuffer> others = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      System.gc();
      others.add(ByteBuffer.allocateDirect(4096).put(new byte[4096]));
    }
    return others;
  }
}
