package org.posixipc.server;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.posixipc.ChildProcess;
import org.posixipc.ExitStatus;
import org.posixipc.Signal;
import org.posixipc.Spawn;

/** A process that serves. */
final class ServingProcess implements Closeable {
  private final ChildProcess child;
  private final Connections connections;
  private volatile boolean terminated;

  private ServingProcess(ChildProcess child, Connections connections) {
    this.child = child;
    this.connections = connections;
  }

  /**
   * Starts it, in service until it ends, and {@code afterwards} is told then.
   *
   * @param begin what it is for the connections
   */
  static ServingProcess start(
      Spawn program, Consumer<Closeable> begin, Connections connections, Runnable afterwards)
      throws IOException {
    ServingProcess process = new ServingProcess(program.start(), connections);
    begin.accept(process);
    CompletableFuture<?> unused =
        process.child.onExit().whenComplete((status, e) -> process.ended(status, e, afterwards));
    return process;
  }

  private void ended(@Nullable ExitStatus status, @Nullable Throwable e, Runnable afterwards) {
    try {
      if (e != null) {
        connections.failed("waiting for " + child, e);
      } else if (status != null && !terminated) {
        check(status);
      }
    } finally {
      connections.end(this);
      afterwards.run();
    }
  }

  private void check(ExitStatus status) {
    try {
      status.orThrow();
    } catch (IOException e) {
      connections.failed("serving by " + child, e);
    }
  }

  /** Asks it to end, which is no failure then. */
  void terminate() {
    terminated = true;
    signal(Signal.SIGTERM);
  }

  /** Kills it. */
  @Override
  public void close() throws IOException {
    child.signal(Signal.SIGKILL);
  }

  private void signal(Signal signal) {
    try {
      child.signal(signal);
    } catch (IOException e) {
      connections.report("sending " + signal + " to " + child, e);
    }
  }

  @Override
  public String toString() {
    return child.toString();
  }
}
