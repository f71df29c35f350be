package org.posixipc;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.function.IntSupplier;
import jnr.constants.platform.Errno;
import jnr.constants.platform.Sock;
import org.jspecify.annotations.Nullable;
import org.posixipc.internal.abi.Abi;
import org.posixipc.libc.LibC;
import org.posixipc.libc.Native;

/**
 * accept(2) and connect(2), which wait for a peer. On a platform thread without a deadline they
 * wait in the call, otherwise before it. An interrupt ends them either way.
 */
final class Connections {
  private static final LibC LIBC = Native.libc();
  private static final Abi ABI = Abi.host();
  private static final int EAGAIN = ABI.value(Errno.EAGAIN);

  /** For a turn, when no time is left: with a connection there, who has it takes that at once. */
  private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** SOCK_CLOEXEC, 0 where the system has none. */
  static final int CLOEXEC = ABI.hasAtomicCloseOnExec() ? ABI.value(Sock.SOCK_CLOEXEC) : 0;

  private Connections() {}

  /**
   * A listening descriptor, and what goes with it.
   *
   * @param descriptor the socket
   * @param owner what an interrupt closes
   * @param subject what it is about, for exceptions
   * @param turn so that of those who saw a connection, one tries to take it
   */
  record Listening(FileDescriptor descriptor, Closeable owner, Object subject, Lock turn) {}

  /** {@code accept4(2)}, or {@code accept(2)} and close-on-exec where there is no accept4. */
  static FileDescriptor accept(Listening listening, @Nullable Deadline deadline)
      throws IOException {
    FileDescriptor listener = listening.descriptor;
    int number =
        Waiting.inside(
            listener,
            () ->
                Waiting.isInCall(deadline)
                    ? acceptInCall(listening)
                    : acceptWaiting(listening, deadline));
    return NewDescriptor.own(ABI, number, listener.carries);
  }

  private static IntSupplier acceptCall(FileDescriptor listener) {
    return ABI.hasAtomicCloseOnExec()
        ? () -> Native.linux().accept4(listener.number, 0, 0, CLOEXEC)
        : () -> LIBC.accept(listener.number, 0, 0);
  }

  private static int acceptInCall(Listening listening) throws IOException {
    IntSupplier call = acceptCall(listening.descriptor);
    int[] accepted = {-1};
    try {
      return InterruptibleWait.run(
          listening.owner,
          () -> {
            accepted[0] = call.getAsInt();
            while (accepted[0] < 0) {
              if (Check.wouldBlock("accept", listening.subject, listening.descriptor)) {
                throw Check.failure("accept", listening.subject, EAGAIN);
              }
              accepted[0] = call.getAsInt();
            }
            return accepted[0];
          });
    } catch (IOException e) {
      // Interrupted when the connection was there already.
      if (accepted[0] >= 0) {
        Check.close(accepted[0], listening.subject);
      }
      throw e;
    }
  }

  private static int acceptWaiting(Listening listening, @Nullable Deadline deadline)
      throws IOException {
    FileDescriptor listener = listening.descriptor;
    InterruptibleWait.check(listening.owner);
    Deadline until = deadline == null ? Deadline.NEVER : deadline;
    int number;
    while ((number = acceptInTurn(listening, until)) < 0) {
      if (deadline == null && listener.mustNotWait()) {
        throw Check.failure("accept", listening.subject, EAGAIN);
      }
      if (!until.reached(listener, listening.owner, Deadline.READABLE)) {
        throw new CallTimeoutException(listening.subject, until.timeout(), 0);
      }
    }
    return number;
  }

  /**
   * The new descriptor, or {@link NoWait#WOULD_WAIT}, also where the turn didn't come. Who has it
   * may wait in the call: the deadline and an interrupt end the wait for it, and the caller looks
   * at both.
   */
  private static int acceptInTurn(Listening listening, Deadline until) throws IOException {
    boolean taken = false;
    try {
      long nanos = Math.max(until.nanosLeft(), TURN_NANOS);
      taken = listening.turn.tryLock(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!taken) {
      return NoWait.WOULD_WAIT;
    }
    try {
      return acceptIfReady(listening);
    } finally {
      listening.turn.unlock();
    }
  }

  /**
   * The same, at one's turn. Where another process accepts from the same socket, or another thread
   * does so in the call, it may be faster, and this then waits in the call too.
   */
  private static int acceptIfReady(Listening listening) throws IOException {
    IntSupplier call = acceptCall(listening.descriptor);
    Scratch scratch = ScratchPool.take();
    try {
      while (true) {
        int n =
            (int)
                NoWait.whenReady(listening.descriptor, scratch, Deadline.READABLE, call::getAsInt);
        if (n >= 0 || n == NoWait.WOULD_WAIT) {
          return n;
        }
        if (Check.wouldBlock("accept", listening.subject, listening.descriptor)) {
          return NoWait.WOULD_WAIT;
        }
      }
    } finally {
      ScratchPool.giveBack(scratch);
    }
  }

  /**
   * {@code connect(2)}.
   *
   * @return whether it is connected; false for a non-blocking socket whose connecting goes on
   */
  static boolean connect(FileDescriptor socket, SocketAddress address, @Nullable Deadline deadline)
      throws IOException {
    return Waiting.inside(
        socket,
        () ->
            Waiting.isInCall(deadline)
                ? connectInCall(socket, address)
                : connectWaiting(socket, address, deadline));
  }

  private static boolean connectInCall(FileDescriptor socket, SocketAddress address)
      throws IOException {
    Check.Connecting state;
    do {
      // A Unix socket waits for room in the backlog. Interrupted, it has begun nothing, and begins
      // anew. Over a network the handshake goes on, and a second call would fail with EALREADY.
      state = InterruptibleWait.run(socket, () -> connectOnce(socket, address));
    } while (state == Check.Connecting.INTERRUPTED && address.family() == AddressFamily.UNIX);
    if (state == Check.Connecting.INTERRUPTED) {
      return finish(socket, address, Deadline.NEVER);
    }
    if (state == Check.Connecting.BACKLOG_FULL) {
      throw Check.failure("connect", address, EAGAIN);
    }
    return state == Check.Connecting.CONNECTED;
  }

  /** With O_NONBLOCK for the call alone. Nobody else has a socket that isn't connected, mostly. */
  private static boolean connectWaiting(
      FileDescriptor socket, SocketAddress address, @Nullable Deadline deadline)
      throws IOException {
    InterruptibleWait.check(socket);
    boolean mayWait = deadline != null || !socket.mustNotWait();
    Deadline until = deadline == null ? Deadline.NEVER : deadline;
    Retry retry = new Retry(); // nothing tells when a Unix backlog has room
    while (true) {
      Check.Connecting state = connectNonBlocking(socket, address);
      if (state == Check.Connecting.CONNECTED) {
        return true;
      }
      if (state == Check.Connecting.BACKLOG_FULL) {
        if (!mayWait) {
          throw Check.failure("connect", address, EAGAIN);
        }
        if (until.isOver()) {
          throw new CallTimeoutException(address, until.timeout(), 0);
        }
        retry.await(until);
        InterruptibleWait.check(socket);
      } else if (state == Check.Connecting.IN_PROGRESS) {
        return mayWait && finish(socket, address, until);
      }
    }
  }

  private static Check.Connecting connectNonBlocking(FileDescriptor socket, SocketAddress address)
      throws IOException {
    if (socket.mustNotWait()) {
      return connectOnce(socket, address);
    }
    socket.nonBlocking(true);
    try {
      return connectOnce(socket, address);
    } finally {
      if (socket.isOpen()) {
        socket.nonBlocking(false);
      }
    }
  }

  private static Check.Connecting connectOnce(FileDescriptor socket, SocketAddress address)
      throws IOException {
    SocketNames.Encoded name = SocketNames.encode(address);
    return LIBC.connect(socket.number, name.address(), name.length()) == 0
        ? Check.Connecting.CONNECTED
        : Check.connecting(address, socket);
  }

  private static boolean finish(FileDescriptor socket, SocketAddress address, Deadline deadline)
      throws IOException {
    do {
      if (!deadline.reached(socket, Deadline.WRITABLE)) {
        throw new CallTimeoutException(address, deadline.timeout(), 0);
      }
      // A parked thread may be woken by what the number meant before, and no error isn't success.
    } while (!NoWait.isReady(socket, Deadline.WRITABLE));
    Check.reported("connect", address, SocketCalls.get(socket, SocketOption.SO_ERROR));
    return true;
  }
}
