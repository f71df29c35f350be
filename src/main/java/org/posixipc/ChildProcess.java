package org.posixipc;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import jnr.constants.platform.Errno;
import jnr.constants.platform.WaitFlags;
import org.jspecify.annotations.Nullable;
import org.posixipc.internal.abi.Abi;
import org.posixipc.libc.Native;

/**
 * {@code wait(2)}: a child that {@link Spawn} started.
 *
 * <p>When it ends its status is taken, also if nobody asks for it, so that it stays no zombie; and
 * only its own: children that others started, by java.lang.ProcessBuilder too, are left alone. Any
 * thread may call any method, and each that waits gets the status.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/wait.2.html">wait(2)</a>
 */
public final class ChildProcess {
  private static final int WNOHANG = Abi.host().value(WaitFlags.WNOHANG);

  private static final AtomicLong COUNT = new AtomicLong();

  /** Which child this is, of all that this process ever had; a pid comes back. */
  final long key = COUNT.incrementAndGet();

  private final int pid;
  private final String command;
  private final Reaper reaper;
  private final Map<Integer, FileDescriptor> pipes;

  /** The process, by a descriptor that never names another; null where the system has none. */
  private final @Nullable FileDescriptor pidfd;

  /** Completed under the lock; what others hang on it runs on the common pool. */
  private final CompletableFuture<ExitStatus> exit = new CompletableFuture<>();

  /** Between signalling and reaping: a number that was reaped may be another process's. */
  private final Object numberLock = new Object();

  private boolean reaped;

  private ChildProcess(int pid, String command, Map<Integer, FileDescriptor> pipes, Reaper reaper) {
    this.pid = pid;
    this.command = command;
    this.pipes = Map.copyOf(pipes);
    this.reaper = reaper;
    this.pidfd = reaper.descriptor(pid);
  }

  /** A child that runs; it is ended again if it can't be watched. */
  static ChildProcess started(
      int pid, String command, Map<Integer, FileDescriptor> pipes, Reaper reaper)
      throws IOException {
    ChildProcess child = new ChildProcess(pid, command, pipes, reaper);
    boolean watched = false;
    try {
      reaper.watch(child);
      watched = true;
    } finally {
      if (!watched) {
        child.signal(Signal.SIGKILL);
        Reaper.awaitEnd(child);
        child.reap();
      }
    }
    return child;
  }

  /**
   * Its number.
   *
   * @return the number; once it has ended it may be another process's
   */
  public int pid() {
    return pid;
  }

  /**
   * Our end of a pipe that {@link Spawn#pipe} asked for.
   *
   * @param childNumber 0 to write what the child reads, 1 or 2 to read what it writes
   * @return the descriptor, the caller's to close
   * @throws NoSuchElementException if no pipe was asked for at that number
   */
  public FileDescriptor pipe(int childNumber) {
    FileDescriptor end = pipes.get(childNumber);
    if (end == null) {
      throw new NoSuchElementException("no pipe was asked for at " + childNumber);
    }
    return end;
  }

  /**
   * {@code waitpid(2)}: waits until it has ended. {@link Thread#interrupt} doesn't end the wait;
   * the flag stays set.
   *
   * @return how it ended
   * @throws PosixException {@code ECHILD} if somebody else took the status, as happens where
   *     SIGCHLD is ignored
   */
  public ExitStatus waitFor() throws IOException {
    return await(Deadline.NEVER).orElseThrow();
  }

  /**
   * {@code poll(2)} of its pidfd and {@code waitpid(2)}: waits for some time, as {@link #waitFor()}
   * does. macOS: {@code kevent(2)}.
   *
   * @param timeout how long at most; zero doesn't wait
   * @return how it ended, or nothing if it runs on
   * @throws PosixException as {@link #waitFor()} does
   * @throws IllegalArgumentException if {@code timeout} is negative
   */
  public Optional<ExitStatus> waitFor(Duration timeout) throws IOException {
    return await(Deadline.after(timeout));
  }

  /**
   * Tells when it has ended, without a thread that waits.
   *
   * @return completes with how it ended, on a thread of the common pool
   */
  public CompletableFuture<ExitStatus> onExit() {
    return exit.thenApplyAsync(Function.identity());
  }

  /**
   * Whether it runs, stopped or not.
   *
   * @return false once it has ended
   * @throws PosixException as {@link #waitFor()} does
   */
  public boolean isAlive() throws IOException {
    return !reap();
  }

  /**
   * {@code pidfd_send_signal(2)}, or {@code kill(2)} where there is none: sends a signal to this
   * child and to no other that may have its number since.
   *
   * @param signal which
   * @return whether it was sent; false if the child has ended
   * @throws PosixException {@code EPERM} if the child became another user's
   * @see <a href="https://man7.org/linux/man-pages/man2/kill.2.html">kill(2)</a>
   */
  public boolean signal(Signal signal) throws IOException {
    try {
      if (pidfd != null) {
        Reaper.signal(pidfd, signal, this);
        return true;
      }
      synchronized (numberLock) {
        if (!reaped) {
          Check.call("kill", this, () -> Native.kill(pid, signal.number()));
        }
        return !reaped;
      }
    } catch (ClosedChannelException e) {
      return false;
    } catch (PosixException e) {
      if (e.is(Errno.ESRCH)) {
        return false;
      }
      throw e;
    }
  }

  private Optional<ExitStatus> await(Deadline deadline) throws IOException {
    try (InterruptFlag flag = new InterruptFlag()) {
      while (!reap()) {
        if (pidfd == null) {
          return deadline.join(exit);
        }
        flag.putAside();
        if (!awaitPidfd(pidfd, deadline)) {
          return Optional.empty();
        }
      }
      return Deadline.NEVER.join(exit);
    }
  }

  /** False if the deadline comes first; true if there is something to look at. */
  private static boolean awaitPidfd(FileDescriptor pidfd, Deadline deadline) throws IOException {
    try {
      pidfd.hold();
      try {
        // An interrupt closes nothing: without the pidfd nobody could signal or reap the child.
        return deadline.reached(pidfd, () -> {}, Deadline.READABLE);
      } finally {
        pidfd.unhold();
      }
    } catch (ClosedChannelException e) {
      // Another thread took the status, and closed it; or this one was interrupted.
      return true;
    }
  }

  /** {@code waitpid(2)} without waiting: takes the status if it is there; true if it is taken. */
  boolean reap() throws IOException {
    synchronized (numberLock) {
      if (reaped) {
        return true;
      }
      int[] status = new int[1];
      try {
        if (Check.call("waitpid", this, () -> Native.waitpid(pid, status, WNOHANG)) == 0) {
          return false;
        }
        exit.complete(ExitStatus.of(command, status[0]));
      } catch (PosixException e) {
        exit.completeExceptionally(e);
      }
      reaped = true;
    }
    reaper.forget(this);
    if (pidfd != null) {
      pidfd.close();
    }
    return true;
  }

  void closePipes() throws IOException {
    Message.closeAll(new ArrayDeque<>(pipes.values()));
  }

  @Nullable FileDescriptor pidfd() {
    return pidfd;
  }

  /** {@code child 4711 (wc)}. */
  @Override
  public String toString() {
    return "child " + pid + " (" + command + ")";
  }
}
