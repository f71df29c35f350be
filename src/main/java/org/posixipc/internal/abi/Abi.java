package org.posixipc.internal.abi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import jnr.constants.Constant;
import jnr.constants.PlatformConstants;
import org.jspecify.annotations.Nullable;

/**
 * What C programs get from a system's headers: the values of constants and the layout of structs.
 *
 * <p>It is a value. {@link #host()} is this machine's; the others can be asked as well, which is
 * how the layouts for macOS are tested on Linux. Where two systems differ, they differ here, and
 * nowhere else in the library.
 *
 * <p>A constant is named by its enum in jnr-constants, or by {@link Header} where jnr-constants
 * lacks it or has it wrong.
 */
public abstract sealed class Abi permits LinuxAbi, DarwinAbi {
  private final String system;
  private final Map<Constant, OptionalLong> values = new ConcurrentHashMap<>();

  Abi(String system) {
    this.system = system;
  }

  /**
   * The system that this JVM runs on.
   *
   * @throws UnsupportedOperationException on a system that is neither Linux nor macOS
   */
  public static Abi host() {
    return Host.ABI;
  }

  /** Apart from Abi, whose initialization would need its subclasses', which need Abi's. */
  private static final class Host {
    static final Abi ABI = hostAbi();
  }

  private static Abi hostAbi() {
    return switch (PlatformConstants.OS) {
      case "linux" -> "aarch64".equals(PlatformConstants.ARCH) ? LinuxAbi.AARCH64 : LinuxAbi.X86_64;
      case "darwin" -> DarwinAbi.INSTANCE;
      default ->
          throw new UnsupportedOperationException(
              "posix-ipc runs on Linux and macOS; this is " + PlatformConstants.NAME);
    };
  }

  /** The value of {@code constant} on this system, or nothing where its headers lack the name. */
  public final OptionalLong find(Constant constant) {
    OptionalLong known = values.get(constant);
    if (known == null) {
      known = lookUp(constant);
      values.put(constant, known);
    }
    return known;
  }

  private OptionalLong lookUp(Constant constant) {
    if (constant instanceof Header header) {
      return ofHeader(header);
    }
    Constant here = jnrConstant(constant.getClass().getSimpleName(), constant.name());
    return here == null ? OptionalLong.empty() : OptionalLong.of(here.longValue());
  }

  /** Whether this system has {@code constant}. */
  public final boolean has(Constant constant) {
    return find(constant).isPresent();
  }

  /**
   * The value of {@code constant} on this system.
   *
   * @throws UnsupportedOperationException if the system lacks it
   */
  public final int value(Constant constant) {
    return (int)
        find(constant)
            .orElseThrow(
                () -> new UnsupportedOperationException(system + " has no " + constant.name()));
  }

  /** Whether pipe2(2), dup3(2) and accept4(2) exist, and SOCK_CLOEXEC with them. */
  public abstract boolean hasAtomicCloseOnExec();

  /** Whether AF_UNIX has names outside the file system, which begin with a NUL. */
  public abstract boolean hasAbstractNames();

  /** Whether fchmod(2) on a socket sets the permissions of the path that bind(2) creates. */
  public abstract boolean hasSocketModes();

  /** How it lays out what epoll(7) tells; nothing where there is no epoll. */
  public abstract Optional<EpollEvent> epollEvent();

  /** How it lays out what a signal does. */
  public abstract SigAction sigAction();

  /**
   * Signals to wake a thread with, which neither the C library nor the JDK uses, the best first.
   */
  public abstract List<Integer> spareSignals();

  /** RTLD_DEFAULT of dlsym(3): whatever library has the name. */
  public abstract long rtldDefault();

  /** How it lays out a set of signals. */
  public abstract SigSet sigSet();

  /** Whether a look at a message, MSG_PEEK, gives descriptors; macOS gives zeros for them. */
  public abstract boolean givesDescriptorsToPeek();

  /** How it lays out socket addresses. */
  public abstract SockAddr sockAddr();

  /** How it lays out the header of a message. */
  public abstract MsgHdr msgHdr();

  /** How it lays out ancillary data. */
  public abstract Cmsg cmsg();

  /** How it tells who is at the other end of a Unix socket. */
  public abstract Credentials credentials();

  abstract OptionalLong ofHeader(Header header);

  /** The package of jnr-constants that holds this system's enums. */
  abstract String jnrPackage();

  /** The constant of that name in this system's own enum, or null. */
  @SuppressWarnings({"rawtypes", "unchecked"})
  private @Nullable Constant jnrConstant(String type, String name) {
    try {
      Class<?> values = Class.forName(jnrPackage() + "." + type);
      return (Constant) Enum.valueOf((Class<? extends Enum>) values.asSubclass(Enum.class), name);
    } catch (ClassNotFoundException | IllegalArgumentException e) {
      return null;
    }
  }

  /** The system's name as people write it. */
  @Override
  public String toString() {
    return system;
  }
}
