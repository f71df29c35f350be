package org.posixipc;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.posixipc.internal.abi.Abi;

/**
 * {@code sockaddr(3type)}: where a socket is, or speaks to.
 *
 * <p>Values: equal when they name the same place, and written as people write them: {@code
 * unix:/run/x.sock}, {@code unix:@name}, {@code 127.0.0.1:80}, {@code [::1]:80}.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/sockaddr.3type.html">sockaddr(3type)</a>
 */
public sealed interface SocketAddress {
  /**
   * The family that a socket for this address has.
   *
   * @return the family
   */
  AddressFamily family();

  /**
   * A Unix socket's path.
   *
   * @param path the path, in the default file system
   * @return its address
   * @throws IllegalArgumentException if it is longer than {@code sun_path}, 108 bytes on Linux and
   *     104 on macOS
   */
  static UnixPath unix(Path path) {
    return new UnixPath(NativePath.bytes(path));
  }

  /**
   * A Unix socket's name outside the file system, which Linux alone has. It goes when the socket
   * does, and has no permissions: whoever is in the same network namespace may connect.
   *
   * @param name any bytes, NULs among them, without the NUL that the kernel wants before them
   * @return its address
   * @throws IllegalArgumentException if it is longer than 107 bytes
   * @throws UnsupportedOperationException on macOS
   */
  static UnixAbstract abstractUnix(byte[] name) {
    return new UnixAbstract(name);
  }

  /**
   * An IPv4 or IPv6 address.
   *
   * @param host a literal such as {@code 127.0.0.1}, {@code ::1} or {@code fe80::1%eth0}, or a name
   *     that the JDK resolves
   * @param port 0 to 65535; 0 lets the kernel choose when it is bound to
   * @return its address
   * @throws UnknownHostException if the name has no address
   * @throws IllegalArgumentException if the port is out of range
   */
  static SocketAddress inet(String host, int port) throws UnknownHostException {
    return of(InetAddress.getByName(host), port);
  }

  /**
   * The same address as the JDK writes it.
   *
   * @param address resolved
   * @return its address here
   * @throws IllegalArgumentException if it is unresolved
   */
  static SocketAddress of(InetSocketAddress address) {
    if (address.isUnresolved()) {
      throw new IllegalArgumentException("the host has no address yet: " + address);
    }
    return of(address.getAddress(), address.getPort());
  }

  /**
   * The same path as the JDK writes it.
   *
   * @param address with a path, or the empty path of an unnamed socket
   * @return its address here
   */
  static SocketAddress of(UnixDomainSocketAddress address) {
    Path path = address.getPath();
    return path.toString().isEmpty() ? new UnixUnnamed() : unix(path);
  }

  private static SocketAddress of(InetAddress address, int port) {
    return address instanceof Inet6Address inet6
        ? new Inet6(inet6, port)
        : new Inet4((Inet4Address) address, port);
  }

  /**
   * A path in the file system. The kernel knows it as bytes, in no particular charset.
   *
   * @param bytes what stands in {@code sun_path}, without a NUL; 1 to 108 bytes, 104 on macOS
   */
  @SuppressWarnings("ArrayRecordComponent") // copied on the way in and out, compared by content
  record UnixPath(byte[] bytes) implements SocketAddress {
    /**
     * Checks the length, and that no NUL would end the path early.
     *
     * @param bytes copied
     */
    public UnixPath {
      int limit = Abi.host().sockAddr().pathSize();
      if (bytes.length == 0) {
        throw new IllegalArgumentException("a Unix path has 1 byte or more, this one is empty");
      }
      if (bytes.length > limit) {
        throw new IllegalArgumentException(
            "a Unix path holds at most %d bytes on %s, this one has %d: %s"
                .formatted(limit, Abi.host(), bytes.length, AddressText.printable(bytes)));
      }
      for (byte b : bytes) {
        if (b == 0) {
          throw new IllegalArgumentException(
              "a Unix path has no NUL, this one has: " + AddressText.printable(bytes));
        }
      }
      bytes = bytes.clone();
    }

    /** {@return a copy} */
    @Override
    public byte[] bytes() {
      return bytes.clone();
    }

    /**
     * The path as the JDK has it, with the same bytes, also where no text has them.
     *
     * @return the path, in the default file system
     */
    public Path path() {
      return NativePath.path(bytes);
    }

    @Override
    public AddressFamily family() {
      return AddressFamily.UNIX;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof UnixPath path && Arrays.equals(bytes, path.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
      return "unix:" + AddressText.printable(bytes);
    }
  }

  /**
   * A name outside the file system.
   *
   * @param name what follows the NUL in {@code sun_path}; any bytes, 107 at most
   */
  @SuppressWarnings("ArrayRecordComponent") // copied on the way in and out, compared by content
  record UnixAbstract(byte[] name) implements SocketAddress {
    /**
     * Checks that this system has such names, and the length.
     *
     * @param name copied
     */
    public UnixAbstract {
      if (!Abi.host().hasAbstractNames()) {
        throw new UnsupportedOperationException(
            Abi.host() + " has no abstract names for Unix sockets; use a path");
      }
      int limit = Abi.host().sockAddr().pathSize() - 1;
      if (name.length > limit) {
        throw new IllegalArgumentException(
            "an abstract name holds at most %d bytes, this one has %d: %s"
                .formatted(limit, name.length, AddressText.printable(name)));
      }
      name = name.clone();
    }

    /** {@return a copy} */
    @Override
    public byte[] name() {
      return name.clone();
    }

    @Override
    public AddressFamily family() {
      return AddressFamily.UNIX;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof UnixAbstract that && Arrays.equals(name, that.name);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(name);
    }

    @Override
    public String toString() {
      return "unix:@" + AddressText.printable(name);
    }
  }

  /** A Unix socket that was not bound, or an end of a pair. Binding to it on Linux picks a name. */
  record UnixUnnamed() implements SocketAddress {
    @Override
    public AddressFamily family() {
      return AddressFamily.UNIX;
    }

    @Override
    public String toString() {
      return "unix:";
    }
  }

  /**
   * A host and a port, by IPv4.
   *
   * @param address the host
   * @param port 0 to 65535
   */
  record Inet4(Inet4Address address, int port) implements SocketAddress {
    /**
     * Checks the port.
     *
     * @param address the host
     * @param port 0 to 65535
     */
    public Inet4 {
      Objects.requireNonNull(address);
      AddressText.checkPort(port);
    }

    /**
     * The same address as the JDK writes it.
     *
     * @return its address there
     */
    public InetSocketAddress toInetSocketAddress() {
      return new InetSocketAddress(address, port);
    }

    @Override
    public AddressFamily family() {
      return AddressFamily.INET4;
    }

    @Override
    public String toString() {
      return address.getHostAddress() + ":" + port;
    }
  }

  /**
   * A host and a port, by IPv6.
   *
   * @param address the host, with the interface that a link-local address is on
   * @param port 0 to 65535
   */
  record Inet6(Inet6Address address, int port) implements SocketAddress {
    /**
     * Checks the port.
     *
     * @param address the host
     * @param port 0 to 65535
     */
    public Inet6 {
      Objects.requireNonNull(address);
      AddressText.checkPort(port);
    }

    /**
     * The same address as the JDK writes it.
     *
     * @return its address there
     */
    public InetSocketAddress toInetSocketAddress() {
      return new InetSocketAddress(address, port);
    }

    @Override
    public AddressFamily family() {
      return AddressFamily.INET6;
    }

    // Inet6Address.equals leaves out the scope, without which a link-local address names no place.
    @Override
    public boolean equals(Object other) {
      return other instanceof Inet6 that
          && address.equals(that.address)
          && address.getScopeId() == that.address.getScopeId()
          && port == that.port;
    }

    @Override
    public int hashCode() {
      return 31 * address.hashCode() + port;
    }

    @Override
    public String toString() {
      return "[" + AddressText.inet6(address) + "]:" + port;
    }
  }
}
