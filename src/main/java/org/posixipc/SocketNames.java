package org.posixipc;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.posixipc.internal.abi.Abi;
import org.posixipc.internal.abi.SockAddr;
import org.posixipc.libc.LibC;
import org.posixipc.libc.Native;

/** {@link SocketAddress} to and from the kernel's structs. */
final class SocketNames {
  private static final LibC LIBC = Native.libc();
  private static final Abi ABI = Abi.host();

  private SocketNames() {}

  /** Writes the address at the buffer's first byte; returns its length. */
  static int encode(SockAddr abi, ByteBuffer addr, SocketAddress address) {
    // Sealed, and a switch over patterns came with 21.
    if (address instanceof SocketAddress.UnixPath unix) {
      return abi.putPath(addr, unix.bytes());
    }
    if (address instanceof SocketAddress.UnixAbstract unix) {
      return abi.putAbstract(addr, unix.name());
    }
    if (address instanceof SocketAddress.Inet4 inet) {
      return abi.putInet(addr, inet.address().getAddress(), inet.port());
    }
    if (address instanceof SocketAddress.Inet6 inet) {
      return abi.putInet6(
          addr, inet.address().getAddress(), inet.port(), inet.address().getScopeId());
    }
    return abi.putFamily(addr, SockAddr.UNIX);
  }

  /**
   * The address that the kernel wrote at the buffer's first byte.
   *
   * @throws IOException if it is of a family that this library doesn't know, or cut off
   */
  static SocketAddress decode(Abi abi, ByteBuffer addr, int length) throws IOException {
    SockAddr layout = abi.sockAddr();
    int family = layout.family(addr, length);
    if (family == SockAddr.UNSPEC) {
      // The sender of a datagram that was never bound has no address at all, not even a family.
      return new SocketAddress.UnixUnnamed();
    }
    if (family == SockAddr.UNIX) {
      return unix(abi, layout.path(addr, length));
    }
    if (!layout.isWhole(addr, length)) {
      throw new IOException("the kernel gave " + length + " bytes of an address of more");
    }
    if (family == SockAddr.INET) {
      byte[] address = layout.inetAddress(addr);
      return new SocketAddress.Inet4(
          (Inet4Address) InetAddress.getByAddress(address), layout.port(addr));
    }
    if (family == layout.inet6()) {
      return new SocketAddress.Inet6(inet6(layout, addr), layout.port(addr));
    }
    throw new IOException("the kernel gave an address of family " + family);
  }

  private static SocketAddress unix(Abi abi, byte[] path) {
    if (path.length > 0 && path[0] == 0 && abi.hasAbstractNames()) {
      return new SocketAddress.UnixAbstract(Arrays.copyOfRange(path, 1, path.length));
    }
    int end = 0;
    while (end < path.length && path[end] != 0) {
      end++;
    }
    return end == 0
        ? new SocketAddress.UnixUnnamed()
        : new SocketAddress.UnixPath(Arrays.copyOf(path, end));
  }

  private static Inet6Address inet6(SockAddr layout, ByteBuffer addr) throws UnknownHostException {
    // Without a scope InetAddress would turn ::ffff:1.2.3.4 into an IPv4 address.
    int scope = layout.inet6Scope(addr);
    return Inet6Address.getByAddress(null, layout.inet6Address(addr), scope == 0 ? -1 : scope);
  }

  /** Writes the address to this thread's struct memory, good until its next use. */
  static Encoded encode(SocketAddress address) {
    Scratch.Area area = Scratch.ofThread().structs(SockAddr.STORAGE_SIZE);
    return new Encoded(area.address, encode(ABI.sockAddr(), area.buffer, address));
  }

  /** Where the struct is, and its length. */
  record Encoded(long address, int length) {}

  /** {@code getsockname(2)}. */
  static SocketAddress local(FileDescriptor socket) throws IOException {
    return ask(socket, "getsockname", LIBC::getsockname);
  }

  /** {@code getpeername(2)}. */
  static SocketAddress remote(FileDescriptor socket) throws IOException {
    return ask(socket, "getpeername", LIBC::getpeername);
  }

  private interface Asking {
    int ask(int number, long addr, long addrLength);
  }

  private static SocketAddress ask(FileDescriptor socket, String call, Asking asking)
      throws IOException {
    Scratch.Area area = Scratch.ofThread().structs(SockAddr.STORAGE_SIZE + Integer.BYTES);
    long length = area.address + SockAddr.STORAGE_SIZE;
    area.buffer.putInt(SockAddr.STORAGE_SIZE, SockAddr.STORAGE_SIZE);
    socket.held(call, () -> asking.ask(socket.number, area.address, length));
    return decode(ABI, area.buffer, area.buffer.getInt(SockAddr.STORAGE_SIZE));
  }
}
