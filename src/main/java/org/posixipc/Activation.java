package org.posixipc;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import jnr.constants.platform.Errno;
import org.jspecify.annotations.Nullable;

/** Socket activation: the listening sockets that a supervisor opened before this process began. */
final class Activation {
  private static final int FIRST = 3;
  private static final AtomicBoolean TAKEN = new AtomicBoolean();

  private Activation() {}

  static List<Listener> inherited() throws IOException {
    List<Passed> passed = passed(System.getenv(), ProcessHandle.current().pid());
    List<Listener> listeners = new ArrayList<>();
    if (!TAKEN.compareAndSet(false, true)) {
      return listeners;
    }
    try {
      for (Passed socket : passed) {
        if (listens(socket.number)) {
          listeners.add(adopt(socket.number, socket.name));
        }
      }
      return listeners;
    } catch (IOException | RuntimeException e) {
      // They stay open for a caller who knows better.
      for (Listener listener : listeners) {
        listener.descriptor().release();
      }
      throw e;
    }
  }

  /** Whether the number, which is made close-on-exec, is a listening socket rather than a FIFO. */
  private static boolean listens(int number) throws IOException {
    FileDescriptor borrowed = FileDescriptor.adopt(number);
    try {
      borrowed.closeOnExec();
      return SocketCalls.get(borrowed, SocketOption.SO_ACCEPTCONN);
    } catch (PosixException e) {
      if (e.is(Errno.ENOTSOCK)) {
        return false;
      }
      throw e;
    } finally {
      borrowed.release();
    }
  }

  /** A number that was passed, and what the supervisor calls it. */
  record Passed(int number, @Nullable String name) {}

  /**
   * What the variables say.
   *
   * @throws IllegalArgumentException if LISTEN_FDS is no number, or negative
   */
  static List<Passed> passed(Map<String, String> environment, long pid) {
    String count = environment.get("LISTEN_FDS");
    if (count == null || !Long.toString(pid).equals(environment.get("LISTEN_PID"))) {
      return List.of();
    }
    if (!count.matches("[0-9]{1,6}")) {
      throw new IllegalArgumentException("LISTEN_FDS is a count of descriptors, not " + count);
    }
    String[] names = environment.getOrDefault("LISTEN_FDNAMES", "").split(":", -1);
    List<Passed> passed = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(count); i++) {
      boolean named = i < names.length && !names[i].isEmpty();
      passed.add(new Passed(FIRST + i, named ? names[i] : null));
    }
    return passed;
  }

  static Listener adopt(int number, @Nullable String name) throws IOException {
    Socket socket = Socket.adopt(number);
    try {
      if (!socket.get(SocketOption.SO_ACCEPTCONN)) {
        throw new IllegalArgumentException(socket + " doesn't listen");
      }
      return new Listener(socket.descriptor(), socket.localAddress(), null, name);
    } catch (IOException | RuntimeException e) {
      socket.descriptor().release();
      throw e;
    }
  }
}
