package org.posixipc.jmh;

import java.nio.file.Files;
import java.nio.file.Path;

/** Programs to start: our own small ones in C, or the system's where there was no compiler. */
final class Children {
  private Children() {}

  /** Ends at once, and well. */
  static String nothing() {
    return program("nothing_static", "true");
  }

  /** Gives back what it gets, until nobody sends any more. */
  static String echo() {
    return program("echo_static", "cat");
  }

  private static String program(String ours, String systems) {
    Path program = CPrograms.folder().resolve(ours);
    return Files.isExecutable(program) ? program.toString() : systems;
  }
}
