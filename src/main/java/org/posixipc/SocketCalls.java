package org.posixipc;

import java.io.IOException;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import jnr.constants.platform.Shutdown;
import org.posixipc.internal.abi.Abi;
import org.posixipc.libc.LibC;
import org.posixipc.libc.Native;

/** The calls that sockets and listeners share. */
final class SocketCalls {
  private static final LibC LIBC = Native.libc();
  private static final Abi ABI = Abi.host();

  /** Where an option's value stands, behind its length. */
  private static final int VALUE = Long.BYTES;

  private SocketCalls() {}

  /** {@code socket(2)}, close-on-exec. */
  static FileDescriptor open(AddressFamily family, SocketType type) throws IOException {
    int domain = family.number(ABI);
    int typeNumber = type.number(ABI) | Connections.CLOEXEC;
    String subject = family + ", " + type;
    int number = Check.call("socket", subject, () -> LIBC.socket(domain, typeNumber, 0));
    return NewDescriptor.own(ABI, number, type);
  }

  /** {@code socketpair(2)}, close-on-exec; first and second. */
  static FileDescriptor[] pair(SocketType type) throws IOException {
    int domain = AddressFamily.UNIX.number(ABI);
    int typeNumber = type.number(ABI) | Connections.CLOEXEC;
    Scratch.Area area = Scratch.ofThread().structs(2 * Integer.BYTES);
    Check.call("socketpair", type, () -> LIBC.socketpair(domain, typeNumber, 0, area.address));
    return NewDescriptor.ownPair(ABI, area, type);
  }

  /** How the connecting of a non-blocking socket went; false while it goes on. */
  static boolean finishConnect(FileDescriptor socket) throws IOException {
    socket.hold();
    try {
      if (!NoWait.isReady(socket, Deadline.WRITABLE)) {
        return false;
      }
      Check.reported("connect", socket, get(socket, SocketOption.SO_ERROR));
      // The error is told once: a socket that failed before, or never began, has no peer.
      SocketNames.remote(socket);
      return true;
    } finally {
      socket.unhold();
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
