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

  int capget(@intptr_t long header, @intptr_t long data);

  int capset(@intptr_t long header, @intptr_t long data);
}
