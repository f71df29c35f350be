package org.posixipc.jmh;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.function.IntSupplier;
import org.posixipc.libc.LibC;
import org.posixipc.libc.Native;

/** Calls that take an address, which is remembered as long as the buffer stays the same one. */
final class AddressCalls implements NumberChannel.Calls {
  private interface Call {
    long call(int number, long address, long count);
  }

  private final Call read;
  private final Call write;
  private final IntSupplier errno;
  private ByteBuffer last = ByteBuffer.allocateDirect(1);
  private long address = Native.address(last);

  private AddressCalls(Call read, Call write, IntSupplier errno) {
    this.read = read;
    this.write = write;
    this.errno = errno;
  }

  static AddressCalls ofLibC() {
    LibC libc = Native.libc();
    return new AddressCalls(libc::read, libc::write, Native::errno);
  }

  static AddressCalls ofFfm() {
    return new AddressCalls(Ffm::read, Ffm::write, Ffm::errno);
  }

  @Override
  public long read(int number, ByteBuffer buffer) {
    return call(read, number, buffer);
  }

  @Override
  public long write(int number, ByteBuffer buffer) {
    return call(write, number, buffer);
  }

  @Override
  public int errno() {
    return errno.getAsInt();
  }

  private long call(Call call, int number, ByteBuffer buffer) {
    try {
      return call.call(number, addressOf(buffer) + buffer.position(), buffer.remaining());
    } finally {
      Reference.reachabilityFence(buffer);
    }
  }

  @SuppressWarnings("ReferenceEquality") // another buffer with equal bytes is elsewhere
  private long addressOf(ByteBuffer buffer) {
    if (last != buffer) {
      address = Native.address(buffer) - buffer.position();
      last = buffer;
    }
    return address;
  }
}
