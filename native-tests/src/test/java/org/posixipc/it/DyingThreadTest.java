package org.posixipc.it;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posixipc.SocketPair;
import org.posixipc.SocketType;
import org.posixipc.fixture.Descriptors;
import org.posixipc.fixture.ThreadKind;

/** A thread that dies in the middle of a call, of an Error, takes no descriptor with it. */
class DyingThreadTest {
  private static final int LARGE = 4 << 20;

  /** There is no room for the copy of so large a message, which the call finds out inside. */
  static final class OutOfMemory {
    public static void main(String[] args) throws Exception {
      ThreadKind kind = ThreadKind.valueOf(System.getProperty("kind"));
      try (SocketPair pair = SocketPair.open(SocketType.SEQPACKET)) {
        int number = pair.first().descriptor().number();
        Thread thread = kind.unstarted("dies", () -> write(pair, ByteBuffer.allocate(LARGE)));
        thread.setUncaughtExceptionHandler(
            (dead, e) -> System.out.println(e.getClass().getSimpleName()));
        thread.start();
        thread.join();

        pair.first().close();

        System.out.println("open: " + Descriptors.isOpen(number));
        try {
          pair.first().write(ByteBuffer.allocate(1));
        } catch (ClosedChannelException e) {
          System.out.println("closed");
        }
      }
    }

    private static void write(SocketPair pair, ByteBuffer src) {
      try {
        pair.first().write(src);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void itsDescriptorIsClosedAsEver(ThreadKind kind) throws Exception {
    kind.assumeExists();
    ChildJvm.running(OutOfMemory.class)
        .options("-XX:MaxDirectMemorySize=2m", "-Dkind=" + kind)
        .run()
        .assertPrinted("OutOfMemoryError", "open: false", "closed");
  }
}
