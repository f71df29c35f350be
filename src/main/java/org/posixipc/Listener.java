package org.posixipc;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * {@code listen(2)}: a socket to which others connect; each connection becomes a socket of its own.
 *
 * <p>Who binds or adopts it closes it. Any thread may call any method, and several may accept at
 * once. An error of {@link #accept()} is that one connection's, or passes: the listener stays good.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/listen.2.html">listen(2)</a>
 */
public final class Listener implements Closeable {
  private final FileDescriptor descriptor;
  private final SocketAddress localAddress;
  private final @Nullable UnixFile created;
  private final @Nullable String name;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Connections.Listening listening;

  Listener(
      FileDescriptor descriptor,
      SocketAddress localAddress,
      @Nullable UnixFile created,
      @Nullable String name) {
    this.descriptor = descriptor;
    this.localAddress = localAddress;
    this.created = created;
    this.name = name;
    this.listening = new Connections.Listening(descriptor, this, localAddress, new ReentrantLock());
  }

  /**
   * {@code socket(2)}, {@code bind(2)} and {@code listen(2)}: listens for streams, with a backlog
   * as long as the system allows. For more choices there is {@link Binding}.
   *
   * @param address where; port 0 lets the kernel choose
   * @return a new listener, the caller's
   * @throws PosixException {@code EADDRINUSE} if the address is taken, also by a path that a dead
   *     process left (see {@link Binding#replaceStale}), {@code EADDRNOTAVAIL} if it isn't this
   *     host's, {@code EACCES} for a port or a directory that isn't the user's, {@code ENOENT} if
   *     there is no such directory; nothing stays open then
   * @see <a href="https://man7.org/linux/man-pages/man2/bind.2.html">bind(2)</a>
   */
  public static Listener bind(SocketAddress address) throws IOException {
    return Binding.to(address).listen();
  }

  /**
   * {@code socket(2)}, {@code bind(2)} and {@code listen(2)}: listens for streams.
   *
   * @param address where; port 0 lets the kernel choose
   * @param backlog how many connections may wait to be accepted, 0 or more; the system has a limit
   * @return a new listener, the caller's
   * @throws PosixException as {@link #bind(SocketAddress)} does
   */
  public static Listener bind(SocketAddress address, int backlog) throws IOException {
    return Binding.to(address).backlog(backlog).listen();
  }

  /**
   * Takes ownership of a listening socket's number that came from elsewhere.
   *
   * @param number the descriptor, 0 or more
   * @return its owner, which is the caller's to close; it removes no path when it is closed
   * @throws PosixException {@code EBADF} if the number is not open, {@code ENOTSOCK} if it is not a
   *     socket
   * @throws IllegalArgumentException if it doesn't listen
   */
  public static Listener adopt(int number) throws IOException {
    return Activation.adopt(number, null);
  }

  /**
   * {@code sd_listen_fds(3)}: takes over the listening sockets that a supervisor opened for this
   * process, by LISTEN_FDS, LISTEN_PID and LISTEN_FDNAMES, and makes them close-on-exec. What is
   * passed besides is made so too and left where it is, from 3 on: sockets that don't listen are
   * for {@link Socket#inherited}, FIFOs and files for {@link FileDescriptor#adopt}.
   *
   * @return the listeners in the supervisor's order, the caller's; none if there are none, if they
   *     are another process's, or if an earlier call took them
   * @throws PosixException {@code EBADF} if fewer descriptors are open than the variables say
   * @see <a href="https://man7.org/linux/man-pages/man3/sd_listen_fds.3.html">sd_listen_fds(3)</a>
   */
  public static List<Listener> inherited() throws IOException {
    return Activation.inherited();
  }

  /**
   * {@code accept4(2)}, close-on-exec: takes the next connection, waiting for one. On macOS it is
   * {@code accept(2)} and {@code fcntl(F_SETFD)}.
   *
   * <p>{@link Thread#interrupt} ends it on every thread, and closes this. A virtual thread parks; a
   * timeout of SO_RCVTIMEO is not for it.
   *
   * @return a new socket, connected and, on Linux, blocking; the caller's
   * @throws PosixException {@code ECONNABORTED} if the peer is gone already, {@code EMFILE} or
   *     {@code ENFILE} if this process, or the system, has as many descriptors as it may have (on
   *     Linux the connection waits on), {@code EAGAIN} if this is non-blocking, or SO_RCVTIMEO is
   *     over, and nobody waits; the listener stays good
   * @throws AsynchronousCloseException if another thread closes this meanwhile
   * @throws ClosedByInterruptException if this thread is interrupted
   * @see <a href="https://man7.org/linux/man-pages/man2/accept.2.html">accept4(2)</a>
   */
  public Socket accept() throws IOException {
    return new Socket(Connections.accept(listening, null), localAddress.family());
  }

  /**
   * {@code accept4(2)} with a deadline. Where another process accepts from the same socket, and is
   * faster, it waits on for the next connection.
   *
   * @param timeout how long to wait at most; zero doesn't wait
   * @return a new socket, as {@link #accept()} has it
   * @throws CallTimeoutException if nobody connects in time
   * @throws PosixException as {@link #accept()} does, but for {@code EAGAIN}
   * @throws IllegalArgumentException if {@code timeout} is negative
   */
  public Socket accept(Duration timeout) throws IOException {
    Deadline deadline = Deadline.after(timeout);
    return new Socket(Connections.accept(listening, deadline), localAddress.family());
  }

  /**
   * {@code getsockname(2)}, as it was when this began to listen: the port that the kernel chose.
   *
   * @return where this listens
   */
  public SocketAddress localAddress() {
    return localAddress;
  }

  /**
   * The name that a supervisor gave it in LISTEN_FDNAMES.
   *
   * @return the name, or nothing for a listener that wasn't inherited with one
   */
  public Optional<String> name() {
    return Optional.ofNullable(name);
  }

  /**
   * {@code getsockopt(2)}: an option's value.
   *
   * @param <T> the value's type
   * @param option which
   * @return its value now
   * @throws PosixException as {@link Socket#get} does
   */
  public <T> T get(SocketOption<T> option) throws IOException {
    return SocketCalls.get(descriptor, option);
  }

  /**
   * {@code setsockopt(2)}: sets an option. Those that matter to bind(2) are {@link Binding}'s.
   *
   * @param <T> the value's type
   * @param option which
   * @param value its new value
   * @throws PosixException as {@link Socket#set} does
   */
  public <T> void set(SocketOption<T> option, T value) throws IOException {
    SocketCalls.set(descriptor, option, value);
  }

  /**
   * The descriptor that this holds, for what is common to all descriptors.
   *
   * @return the descriptor, which stays this listener's
   */
  public FileDescriptor descriptor() {
    return descriptor;
  }

  /**
   * Whether this is still open here.
   *
   * @return false once it was closed
   */
  public boolean isOpen() {
    return descriptor.isOpen();
  }

  /**
   * {@code unlink(2)} of the path that this created, and {@code close(2)}. Connections that nobody
   * accepted are reset.
   *
   * <p>The path is removed if it is still the file that this created, not one that another process
   * has bound since; and not if {@link Binding#keepPath} asked for it to stay.
   *
   * @throws IOException if the path can't be removed, or close fails; it is closed all the same
   */
  @Override
  public void close() throws IOException {
    try (descriptor) {
      if (created != null && closed.compareAndSet(false, true) && descriptor.isOpen()) {
        created.deleteIfSame();
      }
    }
  }

  /** {@code listener(unix:/run/x.sock, fd 5)}. */
  @Override
  public String toString() {
    return "listener(" + localAddress + ", " + descriptor + ")";
  }
}
