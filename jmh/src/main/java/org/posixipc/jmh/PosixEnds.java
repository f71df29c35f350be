package org.posixipc.jmh;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jnr.constants.platform.AddressFamily;
import jnr.constants.platform.Errno;
import jnr.constants.platform.Sock;
import org.posixipc.FileDescriptor;
import org.posixipc.Pipe;
import org.posixipc.libc.LibC;
import org.posixipc.libc.Native;

/** Connections of this library's: a typed pipe, and sockets by the calls themselves. */
final class PosixEnds {
  private static final LibC LIBC = Native.libc();
  private static final int AF_UNIX = AddressFamily.AF_UNIX.intValue();
  private static final int AF_INET = AddressFamily.AF_INET.intValue();
  private static final int SOCK_STREAM = Sock.SOCK_STREAM.intValue();

  /** struct sockaddr_in: its size, and where it has the four bytes of the address. */
  private static final int SOCKADDR_IN = 16;

  private static final int SIN_ADDR = 4;

  /** For the kernel to read and write; static, so reachable through every call. */
  private static final ByteBuffer STRUCT = struct(SOCKADDR_IN);

  private static final ByteBuffer LENGTH = struct(Integer.BYTES);

  private PosixEnds() {}

  static Ends pipe(int capacity) throws IOException {
    Pipe pipe = capacity == 0 ? Pipe.open() : Pipe.open(capacity);
    return new Ends(pipe.readEnd(), pipe.writeEnd());
  }

  static synchronized Ends socketPair() throws IOException {
    check("socketpair", LIBC.socketpair(AF_UNIX, SOCK_STREAM, 0, Native.address(STRUCT)));
    return new Ends(FileDescriptor.adopt(STRUCT.getInt(0)), FileDescriptor.adopt(STRUCT.getInt(4)));
  }

  static synchronized Ends tcp() throws IOException {
    try (FileDescriptor listener = tcpSocket();
        FileDescriptor client = tcpSocket()) {
      // A fresh socket's name has the family where this system wants it, and zeros.
      name(listener);
      STRUCT.put(SIN_ADDR, new byte[] {127, 0, 0, 1});
      check("bind", LIBC.bind(listener.number(), Native.address(STRUCT), SOCKADDR_IN));
      check("listen", LIBC.listen(listener.number(), 1));
      name(listener);
      check("connect", LIBC.connect(client.number(), Native.address(STRUCT), SOCKADDR_IN));
      int accepted = check("accept", LIBC.accept(listener.number(), 0, 0));
      return new Ends(FileDescriptor.adopt(accepted), client.duplicate());
    }
  }

  private static FileDescriptor tcpSocket() throws IOException {
    return FileDescriptor.adopt(check("socket", LIBC.socket(AF_INET, SOCK_STREAM, 0)));
  }

  /** Stores the socket's address in {@link #STRUCT}. */
  private static void name(FileDescriptor socket) throws IOException {
    LENGTH.putInt(0, SOCKADDR_IN);
    long length = Native.address(LENGTH);
    check("getsockname", LIBC.getsockname(socket.number(), Native.address(STRUCT), length));
  }

  private static ByteBuffer struct(int size) {
    return ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
  }

  private static int check(String call, int result) throws IOException {
    if (result < 0) {
      throw new IOException(call + ": " + Errno.valueOf(Native.errno()));
    }
    return result;
  }
}
