package org.posixipc.jmh;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Platform;
import org.posixipc.libc.Native;

/**
 * The CPUs that the writing and the reading thread stay on; {@link #ANY} leaves them to the kernel.
 *
 * <p>A fork is told by a system property. The JVM's other threads, its compilers above all, stay
 * free: they would be measured otherwise.
 */
record Cpus(int writer, int reader) {
  static final int ANY = -1;
  static final Cpus FREE = new Cpus(ANY, ANY);

  /** Of a cpu_set_t in glibc: 1,024 CPUs. */
  private static final int MASK_BYTES = 128;

  private static final String PROPERTY = "posixipc.cpus";

  /** What this JVM was told. */
  static Cpus ofThisJvm() {
    String[] numbers = System.getProperty(PROPERTY, ANY + "," + ANY).split(",", 2);
    return new Cpus(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
  }

  /** For people, behind the name of a placement; empty if the kernel chooses. */
  @Override
  public String toString() {
    return equals(FREE) ? "" : ": writer on CPU " + writer + ", reader on CPU " + reader;
  }

  /** What a fork is to be told. */
  String jvmOption() {
    return "-D" + PROPERTY + "=" + writer + "," + reader;
  }

  /** Keeps the calling thread on {@code cpu} from now on, and what it starts: Linux alone. */
  static void pin(int cpu) throws IOException {
    if (cpu == ANY) {
      return;
    }
    // A cpu_set_t is an array of longs.
    ByteBuffer mask = ByteBuffer.allocateDirect(MASK_BYTES).order(ByteOrder.nativeOrder());
    mask.putLong((cpu / Long.SIZE) * Long.BYTES, 1L << (cpu % Long.SIZE));
    try {
      if (Calls.LIBC.sched_setaffinity(0, MASK_BYTES, Native.address(mask)) < 0) {
        throw new IOException("can't keep a thread on CPU " + cpu + ": errno " + Native.errno());
      }
    } finally {
      Reference.reachabilityFence(mask);
    }
  }

  /** Loaded where a placement asks for it. */
  private static final class Calls {
    static final SchedLibC LIBC =
        LibraryLoader.create(SchedLibC.class)
            .load(Platform.getNativePlatform().getStandardCLibraryName());
  }
}
