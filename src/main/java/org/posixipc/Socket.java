package org.posixipc;

import java.io.IOException;
import java.time.Duration;
import jnr.constants.platform.Shutdown;

/**
 * {@code socket(7)}: an end of a connection, or a place for datagrams.
 *
 * <p>It holds a {@link FileDescriptor}, whose rules are this class's: who opened, connected,
 * accepted or adopted it closes it, and any thread may call any method. Reads and writes are the
 * descriptor's own.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/socket.7.html">socket(7)</a>
 */
public final class Socket extends SocketIo {
  Socket(FileDescriptor descriptor, AddressFamily family) {
    super(descriptor, family);
  }

  /**
   * {@code socket(2)}: creates a socket that is not bound and not connected, close-on-exec.
   *
   * @param family between whom
   * @param type what it carries
   * @return a new socket, the caller's
   * @throws PosixException {@code EAFNOSUPPORT}, {@code ESOCKTNOSUPPORT} or {@code EPROTONOSUPPORT}
   *     if this system has no such sockets, {@code EMFILE} if this process has as many descriptors
   *     as it may have
   * @see <a href="https://man7.org/linux/man-pages/man2/socket.2.html">socket(2)</a>
   */
  public static Socket open(AddressFamily family, SocketType type) throws IOException {
    return new Socket(SocketCalls.open(family, type), family);
  }

  /**
   * {@code socket(2)} and {@code connect(2)}: a stream to whoever listens at an address.
   *
   * @param address where
   * @return a new socket, connected, the caller's
   * @throws PosixException as {@link #connectTo(SocketAddress)} does; nothing stays open then
   */
  public static Socket connect(SocketAddress address) throws IOException {
    return connect(SocketType.STREAM, address);
  }

  /**
   * {@code socket(2)} and {@code connect(2)} with a deadline: a stream to whoever listens.
   *
   * @param address where
   * @param timeout how long to wait at most; zero doesn't wait
   * @return a new socket, connected, the caller's
   * @throws CallTimeoutException if there is no connection in time
   * @throws PosixException as {@link #connectTo(SocketAddress)} does; nothing stays open then
   * @throws IllegalArgumentException if {@code timeout} is negative
   */
  public static Socket connect(SocketAddress address, Duration timeout) throws IOException {
    Deadline deadline = Deadline.after(timeout);
    return SocketCalls.orClose(
        open(address.family(), SocketType.STREAM),
        socket -> Connections.connect(socket.descriptor, address, deadline));
  }

  /**
   * {@code socket(2)} and {@code connect(2)}: a socket to an address.
   *
   * @param type what it carries
   * @param address where
   * @return a new socket, connected, the caller's
   * @throws PosixException as {@link #connectTo(SocketAddress)} does; nothing stays open then
   */
  public static Socket connect(SocketType type, SocketAddress address) throws IOException {
    return SocketCalls.orClose(
        open(address.family(), type),
        socket -> Connections.connect(socket.descriptor, address, null));
  }

  /**
   * {@code socket(2)} and {@code bind(2)}: a socket at an address, for datagrams above all. For
   * connections there is {@link Listener#bind}. A Unix path stays behind when it is closed.
   *
   * @param type what it carries
   * @param address where; {@link SocketAddress.UnixUnnamed} lets Linux pick an abstract name
   * @return a new socket, bound, the caller's
   * @throws PosixException {@code EADDRINUSE} if the address is taken, {@code EADDRNOTAVAIL} if it
   *     isn't this host's, {@code EACCES} for a port or a directory that isn't the user's; nothing
   *     stays open then
   * @see <a href="https://man7.org/linux/man-pages/man2/bind.2.html">bind(2)</a>
   */
  public static Socket bind(SocketType type, SocketAddress address) throws IOException {
    return SocketCalls.orClose(
        open(address.family(), type), socket -> SocketCalls.bind(socket.descriptor, address));
  }

  /**
   * Takes ownership of a number that came from elsewhere. Its family and type are asked for with
   * {@code getsockname(2)} and {@code getsockopt(SO_TYPE)}; nothing about it is changed.
   *
   * @param number the descriptor, 0 or more
   * @return its owner, which is the caller's to close
   * @throws PosixException {@code EBADF} if the number is not open, {@code ENOTSOCK} if it is not a
   *     socket; the number stays the caller's then
   */
  public static Socket adopt(int number) throws IOException {
    return SocketCalls.adopt(number);
  }

  /**
   * Takes over a socket that this process began with, such as 0 from inetd, or one above 2 from a
   * supervisor, and makes it close-on-exec with {@code fcntl(F_SETFD)}.
   *
   * @param number the descriptor, 0 or more
   * @return its owner, which is the caller's to close
   * @throws PosixException as {@link #adopt} does
   */
  public static Socket inherited(int number) throws IOException {
    Socket socket = adopt(number);
    socket.descriptor.closeOnExec();
    return socket;
  }

  /**
   * {@code connect(2)}: connects a stream, or says where a datagram socket's writes go.
   *
   * <p>A signal that interrupts it doesn't undo it: over a network the handshake goes on, and is
   * waited for. {@link Thread#interrupt} ends it, and closes this; so does another's close.
   *
   * @param address where
   * @return true if it is connected; false for a non-blocking socket whose handshake goes on: poll
   *     for {@link Poll.Event#WRITABLE}, then call {@link #finishConnect}
   * @throws PosixException {@code ECONNREFUSED} if nobody listens, {@code ENOENT} if there is no
   *     such path, {@code EACCES} if its permissions forbid it, {@code EPROTOTYPE} for a Unix
   *     socket of another type, {@code EISCONN} if it is connected, {@code ETIMEDOUT}, {@code
   *     ENETUNREACH} or {@code EHOSTUNREACH} if no answer comes, {@code EAGAIN} for a non-blocking
   *     Unix socket whose peer's backlog is full
   * @see <a href="https://man7.org/linux/man-pages/man2/connect.2.html">connect(2)</a>
   */
  public boolean connectTo(SocketAddress address) throws IOException {
    return Connections.connect(descriptor, address, null);
  }

  /**
   * {@code connect(2)} with a deadline, as {@link #connectTo(SocketAddress)}; it waits for a
   * non-blocking socket too.
   *
   * @param address where
   * @param timeout how long to wait at most; zero doesn't wait
   * @throws CallTimeoutException if there is no connection in time; over a network, the handshake
   *     may go on: close the socket
   * @throws PosixException as {@link #connectTo(SocketAddress)} does
   * @throws IllegalArgumentException if {@code timeout} is negative
   */
  public void connectTo(SocketAddress address, Duration timeout) throws IOException {
    Connections.connect(descriptor, address, Deadline.after(timeout));
  }

  /**
   * {@code poll(2)}, {@code getsockopt(SO_ERROR)} and {@code getpeername(2)}: how the connecting of
   * a non-blocking socket went.
   *
   * @return true if it is connected, false if it still goes on
   * @throws PosixException if it failed, as {@link #connectTo(SocketAddress)} does, {@code
   *     ENOTCONN} if it didn't begin, or has failed before
   */
  public boolean finishConnect() throws IOException {
    return SocketCalls.finishConnect(descriptor);
  }

  /**
   * {@code shutdown(2)} with SHUT_RD: nothing more is to be read. What is queued may still be.
   *
   * @throws PosixException {@code ENOTCONN} if there is no peer
   * @see <a href="https://man7.org/linux/man-pages/man2/shutdown.2.html">shutdown(2)</a>
   */
  public void shutdownInput() throws IOException {
    SocketCalls.shutdown(descriptor, Shutdown.SHUT_RD);
  }

  /**
   * {@code shutdown(2)} with SHUT_WR: nothing more is written. The peer reads what is on its way,
   * and then end of file; it may still write.
   *
   * @throws PosixException {@code ENOTCONN} if there is no peer
   * @see <a href="https://man7.org/linux/man-pages/man2/shutdown.2.html">shutdown(2)</a>
   */
  public void shutdownOutput() throws IOException {
    SocketCalls.shutdown(descriptor, Shutdown.SHUT_WR);
  }

  /**
   * {@code getsockname(2)}: where this socket is.
   *
   * @return its own address; {@link SocketAddress.UnixUnnamed} for a Unix socket that isn't bound
   * @throws IOException if this is closed
   * @see <a href="https://man7.org/linux/man-pages/man2/getsockname.2.html">getsockname(2)</a>
   */
  public SocketAddress localAddress() throws IOException {
    return SocketNames.local(descriptor);
  }

  /**
   * {@code getpeername(2)}: who is at the other end.
   *
   * @return the peer's address; {@link SocketAddress.UnixUnnamed} for a peer that isn't bound
   * @throws PosixException {@code ENOTCONN} if there is no peer
   * @see <a href="https://man7.org/linux/man-pages/man2/getpeername.2.html">getpeername(2)</a>
   */
  public SocketAddress remoteAddress() throws IOException {
    return SocketNames.remote(descriptor);
  }

  /**
   * {@code getsockopt(2)}: an option's value.
   *
   * @param <T> the value's type
   * @param option which
   * @return its value now
   * @throws PosixException {@code ENOPROTOOPT} or {@code EOPNOTSUPP} if sockets of this kind don't
   *     have it
   * @throws UnsupportedOperationException if this system doesn't have it
   * @see <a href="https://man7.org/linux/man-pages/man2/getsockopt.2.html">getsockopt(2)</a>
   */
  public <T> T get(SocketOption<T> option) throws IOException {
    return SocketCalls.get(descriptor, option);
  }

  /**
   * {@code setsockopt(2)}: sets an option.
   *
   * @param <T> the value's type
   * @param option which
   * @param value its new value
   * @throws PosixException {@code ENOPROTOOPT} or {@code EOPNOTSUPP} if sockets of this kind don't
   *     have it, {@code EINVAL} if the value makes no sense, or it is too late
   * @throws UnsupportedOperationException if this system doesn't have it
   * @see <a href="https://man7.org/linux/man-pages/man2/getsockopt.2.html">setsockopt(2)</a>
   */
  public <T> void set(SocketOption<T> option, T value) throws IOException {
    SocketCalls.set(descriptor, option, value);
  }

  /**
   * {@code getsockopt(SO_PEERCRED)}; on macOS LOCAL_PEERCRED and LOCAL_PEERPID: the process that
   * connected or listens at the other end of a Unix socket, as it was then.
   *
   * @return the peer; on Linux with the process 0 and the user -1 if there is none
   * @throws PosixException {@code ENOTCONN} if there is no peer, on macOS
   * @throws IllegalStateException if this is no Unix socket: a host doesn't tell who
   * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7)</a>
   */
  public PeerCredentials peerCredentials() throws IOException {
    if (family != AddressFamily.UNIX) {
      throw new IllegalStateException("a Unix socket alone knows its peer, this is " + family);
    }
    return Peer.of(descriptor);
  }

  /**
   * The descriptor that this holds, for what is common to all descriptors.
   *
   * @return the descriptor, which stays this socket's
   */
  public FileDescriptor descriptor() {
    return descriptor;
  }

  /**
   * Between whom it speaks.
   *
   * @return the family that it was created with
   */
  public AddressFamily family() {
    return family;
  }

  /**
   * What it carries.
   *
   * @return the type that it was created with
   */
  public SocketType type() {
    return descriptor.carries;
  }

  /** {@link FileDescriptor#isOpen}. */
  @Override
  public boolean isOpen() {
    return descriptor.isOpen();
  }

  /** {@link FileDescriptor#close}. */
  @Override
  public void close() throws IOException {
    descriptor.close();
  }

  /** {@code socket(UNIX, STREAM, fd 5)}. */
  @Override
  public String toString() {
    return "socket(" + family + ", " + type() + ", " + descriptor + ")";
  }
}
