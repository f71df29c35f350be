package org.posixipc;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import jnr.constants.platform.OpenFlags;
import org.jspecify.annotations.Nullable;
import org.posixipc.internal.abi.Abi;
import org.posixipc.internal.abi.Header;
import org.posixipc.internal.abi.SigSet;
import org.posixipc.libc.LibC;
import org.posixipc.libc.Native;

/**
 * {@code posix_spawn_file_actions_t} and {@code posix_spawnattr_t}, which the C library fills. Its
 * calls return error numbers.
 */
final class SpawnStorage implements AutoCloseable {
  private static final LibC LIBC = Native.libc();
  private static final Abi ABI = Abi.host();

  /** More than either system's struct: 80 and 336 bytes on Linux, 8 and 8 on macOS. */
  static final int ACTIONS_SIZE = 128;

  static final int ATTRIBUTES_SIZE = 512;

  private static final SigSet SIG_SET = ABI.sigSet();
  private static final int SIGNALS = ACTIONS_SIZE + ATTRIBUTES_SIZE;
  private static final int PID = SIGNALS + SIG_SET.size();

  private final Scratch.Area area = new Scratch.Area(PID + Integer.BYTES);

  SpawnStorage() throws IOException {
    check("posix_spawn_file_actions_init", LIBC.posix_spawn_file_actions_init(actions()));
    int error = LIBC.posix_spawnattr_init(attributes());
    if (error != 0) {
      LIBC.posix_spawn_file_actions_destroy(actions());
      check("posix_spawnattr_init", error);
    }
  }

  long actions() {
    return area.address;
  }

  long attributes() {
    return area.address + ACTIONS_SIZE;
  }

  private long signals() {
    return area.address + SIGNALS;
  }

  /** Where posix_spawn stores the child's number. */
  long pid() {
    return area.address + PID;
  }

  int storedPid() {
    return area.buffer.getInt(PID);
  }

  void addDup2(int number, int childNumber) throws IOException {
    check(
        "posix_spawn_file_actions_adddup2",
        childNumber,
        LIBC.posix_spawn_file_actions_adddup2(actions(), number, childNumber));
  }

  void addDevNull(int childNumber) throws IOException {
    int flags = ABI.value(OpenFlags.O_RDWR);
    Scratch.Area path = NativePath.of(Path.of("/dev/null"));
    check(
        "posix_spawn_file_actions_addopen",
        childNumber,
        LIBC.posix_spawn_file_actions_addopen(actions(), childNumber, path.address, flags, 0));
  }

  void addDirectory(Path directory) throws IOException {
    Scratch.Area path = NativePath.of(directory);
    check(
        "posix_spawn_file_actions_addchdir_np",
        directory,
        LIBC.posix_spawn_file_actions_addchdir_np(actions(), path.address));
  }

  /**
   * Lets the child have {@code wanted}, 0, 1 and 2, and nothing else.
   *
   * @param greatest the greatest of them
   */
  void closeOthers(Set<Integer> wanted, int greatest) throws IOException {
    if (ABI.has(Header.POSIX_SPAWN_CLOEXEC_DEFAULT)) {
      for (int number = 0; number <= 2; number++) {
        if (!wanted.contains(number) && FileDescriptor.isOpen(number)) {
          check(
              "posix_spawn_file_actions_addinherit_np",
              number,
              Native.darwin().posix_spawn_file_actions_addinherit_np(actions(), number));
        }
      }
      return;
    }
    for (int number = 3; number < greatest; number++) {
      if (!wanted.contains(number)) {
        addClose(number);
      }
    }
    try {
      check(
          "posix_spawn_file_actions_addclosefrom_np",
          greatest + 1,
          Native.linux().posix_spawn_file_actions_addclosefrom_np(actions(), greatest + 1));
    } catch (UnsatisfiedLinkError e) {
      closeListed(greatest);
    }
  }

  /**
   * For glibc before 2.34, and musl: what is open now. A descriptor that another thread opens
   * between here and the child's start, and that is not close-on-exec, gets into the child.
   */
  void closeListed(int greatest) throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      for (Path entry : open.toList()) {
        int number = Integer.parseInt(entry.getFileName().toString());
        if (number > greatest) {
          addClose(number);
        }
      }
    }
  }

  private void addClose(int number) throws IOException {
    check(
        "posix_spawn_file_actions_addclose",
        number,
        LIBC.posix_spawn_file_actions_addclose(actions(), number));
  }

  void setProcessGroup(int group) throws IOException {
    check("posix_spawnattr_setpgroup", LIBC.posix_spawnattr_setpgroup(attributes(), group));
  }

  void setSignalMask(Set<Signal> blocked) throws IOException {
    putSignals(blocked);
    check("posix_spawnattr_setsigmask", LIBC.posix_spawnattr_setsigmask(attributes(), signals()));
  }

  /** All signals for null: those without a name here too. */
  void setSignalDefaults(@Nullable Set<Signal> defaults) throws IOException {
    if (defaults == null) {
      SIG_SET.fill(area.buffer, SIGNALS);
    } else {
      putSignals(defaults);
    }
    check(
        "posix_spawnattr_setsigdefault",
        LIBC.posix_spawnattr_setsigdefault(attributes(), signals()));
  }

  private void putSignals(Set<Signal> set) {
    SIG_SET.clear(area.buffer, SIGNALS);
    for (Signal signal : set) {
      SIG_SET.add(area.buffer, SIGNALS, signal.number());
    }
  }

  void setFlags(int flags) throws IOException {
    check("posix_spawnattr_setflags", LIBC.posix_spawnattr_setflags(attributes(), (short) flags));
  }

  @Override
  public void close() {
    try {
      LIBC.posix_spawn_file_actions_destroy(actions());
      LIBC.posix_spawnattr_destroy(attributes());
    } finally {
      Reference.reachabilityFence(area);
    }
  }

  private static void check(String call, int error) throws IOException {
    check(call, "", error);
  }

  private static void check(String call, Object subject, int error) throws IOException {
    Check.reported(call, subject, error);
  }
}
