package org.posixipc.libc;

import jnr.ffi.LibraryLoader;
import jnr.ffi.Platform;
import jnr.ffi.types.intptr_t;

/**
 * Calls of the C library that tests need and the library does not. JNR implements them in a class
 * outside this module, so they stand in a package that is exported.
 */
public interface TestLibC {
  TestLibC INSTANCE =
      LibraryLoader.create(TestLibC.class)
          .load(Platform.getNativePlatform().getStandardCLibraryName());

  int sigaction(int signum, @intptr_t long act, @intptr_t long oldact);

  @intptr_t
  long pthread_self();

  int pthread_kill(@intptr_t long thread, int sig);

  @intptr_t
  long dlsym(@intptr_t long handle, @intptr_t long symbol);

  int capget(@intptr_t long header, @intptr_t long data);

  int capset(@intptr_t long header, @intptr_t long data);
}
