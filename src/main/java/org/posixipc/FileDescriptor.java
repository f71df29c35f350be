package org.posixipc;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.IntSupplier;
import jnr.constants.platform.Fcntl;
import jnr.constants.platform.OpenFlags;
import org.jspecify.annotations.Nullable;
import org.posixipc.internal.abi.Abi;
import org.posixipc.internal.abi.Header;
import org.posixipc.libc.LibC;
import org.posixipc.libc.Native;

/**
 * A descriptor that this program owns: a small number by which the kernel knows an open file, a
 * pipe's end, a socket.
 *
 * <p>Whoever got it from {@code open}, {@code adopt} or {@code duplicate} closes it. The kernel
 * gives a closed number to the next file that anybody opens; so the number here never reaches the
 * kernel after {@link #close}, whichever threads are in its other methods at that moment.
 *
 * <p>Any thread may call any method. Reads and writes of several threads are not put in an order
 * beyond what the kernel does: on a pipe, a write of at most {@link Pipe#ATOMIC_WRITE} bytes stays
 * in one piece.
 *
 * <p>What ends a call that waits: {@link #close} by any thread, always; the deadline of those that
 * take one; {@link Thread#interrupt}, where the method says so, by closing. A virtual thread parks
 * where a platform thread waits in the kernel, and its carrier goes on. For a file's bytes nobody
 * can wait but in the call, and there the carrier waits too.
 *
 * <p>For streams, there are {@link java.nio.channels.Channels#newInputStream} and its siblings.
 * With the system property {@code org.posixipc.leaks=on}, a descriptor that is dropped unclosed is
 * reported, with the stack of its creation, to the logger {@code org.posixipc}.
 */
public final class FileDescriptor extends DescriptorChannel {
  private static final LibC LIBC = Native.libc();
  private static final Abi ABI = Abi.host();
  private static final int F_GETFD = ABI.value(Fcntl.F_GETFD);
  private static final int F_SETFD = ABI.value(Fcntl.F_SETFD);
  private static final int FD_CLOEXEC = ABI.value(Header.FD_CLOEXEC);
  private static final int F_GETFL = ABI.value(Fcntl.F_GETFL);
  private static final int F_SETFL = ABI.value(Fcntl.F_SETFL);
  private static final int F_DUPFD_CLOEXEC = ABI.value(Header.F_DUPFD_CLOEXEC);
  private static final int O_NONBLOCK = ABI.value(OpenFlags.O_NONBLOCK);

  /** 0666 of open(2)'s examples: the umask takes away what the user doesn't want to give. */
  private static final Set<PosixFilePermission> EVERYBODY_READS_AND_WRITES =
      PosixFilePermissions.fromString("rw-rw-rw-");

  private final @Nullable String name;
  private final @Nullable Leak leak;

  /** Whether others may have the open file: then the kernel alone knows its flags. */
  private volatile boolean shared = true;

  /** O_NONBLOCK, of an open file that is nobody else's. */
  private volatile boolean nonBlocking;

  /** Owns {@code number} from now on; {@code name} is what a person would call it. */
  FileDescriptor(int number, @Nullable String name) {
    this(number, name, SocketType.STREAM);
  }

  FileDescriptor(int number, @Nullable String name, SocketType carries) {
    super(number, carries);
    this.name = name;
    this.leak = Leak.watch(this);
  }

  /**
   * {@code open(2)}: opens a file, close-on-exec. A file that is created may be read and written by
   * everybody, less the umask.
   *
   * @param path the file, in the default file system
   * @param flags how; {@link OpenFlag#READ_ONLY} if no access mode is among them
   * @return a new descriptor, the caller's
   * @throws PosixException {@code ENOENT} if there is no such file, {@code EACCES} if its
   *     permissions or a directory's forbid it, {@code EISDIR} for writing to a directory, {@code
   *     EEXIST}, {@code ELOOP} and {@code ENOTDIR} as the flags say, {@code ENXIO} for a
   *     non-blocking writer of a FIFO that nobody reads, {@code EMFILE} if this process has as many
   *     descriptors as it may have
   * @throws IllegalArgumentException for flags that contradict each other
   * @see <a href="https://man7.org/linux/man-pages/man2/open.2.html">open(2)</a>
   */
  public static FileDescriptor open(Path path, OpenFlag... flags) throws PosixException {
    return open(path, EVERYBODY_READS_AND_WRITES, flags);
  }

  /**
   * {@code open(2)}: opens a file, close-on-exec, with permissions for the case that it is created.
   *
   * @param path the file, in the default file system
   * @param permissions what a file that is created gets, less the umask
   * @param flags how, as in {@link #open(Path, OpenFlag...)}
   * @return a new descriptor, the caller's
   * @throws PosixException as {@link #open(Path, OpenFlag...)} does
   */
  public static FileDescriptor open(
      Path path, Set<PosixFilePermission> permissions, OpenFlag... flags) throws PosixException {
    EnumSet<OpenFlag> set = EnumSet.noneOf(OpenFlag.class);
    Collections.addAll(set, flags);
    int bits = OpenFlag.bits(ABI, set);
    int mode = NativePath.mode(permissions);
    Scratch.Area bytes = NativePath.of(path);
    int number = Check.call("open", path, () -> LIBC.open(bytes.address, bits, mode));
    return new FileDescriptor(number, path.toString());
  }

  /**
   * Takes ownership of a number that came from elsewhere: inherited, or from another library.
   *
   * <p>{@code fcntl(F_GETFD)} tells whether it is open; nothing about it is changed. Nobody else
   * may close it from now on: the kernel can't tell two owners of one number apart.
   *
   * @param number the descriptor, 0 or more
   * @return its owner, which is the caller's to close
   * @throws PosixException {@code EBADF} if the number is not open
   * @throws IllegalArgumentException if it is negative
   */
  public static FileDescriptor adopt(int number) throws PosixException {
    if (number < 0) {
      throw new IllegalArgumentException("a descriptor is 0 or more, this one is " + number);
    }
    Check.call("fcntl", "F_GETFD of " + number, () -> Native.fcntl(number, F_GETFD, 0));
    return new FileDescriptor(number, null);
  }

  /**
   * The number by which the kernel knows it, for other libraries and for messages. It stays good as
   * long as this is open.
   *
   * @return the number, also after {@link #close}, when it may name something else
   */
  public int number() {
    shared = true;
    return number;
  }

  /**
   * {@code fcntl(F_DUPFD_CLOEXEC)}: a second descriptor for the same open file, close-on-exec. Both
   * share what belongs to the open file: its offset, O_NONBLOCK, its locks. A pipe or socket counts
   * as closed when the last of them is.
   *
   * @return a new descriptor with a number of its own, the caller's
   * @throws PosixException {@code EMFILE} if this process has as many descriptors as it may have
   * @throws ClosedChannelException if this was closed or released before
   * @see <a href="https://man7.org/linux/man-pages/man2/F_DUPFD.2const.html">F_DUPFD_CLOEXEC</a>
   */
  public FileDescriptor duplicate() throws IOException {
    return duplicateAbove(0);
  }

  /** As {@link #duplicate}, with a number of {@code least} or more. */
  FileDescriptor duplicateAbove(int least) throws IOException {
    shared = true;
    return new FileDescriptor(
        held("fcntl", () -> Native.fcntl(number, F_DUPFD_CLOEXEC, least)), name, carries);
  }

  /** {@code fcntl(F_GETFD)}: whether anybody in this process has the number open. */
  static boolean isOpen(int number) {
    return Native.fcntl(number, F_GETFD, 0) >= 0;
  }

  /**
   * {@code ioctl(FIONREAD)}: how many bytes a read would find now.
   *
   * @return the count of bytes; on a pipe's write end as well, on Linux
   * @throws PosixException {@code ENOTTY} where the kernel can't tell, such as for a directory
   * @throws ClosedChannelException if this was closed or released before
   * @see <a href="https://man7.org/linux/man-pages/man2/FIONREAD.2const.html">FIONREAD</a>
   */
  public int available() throws IOException {
    Scratch.Area count = Scratch.ofThread().structs(Integer.BYTES);
    long request = ABI.value(Header.FIONREAD);
    held("ioctl", () -> LIBC.ioctl(number, request, count.address));
    return count.buffer.getInt(0);
  }

  /**
   * {@code fcntl(F_SETFL)}: whether a read or write that would have to wait returns 0 instead.
   *
   * <p>The flag belongs to the open file, not to the descriptor: duplicates, and other processes
   * that have it, see it too.
   *
   * @param on true not to wait
   * @throws ClosedChannelException if this was closed or released before
   * @see <a href="https://man7.org/linux/man-pages/man2/F_GETFL.2const.html">F_SETFL</a>
   */
  public void nonBlocking(boolean on) throws IOException {
    int flags = statusFlags();
    int changed = on ? flags | O_NONBLOCK : flags & ~O_NONBLOCK;
    if (changed != flags) {
      held("fcntl", () -> Native.fcntl(number, F_SETFL, changed));
    }
    nonBlocking = on;
  }

  /**
   * {@code fcntl(F_GETFL)}: whether O_NONBLOCK is set on the open file.
   *
   * @return true if a call that would have to wait returns 0 instead
   * @throws ClosedChannelException if this was closed or released before
   */
  public boolean isNonBlocking() throws IOException {
    return (statusFlags() & O_NONBLOCK) != 0;
  }

  /**
   * Gives up ownership: this counts as closed from now on, and the number stays open.
   *
   * @return the number, the caller's to close by whatever means
   * @throws ClosedChannelException if this was closed or released before
   * @throws IllegalStateException if another thread is in a call with it
   */
  public int release() throws ClosedChannelException {
    int released = releaseOnce();
    Leak.forget(leak);
    return released;
  }

  /**
   * Whether this is still open here.
   *
   * @return false once {@link #close} or {@link #release} was called
   */
  @Override
  public boolean isOpen() {
    return !isClosed();
  }

  /**
   * {@code close(2)}: gives the descriptor back, once; later calls do nothing.
   *
   * <p>Calls of other threads that wait end with AsynchronousCloseException, and no new call
   * begins. The number stays taken until the last of them has ended; this doesn't wait for them.
   * {@code close(2)} is never repeated, not after EINTR either: the number could be someone else's
   * by then.
   *
   * @throws PosixException {@code EIO}, {@code ENOSPC}, {@code EDQUOT} if a file system reports now
   *     that an earlier write failed, {@code EBADF} if somebody else closed the number; the
   *     descriptor is closed all the same
   * @see <a href="https://man7.org/linux/man-pages/man2/close.2.html">close(2)</a>
   */
  @Override
  public void close() throws IOException {
    Leak.forget(leak);
    closeOnce();
  }

  /** As people write it: {@code fd 7}, or {@code fd 7 (/var/log/x)} for one opened by path. */
  @Override
  public String toString() {
    return name == null ? "fd " + number : "fd " + number + " (" + name + ")";
  }

  /** The open file is new, blocking, and nobody else's so far. */
  void ownBlocking() {
    shared = false;
  }

  /** Begins to give the open file to others. */
  void share() {
    shared = true;
  }

  @Override
  boolean mustNotWait() throws IOException {
    return shared ? isNonBlocking() : nonBlocking;
  }

  /** {@code fcntl(F_SETFD)}: for systems that can't create a descriptor close-on-exec. */
  void closeOnExec() throws IOException {
    held("fcntl", () -> Native.fcntl(number, F_SETFD, FD_CLOEXEC));
  }

  private int statusFlags() throws IOException {
    return held("fcntl", () -> Native.fcntl(number, F_GETFL, 0));
  }

  /** Makes a call with the number held. */
  int held(String call, IntSupplier body) throws IOException {
    return held(call, this, body);
  }

  /** The same, for a call about more than this descriptor alone. */
  int held(String call, Object subject, IntSupplier body) throws IOException {
    hold();
    try {
      return Check.call(call, subject, body);
    } finally {
      unhold();
    }
  }
}
