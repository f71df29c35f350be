package org.posixipc.server;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import org.posixipc.Listener;
import org.posixipc.Spawn;

/**
 * Who serves a server's connections: one thread, a thread each, a pool, a process each, or
 * processes that were started before. Immutable, and good for any number of servers.
 *
 * <p>Threads cost the least, and share all: a handler's exception ends its connection alone, but a
 * crash of the process ends every connection. A process for each connection costs a posix_spawn and
 * shares nothing; pre-forked workers pay for it once.
 */
public final class ServerModel {
  /** Makes the model's part of one server. */
  @FunctionalInterface
  interface Beginning {
    Service begin(Listener listener, Connections connections) throws IOException;
  }

  private final String name;
  private final Beginning beginning;

  private ServerModel(String name, Beginning beginning) {
    this.name = name;
    this.beginning = beginning;
  }

  /**
   * One connection after the other, by one thread. Those that come meanwhile wait in the kernel's
   * backlog; a client that does nothing holds up all.
   *
   * @param handler serves each
   * @return the model
   */
  public static ServerModel serial(ConnectionHandler handler) {
    Objects.requireNonNull(handler);
    return new ServerModel(
        "serial", (listener, connections) -> new Serial(listener, connections, handler));
  }

  /**
   * A platform thread for each connection: as many threads as there are clients. Where the system
   * gives no more, connections are refused.
   *
   * @param handler serves each; of several threads at once
   * @return the model
   */
  public static ServerModel threadPerConnection(ConnectionHandler handler) {
    Objects.requireNonNull(handler);
    return new ServerModel(
        "thread per connection",
        (listener, connections) ->
            new ThreadPerConnection(
                listener,
                connections,
                handler,
                threads("connection of " + listener.localAddress())));
  }

  /**
   * A virtual thread for each connection, on JDK 21 and later. What waits costs some memory, and no
   * thread of the system.
   *
   * @param handler serves each; of several threads at once
   * @return the model
   * @throws UnsupportedOperationException if this JDK has no virtual threads
   */
  public static ServerModel virtualThreadPerConnection(ConnectionHandler handler) {
    Objects.requireNonNull(handler);
    ThreadFactory threads = virtualThreads();
    return new ServerModel(
        "virtual thread per connection",
        (listener, connections) ->
            new ThreadPerConnection(listener, connections, handler, threads));
  }

  /**
   * A fixed number of platform threads, and a queue with an end: neither threads nor memory grow
   * with the number of clients.
   *
   * @param handler serves each; of several threads at once
   * @param threads how many connections are served at once, 1 or more
   * @param queue how many may be accepted besides, and wait for a thread, 0 or more
   * @param overload what becomes of more
   * @return the model
   * @throws IllegalArgumentException if there is no thread, or the queue is negative
   */
  public static ServerModel pool(
      ConnectionHandler handler, int threads, int queue, Overload overload) {
    Objects.requireNonNull(handler);
    BoundedPool.Limits limits =
        new BoundedPool.Limits(threads, queue, Objects.requireNonNull(overload));
    return new ServerModel(
        "pool of " + threads,
        (listener, connections) -> new BoundedPool(listener, connections, handler, limits));
  }

  /**
   * {@code posix_spawn(3)} for each connection, as inetd does: the program's 0 and 1 are the
   * socket, and its end, however it comes, is the end of its connection alone. A program in Java
   * finds the connection with {@link System#inheritedChannel} or {@link
   * org.posixipc.Socket#inherited}.
   *
   * <p>A server that stops kills the programs that don't end in time.
   *
   * @param program how it is started, without descriptors 0 and 1
   * @param most how many may run at once, 1 or more; further connections wait in the backlog
   * @return the model
   * @throws IllegalArgumentException if 0 or 1 are named, or there may be none
   */
  public static ServerModel processPerConnection(Spawn program, int most) {
    checkStandardInputFree(program.devNull(1));
    if (most < 1) {
      throw new IllegalArgumentException("one process at least may run, not " + most);
    }
    return new ServerModel(
        "process per connection",
        (listener, connections) -> new ProcessPerConnection(listener, connections, program, most));
  }

  /**
   * {@code posix_spawn(3)} of some workers that share the listener, which is their 0: each accepts
   * for itself, as inetd's {@code wait} services do. A worker that ends is replaced, after a pause
   * that doubles from 10 ms to a second for as long as its predecessors lived less than that.
   *
   * <p>A worker in Java serves with {@link Worker#start}, by any model: its connections are counted
   * here too, and it ends, when they are finished, if this process is killed. Any other program
   * will do, which finds a line to this process at its descriptor 3, as {@link Worker} tells; of
   * such a one {@link SocketServer#failed} alone is known, that it ended badly.
   *
   * <p>A server that stops sends SIGTERM to its workers, and SIGKILL to those that don't end in
   * time.
   *
   * @param worker how each is started, without descriptors 0 and 3
   * @param workers how many, 1 or more
   * @return the model
   * @throws IllegalArgumentException if 0 or 3 are named, or there are no workers
   */
  public static ServerModel preForked(Spawn worker, int workers) {
    checkStandardInputFree(worker.devNull(Worker.LINE));
    if (workers < 1) {
      throw new IllegalArgumentException("there is one worker at least, not " + workers);
    }
    return new ServerModel(
        workers + " pre-forked workers",
        (listener, connections) -> new PreForked(listener, connections, worker, workers));
  }

  Service begin(Listener listener, Connections connections) throws IOException {
    return beginning.begin(listener, connections);
  }

  /** Such as {@code pool of 16}. */
  @Override
  public String toString() {
    return name;
  }

  /** Naming a number twice is an error of Spawn: better now than at the first connection. */
  private static void checkStandardInputFree(Spawn program) {
    Objects.requireNonNull(program.devNull(0));
  }

  /** Platform threads with a name and a number. */
  static ThreadFactory threads(String name) {
    AtomicLong count = new AtomicLong();
    return task -> new Thread(task, name + " " + count.incrementAndGet());
  }

  /** {@code Thread.ofVirtual().factory()}, which this compiles without. */
  private static ThreadFactory virtualThreads() {
    try {
      Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
      return (ThreadFactory)
          Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
    } catch (NoSuchMethodException | ClassNotFoundException | IllegalAccessException e) {
      throw withoutVirtualThreads(e);
    } catch (InvocationTargetException e) {
      // JDK 19 and 20 have them as a preview, which throws where it isn't enabled.
      throw withoutVirtualThreads(e);
    }
  }

  private static UnsupportedOperationException withoutVirtualThreads(Exception cause) {
    return new UnsupportedOperationException(
        "virtual threads need JDK 21 or later, this is " + Runtime.version(), cause);
  }
}
