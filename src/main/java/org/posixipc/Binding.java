package org.posixipc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import jnr.constants.platform.Errno;
import org.jspecify.annotations.Nullable;
import org.posixipc.internal.abi.Abi;
import org.posixipc.internal.abi.Header;

/**
 * {@code bind(2)}: how a listener is made, where {@link Listener#bind} leaves something to choose.
 * Immutable: each method returns a new one.
 *
 * <pre>{@code
 * Listener listener =
 *     Binding.to(SocketAddress.unix(path))
 *         .permissions(PosixFilePermissions.fromString("rw-------"))
 *         .replaceStale()
 *         .listen();
 * }</pre>
 */
public final class Binding {
  private final SocketAddress address;
  private final SocketType type;
  private final int backlog;
  private final @Nullable Set<PosixFilePermission> permissions;
  private final boolean replaceStale;
  private final boolean keepPath;
  private final List<SocketCalls.Setup> options;

  private Binding(
      SocketAddress address,
      SocketType type,
      int backlog,
      @Nullable Set<PosixFilePermission> permissions,
      boolean replaceStale,
      boolean keepPath,
      List<SocketCalls.Setup> options) {
    this.address = address;
    this.type = type;
    this.backlog = backlog;
    this.permissions = permissions;
    this.replaceStale = replaceStale;
    this.keepPath = keepPath;
    this.options = options;
  }

  /**
   * For streams at an address, with a backlog of SOMAXCONN. Over a network SO_REUSEADDR is set: a
   * server that starts again must not wait for its old connections' last packets.
   *
   * @param address where; port 0 lets the kernel choose
   * @return a binding, on which nothing is done yet
   */
  public static Binding to(SocketAddress address) {
    List<SocketCalls.Setup> options =
        address.family() == AddressFamily.UNIX
            ? List.of()
            : List.of(socket -> socket.set(SocketOption.SO_REUSEADDR, true));
    int backlog = Abi.host().value(Header.SOMAXCONN);
    return new Binding(address, SocketType.STREAM, backlog, null, false, false, options);
  }

  /**
   * What connections carry.
   *
   * @param newType STREAM or SEQPACKET
   * @return a binding of that type
   */
  public Binding type(SocketType newType) {
    return new Binding(address, newType, backlog, permissions, replaceStale, keepPath, options);
  }

  /**
   * How many connections may wait to be accepted.
   *
   * @param newBacklog 0 or more; the system has a limit of its own
   * @return a binding with that backlog
   * @throws IllegalArgumentException if it is negative
   */
  public Binding backlog(int newBacklog) {
    if (newBacklog < 0) {
      throw new IllegalArgumentException("a backlog is 0 or more, this one is " + newBacklog);
    }
    return new Binding(address, type, newBacklog, permissions, replaceStale, keepPath, options);
  }

  /**
   * Who may connect to a Unix path: who may write it. The path has these permissions before anybody
   * can connect, whatever the umask.
   *
   * @param newPermissions of the path
   * @return a binding with those permissions
   */
  public Binding permissions(Set<PosixFilePermission> newPermissions) {
    return new Binding(
        address, type, backlog, Set.copyOf(newPermissions), replaceStale, keepPath, options);
  }

  /**
   * Replaces a Unix path at which nobody listens, as a dead process leaves it: if bind(2) says
   * EADDRINUSE, the path is a socket and connect(2) says ECONNREFUSED, it is removed and bound
   * again. A process that has bound it and doesn't listen yet counts as dead too; one that listens
   * sees a connection that ends at once.
   *
   * @return a binding that does so
   */
  public Binding replaceStale() {
    return new Binding(address, type, backlog, permissions, true, keepPath, options);
  }

  /**
   * Leaves the Unix path in place when the listener is closed, for another process that has it too.
   *
   * @return a binding whose listener does so
   */
  public Binding keepPath() {
    return new Binding(address, type, backlog, permissions, replaceStale, true, options);
  }

  /**
   * {@code setsockopt(2)}: sets an option before bind(2).
   *
   * @param <T> the value's type
   * @param option which
   * @param value its value
   * @return a binding with that option besides the others
   */
  public <T> Binding set(SocketOption<T> option, T value) {
    List<SocketCalls.Setup> more = new ArrayList<>(options);
    more.add(socket -> socket.set(option, value));
    return new Binding(
        address, type, backlog, permissions, replaceStale, keepPath, List.copyOf(more));
  }

  /**
   * {@code socket(2)}, {@code setsockopt(2)}, {@code bind(2)}, {@code chmod(2)} and {@code
   * listen(2)}, as far as they are asked for.
   *
   * @return a new listener, the caller's
   * @throws PosixException as {@link Listener#bind(SocketAddress)} does; nothing stays open then,
   *     and no path that this created
   * @throws IllegalArgumentException for permissions of an address that is no path
   */
  public Listener listen() throws IOException {
    Path path = address instanceof SocketAddress.UnixPath unix ? unix.path() : null;
    if (permissions != null && path == null) {
      throw new IllegalArgumentException("a Unix path alone has permissions, this is " + address);
    }
    FileDescriptor socket =
        SocketCalls.orClose(Socket.open(address.family(), type), this::bind).descriptor();
    UnixFile created = null;
    try {
      created = path == null ? null : UnixFile.of(path);
      if (path != null && permissions != null) {
        Files.setPosixFilePermissions(path, permissions);
      }
      SocketCalls.listen(socket, address, backlog);
      return new Listener(socket, SocketNames.local(socket), keepPath ? null : created, null);
    } catch (IOException | RuntimeException e) {
      try (socket) {
        if (created != null) {
          created.deleteIfSame();
        }
        throw e;
      }
    }
  }

  private void bind(Socket socket) throws IOException {
    for (SocketCalls.Setup option : options) {
      option.apply(socket);
    }
    if (permissions != null && Abi.host().hasSocketModes()) {
      SocketCalls.mode(socket.descriptor(), permissions);
    }
    try {
      SocketCalls.bind(socket.descriptor(), address);
    } catch (PosixException e) {
      if (!replaceStale
          || !e.is(Errno.EADDRINUSE)
          || !(address instanceof SocketAddress.UnixPath unix)
          || !removeStale(unix.path())) {
        throw e;
      }
      SocketCalls.bind(socket.descriptor(), address);
    }
  }

  /** Makes room at the path; false if it is in use, or no socket. */
  private boolean removeStale(Path path) throws IOException {
    try {
      UnixFile old = UnixFile.of(path);
      // On Linux, connecting to a file that isn't a socket is ECONNREFUSED too.
      if (!UnixFile.isSocket(path) || !isRefused()) {
        return false;
      }
      old.deleteIfSame();
    } catch (NoSuchFileException e) {
      // Gone since bind(2) saw it.
    }
    return true;
  }

  /** Whether nobody listens: with any other error, or none, it may be somebody's. */
  private boolean isRefused() throws IOException {
    try (Socket probe = Socket.open(address.family(), type)) {
      probe.descriptor().nonBlocking(true);
      return isRefused(probe);
    }
  }

  private boolean isRefused(Socket probe) throws IOException {
    try {
      probe.connectTo(address);
      return false;
    } catch (PosixException e) {
      return e.is(Errno.ECONNREFUSED);
    }
  }
}
