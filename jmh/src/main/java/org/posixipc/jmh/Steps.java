package org.posixipc.jmh;

import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Measures one step after the other, and says so, with the time that is left.
 *
 * <p>A measurement that fails is no reason to lose the others.
 *
 * <p>When this JVM is told to end (Ctrl-C), no further step begins, and every child process ends
 * before it does; but it does not before {@link #close}, so that what was measured can be reported.
 * Nor does a step begin when the process that takes the output has ended.
 */
final class Steps implements Closeable {
  private static final long PATIENCE_MILLIS = 50;

  /** Ctrl-C ends the children as well, maybe before this JVM has heard of it. */
  private static final long RUMOUR_MILLIS = 1000;

  private final List<Step> steps;
  private final PrintWriter out;
  private final List<String> failures = new ArrayList<>();
  private final Thread hook = new Thread(this::end, "end of child processes");

  /** Held while a step runs, which may start processes at any moment. */
  private final ReentrantLock running = new ReentrantLock();

  /** 0 when this JVM has been told to end. */
  private final CountDownLatch ending = new CountDownLatch(1);

  /** 0 when it may. */
  private final CountDownLatch closed = new CountDownLatch(1);

  Steps(List<Step> steps, PrintWriter out) {
    this.steps = List.copyOf(steps);
    this.out = out;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** How long all take, by their own estimates. */
  long millis() {
    return steps.stream().mapToLong(Step::millis).sum();
  }

  /**
   * Measures all; one that fails is told, and the others go on.
   *
   * @return whether each had its turn: not if this JVM was told to end
   * @throws IOException if nobody takes the output any more
   */
  boolean run() throws IOException {
    long start = System.nanoTime();
    long left = millis();
    int number = 0;
    for (Step step : steps) {
      String answer = measure(step);
      if (isEnding()) {
        return false;
      }
      number++;
      left -= step.millis();
      long passed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      out.printf(
          "[%d/%d] %s: %s, %s left%n",
          number, steps.size(), step.title(), answer, Figures.minutes(scaled(left, passed)));
      if (out.checkError()) {
        throw new IOException("nobody takes the output any more");
      }
    }
    return true;
  }

  /** Lets this JVM end, if it was told to. */
  @Override
  public void close() {
    closed.countDown();
    if (!isEnding()) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // It is being told just now: the hook runs, and finds this closed.
      }
    }
  }

  /** What failed, and why, a line each. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  private String measure(Step step) {
    running.lock();
    try {
      return isEnding() ? "" : step.body().run();
    } catch (IOException | RuntimeException | LinkageError e) {
      return isToldToEnd() ? "" : failed(step, e);
    } finally {
      running.unlock();
    }
  }

  /** The answer of one that has none. Of a library's own exceptions the class says the most. */
  private String failed(Step step, Throwable failure) {
    String message = failure instanceof IOException ? failure.getMessage() : null;
    String why = message == null ? failure.toString() : message;
    failures.add(step.title() + ": failed: " + why.lines().findFirst().orElse(""));
    return "failed: " + why.stripTrailing();
  }

  private boolean isEnding() {
    return ending.getCount() == 0;
  }

  private boolean isToldToEnd() {
    try {
      return ending.await(RUMOUR_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** What is left by the estimates, at the pace so far. */
  private long scaled(long left, long passed) {
    long done = millis() - left;
    return left * passed / Math.max(1, done);
  }

  /** A step that runs may start one more process after each look at the list. */
  private void end() {
    ending.countDown();
    try {
      do {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
      } while (!running.tryLock(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
      running.unlock();
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
