package org.posixipc;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.posixipc.fixture.Background;
import org.posixipc.fixture.FullBacklog;
import org.posixipc.fixture.KernelCall;
import org.posixipc.fixture.Medium;
import org.posixipc.fixture.Place;
import org.posixipc.fixture.ThreadKind;

/** All the calls that wait, each on all that it can wait for. */
final class Waits {
  static final Duration LONG = Duration.ofMinutes(10);

  /** More than the buffers between any two ends take. */
  private static final ByteBuffer TOO_MUCH = ByteBuffer.allocateDirect(32 << 20);

  private static final List<Wait> ALL = new ArrayList<>();

  static {
    for (Medium medium : Medium.values()) {
      for (DescriptorCall call : DescriptorCall.values()) {
        ALL.add(
            new Wait(
                call + " on " + medium,
                call.inKernel,
                call.hasDeadline,
                call.hasDeadline || call.isPoll(),
                call.isPoll(),
                folder -> of(medium.open(folder), call)));
      }
    }
    addSocketCalls();
    for (Place place : new Place[] {Place.IPV4, Place.UNIX_PATH}) {
      addConnecting(place, false);
      addConnecting(place, true);
    }
  }

  private Waits() {}

  /** What makes the call, with a timeout if it has one. */
  interface Call {
    Object make(Duration timeout) throws Exception;
  }

  /** A call that will have to wait, and what a close or an interrupt closes. */
  static final class Scene implements AutoCloseable {
    private final Call call;
    private final Closeable target;
    private final Deque<AutoCloseable> owned = new ArrayDeque<>();

    Scene(Call call, Closeable target, AutoCloseable... owned) {
      this.call = call;
      this.target = target;
      this.owned.addAll(List.of(owned));
    }

    Object call(Duration timeout) throws Exception {
      return call.make(timeout);
    }

    /** Begins the call on a thread of its own, with more time than there is. */
    Background<Object> start(ThreadKind kind) {
      return Background.start(kind, () -> call(LONG));
    }

    Closeable target() {
      return target;
    }

    @Override
    public void close() throws Exception {
      while (!owned.isEmpty()) {
        owned.pop().close();
      }
    }
  }

  /** Makes what is waited for. */
  interface Opener {
    Scene open(Path folder) throws IOException;
  }

  /**
   * A call and what it waits for.
   *
   * @param name for the report
   * @param inKernel where a platform thread waits then
   * @param hasDeadline whether it takes a timeout
   * @param noticesInterrupts whether it does so on a platform thread; on a virtual one all do
   * @param isPoll whether it is poll, which an interrupt ends early and which closes nothing
   * @param opener makes what is waited for
   */
  record Wait(
      String name,
      KernelCall inKernel,
      boolean hasDeadline,
      boolean noticesInterrupts,
      boolean isPoll,
      Opener opener) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Wait> all() {
    return ALL.stream();
  }

  static Stream<Wait> where(Predicate<Wait> condition) {
    return ALL.stream().filter(condition);
  }

  static Wait named(String name) {
    return where(wait -> wait.name.equals(name)).findFirst().orElseThrow();
  }

  /** Bytes that have to wait for room, however much there is; all calls share the memory. */
  static ByteBuffer tooMuch() {
    return TOO_MUCH.duplicate();
  }

  private static Scene of(Medium.Ends ends, DescriptorCall call) throws IOException {
    FileDescriptor end = call.end(ends);
    return new Scene(timeout -> call.on(end, timeout), end, ends);
  }

  private static void addSocketCalls() {
    for (SocketCall call : SocketCall.values()) {
      ALL.add(
          new Wait(
              call.toString(),
              call.inKernel,
              call.hasDeadline,
              call.hasDeadline,
              false,
              folder -> {
                SocketPair pair = SocketPair.open();
                return new Scene(timeout -> call.on(pair.first(), timeout), pair.first(), pair);
              }));
    }
  }

  private static void addConnecting(Place place, boolean hasDeadline) {
    String of = (hasDeadline ? "_UNTIL on " : " on ") + place;
    ALL.add(
        new Wait(
            "ACCEPT" + of,
            hasDeadline ? KernelCall.POLL : KernelCall.ACCEPT,
            hasDeadline,
            true,
            false,
            folder -> accepting(Listener.bind(place.fresh(folder)), hasDeadline)));
    ALL.add(
        new Wait(
            "CONNECT" + of,
            connectingWaitsIn(place, hasDeadline),
            hasDeadline,
            true,
            false,
            folder ->
                connecting(
                    place.isUnix() ? FullBacklog.unix(folder) : FullBacklog.tcp(), hasDeadline)));
  }

  /** Nothing tells when a Unix backlog has room: with a deadline it is tried again and again. */
  private static KernelCall connectingWaitsIn(Place place, boolean hasDeadline) {
    if (!hasDeadline) {
      return KernelCall.CONNECT;
    }
    return place.isUnix() ? KernelCall.FUTEX : KernelCall.POLL;
  }

  private static Scene accepting(Listener listener, boolean hasDeadline) {
    return new Scene(
        timeout -> hasDeadline ? listener.accept(timeout) : listener.accept(), listener, listener);
  }

  private static Scene connecting(FullBacklog full, boolean hasDeadline) throws IOException {
    Socket socket = full.newSocket();
    return new Scene(
        timeout -> {
          if (!hasDeadline) {
            return socket.connectTo(full.address());
          }
          socket.connectTo(full.address(), timeout);
          return true;
        },
        socket,
        socket,
        full);
  }
}
