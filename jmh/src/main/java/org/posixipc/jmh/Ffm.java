package org.posixipc.jmh;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * read(2) and write(2) through the JDK's foreign functions ({@code java.lang.foreign}), with errno
 * kept as JNR keeps it. The classes are final since JDK 22 and not there in 17, so that all of them
 * are found by name; the handles that come of it are constants, and calling them costs no look-up.
 */
final class Ffm {
  private static final ByteBuffer ERRNO =
      ByteBuffer.allocateDirect(8).order(ByteOrder.nativeOrder());
  private static final MethodHandle READ = handle("read");
  private static final MethodHandle WRITE = handle("write");

  private Ffm() {}

  static long read(int number, long address, long count) {
    try {
      return (long) READ.invokeExact(number, address, count);
    } catch (Throwable e) {
      throw new IllegalStateException("read", e);
    }
  }

  static long write(int number, long address, long count) {
    try {
      return (long) WRITE.invokeExact(number, address, count);
    } catch (Throwable e) {
      throw new IllegalStateException("write", e);
    }
  }

  /** Of the last call that failed, whoever made it: one thread alone is told its own. */
  static int errno() {
    return ERRNO.getInt(0);
  }

  /** {@code ssize_t call(int, void *, size_t)}, whose address is a long, as in LibC. */
  private static MethodHandle handle(String call) {
    try {
      Class<?> linkerType = Class.forName("java.lang.foreign.Linker");
      Object linker = linkerType.getMethod("nativeLinker").invoke(null);
      Object lookup = linkerType.getMethod("defaultLookup").invoke(linker);
      Class<?> lookupType = Class.forName("java.lang.foreign.SymbolLookup");
      Optional<?> symbol =
          (Optional<?>) lookupType.getMethod("find", String.class).invoke(lookup, call);
      Class<?> optionType = Class.forName("java.lang.foreign.Linker$Option");
      Object options = Array.newInstance(optionType, 1);
      Method capture = optionType.getMethod("captureCallState", String[].class);
      Array.set(options, 0, capture.invoke(null, (Object) new String[] {"errno"}));
      Class<?> segmentType = Class.forName("java.lang.foreign.MemorySegment");
      MethodHandle handle =
          (MethodHandle)
              linkerType
                  .getMethod("downcallHandle", segmentType, descriptorType(), options.getClass())
                  .invoke(linker, symbol.orElseThrow(), descriptor(), options);
      Object state = segmentType.getMethod("ofBuffer", java.nio.Buffer.class).invoke(null, ERRNO);
      return MethodHandles.insertArguments(handle, 0, state)
          .asType(MethodType.methodType(long.class, int.class, long.class, long.class));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("java.lang.foreign isn't what it was in JDK 22", e);
    }
  }

  private static Class<?> descriptorType() throws ClassNotFoundException {
    return Class.forName("java.lang.foreign.FunctionDescriptor");
  }

  private static Object descriptor() throws ReflectiveOperationException {
    Class<?> layoutType = Class.forName("java.lang.foreign.MemoryLayout");
    Class<?> values = Class.forName("java.lang.foreign.ValueLayout");
    Object integer = values.getField("JAVA_INT").get(null);
    Object wide = values.getField("JAVA_LONG").get(null);
    Object parameters = Array.newInstance(layoutType, 3);
    Array.set(parameters, 0, integer);
    Array.set(parameters, 1, wide);
    Array.set(parameters, 2, wide);
    return descriptorType()
        .getMethod("of", layoutType, parameters.getClass())
        .invoke(null, wide, parameters);
  }
}
