package org.posixipc;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Virtual threads, which JDK 21 and later have, for a library that is compiled for 17. */
final class VirtualThreads {
  private static final MethodType NO_ARGUMENT = MethodType.methodType(boolean.class);

  /** {@code Thread.isVirtual()}; before JDK 21, that no thread is. */
  private static final MethodHandle IS_VIRTUAL;

  private static final boolean EXIST;

  static {
    MethodHandle isVirtual = null;
    try {
      isVirtual = MethodHandles.publicLookup().findVirtual(Thread.class, "isVirtual", NO_ARGUMENT);
    } catch (NoSuchMethodException e) {
      // Before JDK 21.
    } catch (IllegalAccessException e) {
      throw new ExceptionInInitializerError(e);
    }
    EXIST = isVirtual != null;
    IS_VIRTUAL =
        isVirtual != null
            ? isVirtual
            : MethodHandles.dropArguments(
                MethodHandles.constant(boolean.class, false), 0, Thread.class);
  }

  private VirtualThreads() {}

  /** Whether the calling thread may leave its carrier to others while it waits. */
  static boolean isCurrent() {
    return EXIST && isVirtual(Thread.currentThread());
  }

  private static boolean isVirtual(Thread thread) {
    try {
      return (boolean) IS_VIRTUAL.invokeExact(thread);
    } catch (Throwable e) {
      throw new LinkageError("Thread.isVirtual", e);
    }
  }

  /** Starts a virtual thread. */
  static void start(String name, Runnable work) {
    try {
      Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
      Class<?> type = Class.forName("java.lang.Thread$Builder$OfVirtual");
      Object named = type.getMethod("name", String.class).invoke(builder, name);
      Class<?> builderType = Class.forName("java.lang.Thread$Builder");
      builderType.getMethod("inheritInheritableThreadLocals", boolean.class).invoke(named, false);
      type.getMethod("start", Runnable.class).invoke(named, work);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("Thread.ofVirtual, of JDK 21 and later", e);
    }
  }
}
