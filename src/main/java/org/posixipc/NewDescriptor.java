package org.posixipc;

import java.io.IOException;
import org.posixipc.internal.abi.Abi;

/**
 * Takes ownership of numbers that the kernel has just made, and makes them close-on-exec where the
 * system's calls couldn't do so at once.
 */
final class NewDescriptor {
  private NewDescriptor() {}

  static FileDescriptor own(Abi abi, int number, SocketType carries) throws IOException {
    FileDescriptor descriptor = new FileDescriptor(number, null, carries);
    makeOurs(abi, descriptor, descriptor);
    return descriptor;
  }

  /** Two ints that pipe(2) or socketpair(2) stored at the area's first byte. */
  static FileDescriptor[] ownPair(Abi abi, Scratch.Area pair, SocketType carries)
      throws IOException {
    FileDescriptor first = new FileDescriptor(pair.buffer.getInt(0), null, carries);
    FileDescriptor second = new FileDescriptor(pair.buffer.getInt(Integer.BYTES), null, carries);
    makeOurs(abi, first, second);
    return new FileDescriptor[] {first, second};
  }

  /** Both or, where that fails, neither: they are closed. */
  private static void makeOurs(Abi abi, FileDescriptor first, FileDescriptor second)
      throws IOException {
    if (abi.hasAtomicCloseOnExec()) {
      first.ownBlocking();
      second.ownBlocking();
      return;
    }
    // Here an accepted socket has the listener's O_NONBLOCK as well: it is asked for each time.
    try {
      first.closeOnExec();
      second.closeOnExec();
    } catch (IOException e) {
      try (first;
          second) {
        throw e;
      }
    }
  }
}
