package org.posixipc.libc;

import java.nio.ByteBuffer;
import java.util.Objects;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Platform;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;

/**
 * The way into the C library: its bindings, errno, and the addresses of direct buffers.
 *
 * <pre>{@code
 * LibC libc = Native.libc();
 * long n = libc.write(1, Native.address(buffer), buffer.remaining());
 * int errno = n < 0 ? Native.errno() : 0;
 * Reference.reachabilityFence(buffer);
 * }</pre>
 */
public final class Native {
  private static final Platform PLATFORM = Platform.getNativePlatform();
  private static final Runtime RUNTIME = Runtime.getSystemRuntime();

  private Native() {}

  /**
   * The calls that every system has.
   *
   * @return the one binding of this process
   */
  public static LibC libc() {
    return Common.LIBC;
  }

  /**
   * The calls that only Linux has.
   *
   * @return the one binding of this process
   * @throws UnsupportedOperationException on another system
   */
  public static LinuxLibC linux() {
    if (PLATFORM.getOS() != Platform.OS.LINUX) {
      throw new UnsupportedOperationException(
          "LinuxLibC has calls of Linux alone; this is " + PLATFORM.getName());
    }
    return Linux.LIBC;
  }

  /**
   * The calls that only macOS has.
   *
   * @return the one binding of this process
   * @throws UnsupportedOperationException on another system
   */
  public static DarwinLibC darwin() {
    if (PLATFORM.getOS() != Platform.OS.DARWIN) {
      throw new UnsupportedOperationException(
          "DarwinLibC has calls of macOS alone; this is " + PLATFORM.getName());
    }
    return Darwin.LIBC;
  }

  /**
   * jnr-posix, for the calls that it has and gets right: waitpid, kill.
   *
   * @return the one instance of this process, made of native calls alone
   */
  public static POSIX posix() {
    return Posix.INSTANCE;
  }

  /**
   * A direct buffer as a pointer, for the calls that take one.
   *
   * @param buffer a direct buffer
   * @return a pointer to its next byte
   */
  public static Pointer pointer(ByteBuffer buffer) {
    return Pointer.wrap(RUNTIME, buffer);
  }

  /**
   * {@code errno(3)}: why the last failed call of this thread failed.
   *
   * <p>Read it right after a call that returned -1: the next call through this package on this
   * thread, failed or not, overwrites it.
   *
   * @return the error number
   * @see <a href="https://man7.org/linux/man-pages/man3/errno.3.html">errno(3)</a>
   */
  public static int errno() {
    return RUNTIME.getLastError();
  }

  /**
   * The address of a direct buffer's next byte, which is the one at its position.
   *
   * <p>It is good as long as the buffer is reachable. A call may block for long after its last use
   * in Java: hold the buffer with {@link java.lang.ref.Reference#reachabilityFence} behind the
   * call.
   *
   * @param buffer a direct buffer
   * @return the address in memory
   * @throws IllegalArgumentException for a heap buffer, which has no fixed address
   */
  public static long address(ByteBuffer buffer) {
    if (!buffer.isDirect()) {
      throw new IllegalArgumentException("a heap buffer has no address; allocate it direct");
    }
    return Pointer.wrap(RUNTIME, buffer).address();
  }

  private static <T> T load(Class<T> calls) {
    return Objects.requireNonNull(
        LibraryLoader.create(calls).load(PLATFORM.getStandardCLibraryName()));
  }

  private static final class Common {
    static final LibC LIBC = load(LibC.class);
  }

  private static final class Darwin {
    static final DarwinLibC LIBC = load(DarwinLibC.class);
  }

  private static final class Posix {
    static final POSIX INSTANCE = POSIXFactory.getNativePOSIX();
  }

  private static final class Linux {
    static final LinuxLibC LIBC = load(LinuxLibC.class);
  }
}
