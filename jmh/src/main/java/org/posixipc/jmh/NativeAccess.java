package org.posixipc.jmh;

import java.util.List;

/** What a JVM that loads a native library, or runs JMH, must be told so as not to warn. */
final class NativeAccess {
  private static final int RESTRICTED = 22;
  private static final int UNSAFE_WARNS = 24;

  private NativeAccess() {}

  static List<String> jvmOptions() {
    int version = Runtime.version().feature();
    if (version >= UNSAFE_WARNS) {
      return List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
    }
    return version >= RESTRICTED ? List.of("--enable-native-access=ALL-UNNAMED") : List.of();
  }
}
