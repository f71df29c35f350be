package org.posixipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posixipc.fixture.Background;
import org.posixipc.fixture.ThreadKind;

/** Pauses where nothing tells when to go on. */
class RetryTest {
  private static final int TRIES = 100;

  /** Half of the pauses will do: a park may end early, and here one does, for the interrupt. */
  private static final long LEAST_NANOS = TimeUnit.MICROSECONDS.toNanos(100 * TRIES / 2);

  @ParameterizedTest
  @EnumSource
  void anInterruptedThreadPausesTooAndKeepsItsFlag(ThreadKind kind) throws Exception {
    kind.assumeExists();
    AtomicInteger tries = new AtomicInteger();
    try (Background<Long> interrupted =
        Background.start(
            kind,
            () -> {
              Thread.currentThread().interrupt();
              long start = System.nanoTime();
              Retry.asLongAs(() -> tries.incrementAndGet() < TRIES);
              assertTrue(Thread.currentThread().isInterrupted());
              return System.nanoTime() - start;
            })) {
      assertTrue(interrupted.result() >= LEAST_NANOS);
      assertEquals(TRIES, tries.get());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aThreadThatIsNotInterruptedDoesNotBecomeSo(ThreadKind kind) throws Exception {
    kind.assumeExists();
    AtomicInteger tries = new AtomicInteger();
    try (Background<Boolean> pausing =
        Background.start(
            kind,
            () -> {
              Retry.asLongAs(() -> tries.incrementAndGet() < 2);
              return Thread.currentThread().isInterrupted();
            })) {
      assertFalse(pausing.result());
    }
  }
}
