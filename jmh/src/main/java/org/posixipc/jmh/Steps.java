package org.posixipc.jmh;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Measures one step after the other, and says so, with the time that is left.
 *
 * <p>When this JVM is told to end (Ctrl-C), no further step begins, and every child process ends
 * before it does. Nor does one begin when the process that takes the output has ended.
 */
final class Steps {
  private static final long PATIENCE_MILLIS = 50;

  private final List<Step> steps;
  private final PrintWriter out;

  /** Held while a step runs, which may start processes at any moment. */
  private final ReentrantLock running = new ReentrantLock();

  private volatile boolean ending;

  Steps(List<Step> steps, PrintWriter out) {
    this.steps = List.copyOf(steps);
    this.out = out;
  }

  /** How long all take, by their own estimates. */
  long millis() {
    return steps.stream().mapToLong(Step::millis).sum();
  }

  void run() throws IOException {
    Thread hook = new Thread(this::end, "end of child processes");
    Runtime.getRuntime().addShutdownHook(hook);
    long start = System.nanoTime();
    long left = millis();
    int number = 0;
    for (Step step : steps) {
      String answer = measure(step);
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
    Runtime.getRuntime().removeShutdownHook(hook);
  }

  private String measure(Step step) throws IOException {
    running.lock();
    try {
      if (!ending) {
        return step.body().run();
      }
    } catch (IOException e) {
      if (!ending) {
        throw e;
      }
    } finally {
      running.unlock();
    }
    throw new IOException("told to end, while measuring " + step.title());
  }

  /** What is left by the estimates, at the pace so far. */
  private long scaled(long left, long passed) {
    long done = millis() - left;
    return left * passed / Math.max(1, done);
  }

  /** A step that runs may start one more process after each look at the list. */
  private void end() {
    ending = true;
    try {
      do {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
      } while (!running.tryLock(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
