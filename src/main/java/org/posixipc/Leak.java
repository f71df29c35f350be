package org.posixipc;

import java.lang.ref.Cleaner;
import org.jspecify.annotations.Nullable;

/**
 * Reports descriptors that are dropped unclosed, when {@code -Dorg.posixipc.leaks=on} asks for it.
 * Otherwise nothing is watched, and nothing is paid.
 */
final class Leak implements Runnable {
  private static final System.Logger LOGGER = System.getLogger("org.posixipc");
  private static final @Nullable Cleaner CLEANER =
      "on".equals(System.getProperty("org.posixipc.leaks")) ? Cleaner.create() : null;

  private final int number;
  private final Throwable creation;
  private Cleaner.@Nullable Cleanable cleanable;
  private volatile boolean closed;

  private Leak(int number) {
    this.number = number;
    this.creation = new Throwable("created here");
  }

  static @Nullable Leak watch(FileDescriptor descriptor) {
    if (CLEANER == null) {
      return null;
    }
    Leak leak = new Leak(descriptor.number);
    leak.cleanable = CLEANER.register(descriptor, leak);
    return leak;
  }

  static void forget(@Nullable Leak leak) {
    if (leak != null && leak.cleanable != null) {
      leak.closed = true;
      leak.cleanable.clean();
    }
  }

  /** Runs when the descriptor is unreachable, or when {@link #forget} is called. */
  @Override
  public void run() {
    if (!closed) {
      LOGGER.log(
          System.Logger.Level.WARNING,
          "fd " + number + " was never closed; whoever owns it must close it",
          creation);
    }
  }
}
