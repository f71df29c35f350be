package org.posixipc;

import java.io.IOException;
import java.util.function.IntSupplier;
import jnr.constants.platform.Errno;
import org.posixipc.internal.abi.Abi;
import org.posixipc.libc.Native;

/**
 * The only place where a return code becomes an exception, and where EINTR is told from it.
 *
 * <p>errno is read here, right behind the call: the next call on the same thread overwrites it.
 */
final class Check {
  private static final int EINTR = Abi.host().value(Errno.EINTR);
  private static final int EINPROGRESS = Abi.host().value(Errno.EINPROGRESS);
  private static final int EAGAIN = Abi.host().value(Errno.EAGAIN);

  static {
    PosixException.prepare();
  }

  private Check() {}

  /**
   * Makes a call, again for as long as signals interrupt it, and throws if it fails.
   *
   * @param name the call's name, for the exception
   * @param subject what it is about, for the exception; an empty text for nothing
   * @param call the call: at least 0, or -1 and errno
   * @return what the call returned
   */
  static int call(String name, Object subject, IntSupplier call) throws PosixException {
    while (true) {
      int result = call.getAsInt();
      if (result >= 0) {
        return result;
      }
      int errno = Native.errno();
      if (errno != EINTR) {
        throw new PosixException(name, subject, errno);
      }
    }
  }

  /**
   * Tells why a transfer returned -1: it would have to wait (true), or a signal interrupted it and
   * it is to be made again (false); any other reason is thrown. This is {@link #call} for the hot
   * loops, which make their call themselves, and which a close may cut.
   *
   * @param owner whose number the call had: if it is closed by now, that is the reason
   */
  static boolean wouldBlock(String name, Object subject, DescriptorNumber owner)
      throws IOException {
    int errno = Native.errno();
    owner.checkOpen();
    if (errno == EAGAIN) {
      return true;
    }
    if (errno == EINTR) {
      return false;
    }
    throw new PosixException(name, subject, errno);
  }

  /** Throws why a call returned -1, unless a signal interrupted it. */
  static void interrupted(String name, Object subject) throws PosixException {
    int errno = Native.errno();
    if (errno != EINTR) {
      throw new PosixException(name, subject, errno);
    }
  }

  /** What a connect(2) that didn't fail has come to. */
  enum Connecting {
    /** It is done. */
    CONNECTED,
    /** EINTR: a signal interrupted it; over a network the handshake goes on. */
    INTERRUPTED,
    /** EINPROGRESS: the handshake goes on. */
    IN_PROGRESS,
    /** EAGAIN of a Unix socket: the backlog is full. */
    BACKLOG_FULL
  }

  /** Tells why connect(2) returned -1; a reason that is an error is thrown. */
  static Connecting connecting(SocketAddress address, DescriptorNumber owner) throws IOException {
    int errno = Native.errno();
    owner.checkOpen();
    if (errno == EINTR) {
      return Connecting.INTERRUPTED;
    }
    if (errno == EINPROGRESS) {
      return Connecting.IN_PROGRESS;
    }
    if (errno == EAGAIN && address.family() == AddressFamily.UNIX) {
      return Connecting.BACKLOG_FULL;
    }
    throw new PosixException("connect", address, errno);
  }

  /** The exception for an error number that is known already. */
  static PosixException failure(String name, Object subject, int errno) {
    return new PosixException(name, subject, errno);
  }

  /** Throws the error that the kernel reported as a number rather than as a failure, unless 0. */
  static void reported(String name, Object subject, int errno) throws PosixException {
    if (errno != 0) {
      throw new PosixException(name, subject, errno);
    }
  }

  /**
   * {@code close(2)}, once. On Linux the number is free also when the call reports EINTR or an
   * error: a second try could close a stranger's descriptor.
   *
   * @throws PosixException for what the device reports at its end, and for EBADF
   */
  static void close(int number, Object subject) throws PosixException {
    if (Native.libc().close(number) < 0) {
      int errno = Native.errno();
      if (errno != EINTR) {
        throw new PosixException("close", subject, errno);
      }
    }
  }
}
