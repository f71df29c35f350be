package org.posixipc;

import java.io.IOException;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.Set;
import java.util.function.IntSupplier;
import jnr.constants.platform.Shutdown;
import jnr.constants.platform.Sock;
import org.posixipc.internal.abi.Abi;
import org.posixipc.libc.LibC;
import org.posixipc.libc.Native;

/** The calls that sockets and listeners share. */
final class SocketCalls {
  private static final LibC LIBC = Native.libc();
  private static final Abi ABI = Abi.host();

  /** SOCK_CLOEXEC, 0 where the system has none. */
  private static final int CLOEXEC = ABI.hasAtomicCloseOnExec() ? ABI.value(Sock.SOCK_CLOEXEC) : 0;

  /** Where an option's value stands, behind its length. */
  private static final int VALUE = Long.BYTES;

  private SocketCalls() {}

  /** {@code socket(2)}, close-on-exec. */
  static FileDescriptor open(AddressFamily family, SocketType type) throws IOException {
    int domain = family.number(ABI);
    int typeNumber = type.number(ABI) | CLOEXEC;
    String subject = family + ", " + type;
    int number = Check.call("socket", subject, () -> LIBC.socket(domain, typeNumber, 0));
    return NewDescriptor.own(ABI, number, type);
  }

  /** {@code accept4(2)}, or {@code accept(2)} and close-on-exec where there is no accept4. */
  static FileDescriptor accept(FileDescriptor listener, Object subject) throws IOException {
    IntSupplier accept =
        ABI.hasAtomicCloseOnExec()
            ? () -> Native.linux().accept4(listener.number, 0, 0, CLOEXEC)
            : () -> LIBC.accept(listener.number, 0, 0);
    return NewDescriptor.own(ABI, listener.held("accept", subject, accept), listener.carries);
  }

  /** {@code socketpair(2)}, close-on-exec; first and second. */
  static FileDescriptor[] pair(SocketType type) throws IOException {
    int domain = AddressFamily.UNIX.number(ABI);
    int typeNumber = type.number(ABI) | CLOEXEC;
    Scratch.Area area = Scratch.ofThread().structs(2 * Integer.BYTES);
    Check.call("socketpair", type, () -> LIBC.socketpair(domain, typeNumber, 0, area.address));
    return NewDescriptor.ownPair(ABI, area, type);
  }

  /**
   * {@code connect(2)}.
   *
   * @return whether it is connected; false for a non-blocking socket whose connecting goes on
   */
  static boolean connect(FileDescriptor socket, SocketAddress address) throws IOException {
    socket.enter();
    try {
      while (true) {
        SocketNames.Encoded name = SocketNames.encode(address);
        if (LIBC.connect(socket.number, name.address(), name.length()) == 0) {
          return true;
        }
        if (!Check.connectInterrupted(address)) {
          return false;
        }
        // A Unix socket waits for room in the backlog: nothing has begun, and it begins anew. Over
        // a network the handshake goes on, and a second call would fail with EALREADY.
        if (address.family() != AddressFamily.UNIX) {
          Deadline.NEVER.await(socket, Deadline.WRITABLE);
          Check.reported("connect", address, get(socket, SocketOption.SO_ERROR));
          return true;
        }
      }
    } finally {
      socket.leave();
    }
  }

  /** How the connecting of a non-blocking socket went; false while it goes on. */
  static boolean finishConnect(FileDescriptor socket) throws IOException {
    socket.enter();
    try {
      if (!Deadline.after(Duration.ZERO).reached(socket, Deadline.WRITABLE)) {
        return false;
      }
      Check.reported("connect", socket, get(socket, SocketOption.SO_ERROR));
      // The error is told once: a socket that failed before, or never began, has no peer.
      SocketNames.remote(socket);
      return true;
    } finally {
      socket.leave();
    }
  }

  /** {@code bind(2)}. */
  static void bind(FileDescriptor socket, SocketAddress address) throws IOException {
    SocketNames.Encoded name = SocketNames.encode(address);
    socket.held("bind", address, () -> LIBC.bind(socket.number, name.address(), name.length()));
  }

  /** {@code fchmod(2)}: what the path gets that bind(2) will create, less the umask. */
  static void mode(FileDescriptor socket, Set<PosixFilePermission> permissions) throws IOException {
    int mode = NativePath.mode(permissions);
    socket.held("fchmod", () -> LIBC.fchmod(socket.number, mode));
  }

  /** {@code listen(2)}. */
  static void listen(FileDescriptor socket, SocketAddress address, int backlog) throws IOException {
    socket.held("listen", address, () -> LIBC.listen(socket.number, backlog));
  }

  /** {@code shutdown(2)}. */
  static void shutdown(FileDescriptor socket, Shutdown how) throws IOException {
    int number = ABI.value(how);
    socket.held("shutdown", () -> LIBC.shutdown(socket.number, number));
  }

  /** A socket of whatever family and type the number turns out to have. */
  static Socket adopt(int number) throws IOException {
    FileDescriptor asked = FileDescriptor.adopt(number);
    try {
      SocketType type = SocketType.of(ABI, get(asked, SocketOption.SO_TYPE));
      AddressFamily family = SocketNames.local(asked).family();
      asked.release();
      return new Socket(new FileDescriptor(number, null, type), family);
    } catch (IOException | RuntimeException e) {
      asked.release();
      throw e;
    }
  }

  /** What is done with a new socket before its owner has it. */
  interface Setup {
    void apply(Socket socket) throws IOException;
  }

  /** The socket, set up; closed if that fails. */
  static Socket orClose(Socket socket, Setup setup) throws IOException {
    try {
      setup.apply(socket);
      return socket;
    } catch (IOException | RuntimeException e) {
      try (socket) {
        throw e;
      }
    }
  }

  /** {@code getsockopt(2)}. */
  static <T> T get(FileDescriptor socket, SocketOption<T> option) throws IOException {
    int level = option.level(ABI);
    int name = option.number(ABI);
    Scratch.Area area = Scratch.ofThread().structs(VALUE + option.size());
    area.buffer.putInt(0, option.size());
    socket.held(
        "getsockopt",
        option + " of " + socket,
        () -> LIBC.getsockopt(socket.number, level, name, area.address + VALUE, area.address));
    return option.decode(area.buffer.slice(VALUE, option.size()).order(area.buffer.order()));
  }

  /** {@code setsockopt(2)}. */
  static <T> void set(FileDescriptor socket, SocketOption<T> option, T value) throws IOException {
    int level = option.level(ABI);
    int name = option.number(ABI);
    Scratch.Area area = Scratch.ofThread().structs(option.size());
    option.encode(area.buffer, value);
    socket.held(
        "setsockopt",
        option + " of " + socket,
        () -> LIBC.setsockopt(socket.number, level, name, area.address, option.size()));
  }
}
