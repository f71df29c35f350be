/**
 * POSIX inter-process communication: the operating system's own calls, typed.
 *
 * <p>{@link org.posixipc} is the API; {@link org.posixipc.libc} is the C library as it stands, for
 * callers who want the calls themselves; {@link org.posixipc.server} has servers over the API.
 */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module org.posixipc {
  requires org.jnrproject.ffi;
  requires org.jnrproject.posix;
  requires transitive org.jnrproject.constants;
  // JNR's modules are automatic and can't say that the code they generate needs asm.
  requires org.objectweb.asm;
  requires org.objectweb.asm.util;
  requires static org.jspecify;

  exports org.posixipc;
  exports org.posixipc.libc;
  exports org.posixipc.server;
}
