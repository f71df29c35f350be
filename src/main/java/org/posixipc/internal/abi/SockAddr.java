package org.posixipc.internal.abi;

import java.nio.ByteBuffer;

/**
 * {@code struct sockaddr_un}, {@code sockaddr_in} and {@code sockaddr_in6}: socket addresses, which
 * BSD systems begin with a length byte and a byte for the family, Linux with two bytes for the
 * family. Ports and IP addresses are in network order, the scope in the host's.
 *
 * <p>Every method writes or reads from the buffer's first byte. What the kernel wrote is not
 * trusted: a length beyond the buffer counts as the buffer's.
 *
 * @param hasLength whether the first byte is the length
 * @param pathSize the bytes of {@code sun_path}
 * @param inet6 the value of AF_INET6; AF_UNIX and AF_INET are 1 and 2 everywhere
 * @see <a href="https://man7.org/linux/man-pages/man3/sockaddr.3type.html">sockaddr(3type)</a>
 */
public record SockAddr(boolean hasLength, int pathSize, int inet6) {
  /** Of {@code struct sockaddr_storage}: room for an address of any family. */
  public static final int STORAGE_SIZE = 128;

  /** AF_UNSPEC: the family of no address. */
  public static final int UNSPEC = 0;

  public static final int UNIX = 1;
  public static final int INET = 2;

  private static final int PATH = 2;
  private static final int PORT = 2;
  private static final int INET_ADDRESS = 4;
  private static final int INET_SIZE = 16;
  private static final int INET6_ADDRESS = 8;
  private static final int INET6_SCOPE = 24;
  private static final int INET6_SIZE = 28;

  /** A family and nothing else; returns the length. */
  public int putFamily(ByteBuffer addr, int family) {
    return begin(addr, family, hasLength ? INET_SIZE : PATH);
  }

  /**
   * The bytes of {@code sun_path}, with a NUL behind them where there is room; returns the length.
   */
  public int putPath(ByteBuffer addr, byte[] path) {
    int size = PATH + Math.min(path.length + 1, pathSize);
    begin(addr, UNIX, size);
    addr.put(PATH, path);
    if (path.length < pathSize) {
      addr.put(PATH + path.length, (byte) 0);
    }
    return size;
  }

  /** A name outside the file system: a NUL, and the name to the end; returns the length. */
  public int putAbstract(ByteBuffer addr, byte[] name) {
    int size = PATH + 1 + name.length;
    begin(addr, UNIX, size);
    addr.put(PATH, (byte) 0);
    addr.put(PATH + 1, name);
    return size;
  }

  /** Four bytes of address; returns the length. */
  public int putInet(ByteBuffer addr, byte[] address, int port) {
    begin(addr, INET, INET_SIZE);
    putPort(addr, port);
    addr.put(INET_ADDRESS, address);
    return INET_SIZE;
  }

  /** Sixteen bytes of address, and the interface for a link-local one; returns the length. */
  public int putInet6(ByteBuffer addr, byte[] address, int port, int scope) {
    begin(addr, inet6, INET6_SIZE);
    putPort(addr, port);
    addr.put(INET6_ADDRESS, address);
    addr.putInt(INET6_SCOPE, scope);
    return INET6_SIZE;
  }

  /** The family; {@link #UNSPEC} where the kernel gave no address at all. */
  public int family(ByteBuffer addr, int length) {
    if (clamp(addr, length) < PATH) {
      return UNSPEC;
    }
    return hasLength ? addr.get(1) & 0xff : addr.getShort(0) & 0xffff;
  }

  /** All bytes of {@code sun_path} that the length covers: a path and NULs, or a NUL and a name. */
  public byte[] path(ByteBuffer addr, int length) {
    byte[] path = new byte[Math.max(0, clamp(addr, length) - PATH)];
    if (path.length > 0) {
      addr.get(PATH, path);
    }
    return path;
  }

  /** The port of an address of INET or INET6. */
  public int port(ByteBuffer addr) {
    return ((addr.get(PORT) & 0xff) << 8) | (addr.get(PORT + 1) & 0xff);
  }

  /** Four bytes. */
  public byte[] inetAddress(ByteBuffer addr) {
    byte[] address = new byte[4];
    addr.get(INET_ADDRESS, address);
    return address;
  }

  /** Sixteen bytes. */
  public byte[] inet6Address(ByteBuffer addr) {
    byte[] address = new byte[16];
    addr.get(INET6_ADDRESS, address);
    return address;
  }

  /** The number of the interface, 0 for none. */
  public int inet6Scope(ByteBuffer addr) {
    return addr.getInt(INET6_SCOPE);
  }

  /** Whether the length covers a whole address of the family. */
  public boolean isWhole(ByteBuffer addr, int length) {
    int family = family(addr, length);
    int need = family == inet6 ? INET6_SIZE : family == INET ? INET_SIZE : PATH;
    return clamp(addr, length) >= need;
  }

  private int begin(ByteBuffer addr, int family, int size) {
    for (int i = 0; i < Math.min(INET6_SIZE, addr.capacity()); i++) {
      addr.put(i, (byte) 0);
    }
    if (hasLength) {
      addr.put(0, (byte) size);
      addr.put(1, (byte) family);
    } else {
      addr.putShort(0, (short) family);
    }
    return size;
  }

  private static void putPort(ByteBuffer addr, int port) {
    addr.put(PORT, (byte) (port >> 8));
    addr.put(PORT + 1, (byte) port);
  }

  private static int clamp(ByteBuffer addr, int length) {
    return Math.max(0, Math.min(length, addr.capacity()));
  }
}
