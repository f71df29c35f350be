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
  private static final boolean IS_LINUX = PLATFORM.getOS() == Platform.OS.LINUX;
  private static final int SEEK_CUR = 1;
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
    if (!IS_LINUX) {
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
   * The calls that send a signal to one thread of this process.
   *
   * @return the one binding of this process
   */
  public static SignalLibC signals() {
    return Signals.LIBC;
  }

  /**
   * The calls with six arguments.
   *
   * @return the one binding of this process
   */
  public static SpawnLibC spawn() {
    return Spawning.LIBC;
  }

  /**
   * {@code int fcntl(int fd, int cmd, int arg)}, in the fastest way that this system has.
   *
   * @param fd the descriptor
   * @param cmd F_GETFL and so on
   * @param arg the command's argument; ignored by those that have none
   * @return what the command returns, or -1
   * @see <a href="https://man7.org/linux/man-pages/man2/fcntl.2.html">fcntl(2)</a>
   */
  public static int fcntl(int fd, int cmd, int arg) {
    return IS_LINUX ? Linux.LIBC.fcntl(fd, cmd, arg) : Common.LIBC.fcntl(fd, cmd, arg);
  }

  /**
   * {@code pid_t waitpid(pid_t pid, int *wstatus, int options)}, by jnr-posix.
   *
   * @param pid the child's number
   * @param wstatus one int, where the status goes
   * @param options WNOHANG and so on
   * @return the child's number, 0 if there is no status yet, or -1
   * @see <a href="https://man7.org/linux/man-pages/man2/wait.2.html">waitpid(2)</a>
   */
  public static int waitpid(int pid, int[] wstatus, int options) {
    return Posix.INSTANCE.waitpid(pid, wstatus, options);
  }

  /**
   * {@code lseek(fd, 0, SEEK_CUR)}, by jnr-posix: whether the descriptor has an offset, as files
   * do, and pipes, sockets and terminals don't.
   *
   * @param fd the descriptor
   * @return true for a file
   * @see <a href="https://man7.org/linux/man-pages/man2/lseek.2.html">lseek(2)</a>
   */
  public static boolean hasOffset(int fd) {
    return Posix.INSTANCE.lseekLong(fd, 0, SEEK_CUR) >= 0;
  }

  /**
   * {@code int kill(pid_t pid, int sig)}, by jnr-posix.
   *
   * @param pid the process's number
   * @param sig the signal's number
   * @return 0, or -1
   * @see <a href="https://man7.org/linux/man-pages/man2/kill.2.html">kill(2)</a>
   */
  public static int kill(int pid, int sig) {
    return Posix.INSTANCE.kill(pid, sig);
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

  private static final class Spawning {
    static final SpawnLibC LIBC = load(SpawnLibC.class);
  }

  private static final class Signals {
    static final SignalLibC LIBC = load(SignalLibC.class);
  }

  private static final class Posix {
    static final POSIX INSTANCE = POSIXFactory.getNativePOSIX();
  }

  private static final class Linux {
    static final LinuxLibC LIBC = load(LinuxLibC.class);
  }
}
