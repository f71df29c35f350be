package org.posixipc.jmh;

/** For a JVM that a test starts. */
final class ClassPath {
  private ClassPath() {}

  /** Surefire's own class path is one jar with the real one in its manifest. */
  static String whole() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
