package org.posixipc.jmh;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import org.posixipc.FileDescriptor;

/**
 * A descriptor by its number, through calls that know nothing of its owner. Direct buffers only.
 */
final class NumberChannel implements ByteChannel {
  /**
   * A channel's own, which one thread uses at a time: read(2) and write(2) of the bytes from a
   * buffer's position to its limit; -1 if they fail.
   */
  interface Calls {
    long read(int number, ByteBuffer buffer);

    long write(int number, ByteBuffer buffer);

    int errno();
  }

  private final FileDescriptor owner;
  private final int number;
  private final Calls calls;

  NumberChannel(FileDescriptor owner, Calls calls) {
    this.owner = owner;
    this.number = owner.number();
    this.calls = calls;
  }

  @Override
  public int read(ByteBuffer dst) throws IOException {
    long count = calls.read(number, dst);
    check(count, "read");
    dst.position(dst.position() + (int) count);
    return count == 0 ? -1 : (int) count;
  }

  @Override
  public int write(ByteBuffer src) throws IOException {
    long count = calls.write(number, src);
    check(count, "write");
    src.position(src.position() + (int) count);
    return (int) count;
  }

  private void check(long count, String call) throws IOException {
    if (count < 0) {
      throw new IOException(call + " failed with errno " + calls.errno());
    }
  }

  @Override
  public boolean isOpen() {
    return owner.isOpen();
  }

  @Override
  public void close() throws IOException {
    owner.close();
  }
}
