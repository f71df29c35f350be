package org.posixipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posixipc.Poll.Event.CLOSED;
import static org.posixipc.Poll.Event.ERROR;
import static org.posixipc.Poll.Event.HANGUP;
import static org.posixipc.Poll.Event.PEER_SHUT_DOWN;
import static org.posixipc.Poll.Event.READABLE;
import static org.posixipc.Poll.Event.WRITABLE;
import static org.posixipc.fixture.Bytes.bytes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Test;
import org.posixipc.fixture.Background;
import org.posixipc.fixture.Eventually;
import org.posixipc.fixture.Failures;
import org.posixipc.fixture.Interruption;
import org.posixipc.fixture.KernelCall;
import org.posixipc.libc.Native;

/** Waiting for any of several descriptors. */
class PollTest {
  private static final Duration SHORT = Duration.ofMillis(20);
  private static final Duration LONG = Duration.ofMinutes(10);

  @Test
  void manyDescriptorsAreAnsweredInTheOrderInWhichTheyWereAdded() throws IOException {
    List<Pipe> pipes = new ArrayList<>();
    try {
      Poll poll = new Poll();
      for (int i = 0; i < 300; i++) {
        Pipe pipe = Pipe.open();
        pipes.add(pipe);
        poll.add(pipe.readEnd(), READABLE);
      }
      pipes.get(299).writeEnd().write(bytes("x"));
      pipes.get(7).writeEnd().write(bytes("x"));

      assertEquals(
          List.of(
              ready(pipes.get(7).readEnd(), READABLE), ready(pipes.get(299).readEnd(), READABLE)),
          poll.await());
      poll.remove(pipes.get(7).readEnd());
      assertEquals(List.of(ready(pipes.get(299).readEnd(), READABLE)), poll.await(LONG));
    } finally {
      for (Pipe pipe : pipes) {
        pipe.close();
      }
    }
  }

  @Test
  void eachEventComesWhereItIsAskedFor() throws IOException {
    try (SocketPair pair = SocketPair.open()) {
      FileDescriptor first = pair.first().descriptor();
      Poll poll = new Poll().add(first, READABLE, WRITABLE, PEER_SHUT_DOWN);

      assertEquals(List.of(ready(first, WRITABLE)), poll.await());
      pair.second().write(bytes("x"));
      assertEquals(List.of(ready(first, READABLE, WRITABLE)), poll.await());
      pair.second().shutdownOutput();
      assertEquals(List.of(ready(first, READABLE, WRITABLE, PEER_SHUT_DOWN)), poll.await());
      assertEquals(List.of(), new Poll().add(first).await(Duration.ZERO));
    }
  }

  @Test
  void hangupAndErrorAreToldUnasked() throws IOException {
    try (Pipe pipe = Pipe.open();
        Pipe other = Pipe.open();
        SocketPair pair = SocketPair.open()) {
      pipe.writeEnd().close();
      other.readEnd().close();
      pair.second().close();
      FileDescriptor socket = pair.first().descriptor();

      assertEquals(
          List.of(
              ready(pipe.readEnd(), HANGUP), ready(other.writeEnd(), ERROR), ready(socket, HANGUP)),
          new Poll().add(pipe.readEnd()).add(other.writeEnd()).add(socket).await());
    }
  }

  @Test
  void aListenerIsReadableWhileAConnectionWaits() throws IOException {
    try (Listener listener = Listener.bind(SocketAddress.inet("::1", 0))) {
      Poll poll = new Poll().add(listener.descriptor(), READABLE);
      assertEquals(List.of(), poll.await(Duration.ZERO));

      Socket.connect(listener.localAddress()).close();
      assertEquals(List.of(ready(listener.descriptor(), READABLE)), poll.await(LONG));
      listener.accept().close();

      assertEquals(List.of(), poll.await(Duration.ZERO));
    }
  }

  @Test
  void oneDescriptorMayBeAddedTwiceAndIsRemovedAtOnce() throws IOException {
    try (SocketPair pair = SocketPair.open()) {
      FileDescriptor first = pair.first().descriptor();
      pair.second().write(bytes("x"));
      Poll poll = new Poll().add(first, READABLE).add(first, WRITABLE);

      assertEquals(List.of(ready(first, READABLE), ready(first, WRITABLE)), poll.await());
      assertEquals(List.of(), poll.remove(first).await(Duration.ZERO));
    }
  }

  @Test
  void aClosedDescriptorIsReportedUntilItIsRemoved() throws IOException {
    try (Pipe pipe = Pipe.open();
        Pipe quiet = Pipe.open()) {
      Poll poll = new Poll().add(quiet.readEnd(), READABLE).add(pipe.readEnd(), READABLE);
      pipe.readEnd().close();
      FileDescriptor sameNumber = FileDescriptor.open(Path.of("/dev/zero"));

      try (sameNumber) {
        assertEquals(pipe.readEnd().number(), sameNumber.number());
        for (int i = 0; i < 2; i++) {
          assertEquals(List.of(ready(pipe.readEnd(), CLOSED)), poll.await(LONG));
        }
      }
      quiet.writeEnd().write(bytes("x"));
      assertEquals(
          List.of(ready(quiet.readEnd(), READABLE), ready(pipe.readEnd(), CLOSED)), poll.await());
      assertEquals(List.of(ready(quiet.readEnd(), READABLE)), poll.remove(pipe.readEnd()).await());
    }
  }

  @Test
  void aNumberThatSomebodyElseClosedIsReportedAsClosed() throws IOException {
    FileDescriptor robbed = FileDescriptor.open(Path.of("/dev/null"));
    Native.libc().close(robbed.number());

    assertEquals(List.of(ready(robbed, CLOSED)), new Poll().add(robbed, READABLE).await(LONG));

    Failures.assertFails(Errno.EBADF, "close", robbed, robbed::close);
  }

  @Test
  void theTimeIsWaitedOutAndNoLonger() throws IOException {
    try (Pipe pipe = Pipe.open()) {
      Poll poll = new Poll().add(pipe.readEnd(), READABLE);
      long start = System.nanoTime();

      assertEquals(List.of(), poll.await(SHORT));

      assertTrue(System.nanoTime() - start >= SHORT.toNanos());
      assertEquals(List.of(), new Poll().await(Duration.ofNanos(1)), "nothing to wait for");
    }
  }

  /** The thread lives on until the last signal is sent: its number might be another's. */
  @Test
  void aSignalDoesNotEndTheWaitAndDoesNotProlongIt() throws Exception {
    Interruption.prepare();
    CompletableFuture<Long> thread = new CompletableFuture<>();
    CompletableFuture<List<Poll.Ready>> outcome = new CompletableFuture<>();
    CountDownLatch noMoreSignals = new CountDownLatch(1);
    Duration limit = Duration.ofMillis(100);
    long start = System.nanoTime();
    try (Pipe pipe = Pipe.open();
        Background<Boolean> waiting =
            Background.start(
                () -> {
                  thread.complete(Interruption.thread());
                  outcome.complete(new Poll().add(pipe.readEnd(), READABLE).await(limit));
                  noMoreSignals.await();
                  return true;
                })) {
      try {
        Eventually.await(
            "the end of the wait",
            () -> {
              Interruption.send(thread.get());
              return outcome.isDone();
            });
      } finally {
        noMoreSignals.countDown();
      }

      assertEquals(List.of(), outcome.get());
      assertTrue(System.nanoTime() - start >= limit.toNanos());
      assertTrue(waiting.result());
    }
  }

  @Test
  void whatComesWhileItWaitsEndsTheWait() throws Exception {
    try (Pipe pipe = Pipe.open();
        Background<List<Poll.Ready>> waiting =
            Background.start(
                () ->
                    new Poll()
                        .add(pipe.readEnd(), READABLE)
                        .await(Duration.ofSeconds(Long.MAX_VALUE)))) {
      waiting.awaitIn(KernelCall.POLL);

      pipe.writeEnd().write(bytes("x"));

      assertEquals(List.of(ready(pipe.readEnd(), READABLE)), waiting.result());
      assertEquals(1, pipe.readEnd().read(ByteBuffer.allocate(2)), "the poll took nothing");
    }
  }

  private static Poll.Ready ready(FileDescriptor descriptor, Poll.Event... events) {
    return new Poll.Ready(descriptor, Set.of(events));
  }
}
