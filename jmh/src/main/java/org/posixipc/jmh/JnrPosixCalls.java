package org.posixipc.jmh;

import java.nio.ByteBuffer;
import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;

/** jnr-posix's calls, which take the buffer itself, from its position. */
final class JnrPosixCalls implements NumberChannel.Calls {
  private final POSIX posix = POSIXFactory.getNativePOSIX();

  @Override
  public long read(int number, ByteBuffer buffer) {
    return posix.read(number, buffer, buffer.remaining());
  }

  @Override
  public long write(int number, ByteBuffer buffer) {
    return posix.write(number, buffer, buffer.remaining());
  }

  @Override
  public int errno() {
    return posix.errno();
  }
}
