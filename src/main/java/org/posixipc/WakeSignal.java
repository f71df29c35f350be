package org.posixipc;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import jnr.constants.platform.Errno;
import org.posixipc.internal.abi.Abi;
import org.posixipc.internal.abi.SigAction;
import org.posixipc.libc.Native;
import org.posixipc.libc.SignalLibC;

/**
 * A signal that ends the call which a thread waits in, with EINTR, and does nothing else.
 *
 * <p>Its handler is abs(3), a function of one int that harms nobody. It is installed without
 * SA_RESTART, so that the kernel doesn't begin the call anew.
 */
final class WakeSignal {
  private static final SignalLibC LIBC = Native.signals();
  private static final int NUMBER = install();
  private static final int EAGAIN = Abi.host().value(Errno.EAGAIN);

  private WakeSignal() {}

  /**
   * Sends it to a thread that has not ended. EAGAIN: too many signals of this user's are on their
   * way (RLIMIT_SIGPENDING), and become fewer.
   */
  static void send(long thread) {
    Retry.asLongAs(() -> !isSent(thread));
  }

  private static boolean isSent(long thread) {
    int error = LIBC.pthread_kill(thread, NUMBER);
    if (error != 0 && error != EAGAIN) {
      throw new IllegalStateException("pthread_kill: error " + error);
    }
    return error == 0;
  }

  private static int install() {
    try {
      return firstSpare();
    } catch (PosixException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes the first signal that nobody in this process has a handler for. */
  private static int firstSpare() throws PosixException {
    SigAction layout = Abi.host().sigAction();
    Scratch.Area action = new Scratch.Area(layout.size());
    for (int number : Abi.host().spareSignals()) {
      Check.call("sigaction", number, () -> LIBC.sigaction(number, 0, action.address));
      if (layout.handler(action.buffer) == SigAction.DEFAULT) {
        layout.put(action.buffer, harmless());
        Check.call("sigaction", number, () -> LIBC.sigaction(number, action.address, 0));
        return number;
      }
    }
    throw new IllegalStateException(
        "other code of this process has taken all of the signals " + Abi.host().spareSignals());
  }

  private static long harmless() {
    byte[] name = "abs".getBytes(StandardCharsets.US_ASCII);
    Scratch.Area symbol = new Scratch.Area(name.length + 1);
    symbol.buffer.put(0, name);
    long address = LIBC.dlsym(Abi.host().rtldDefault(), symbol.address);
    if (address == 0) {
      throw new IllegalStateException("the C library has no abs");
    }
    return address;
  }
}
