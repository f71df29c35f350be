package org.posixipc.server;

/**
 * Hears of what went wrong in a server and didn't end it.
 *
 * <ul>
 *   <li>Each connection that ended badly: what its handler threw, or how its program ended.
 *   <li>Each trouble of {@code accept(2)}, and each thread or process that can't be had for a
 *       connection: once, when it begins. {@code EMFILE}, {@code ENFILE}, {@code ENOBUFS} and
 *       {@code ENOMEM} are a shortage, {@code EPERM} is a rule of the system's; the server pauses,
 *       for 100 ms at most, and tries again. The next connection that is served ends the trouble.
 *   <li>Not a connection that was over before it was accepted: {@code ECONNABORTED}, or an error of
 *       its network ({@code ENETDOWN}, {@code EPROTO}, {@code ENOPROTOOPT}, {@code EHOSTDOWN},
 *       {@code EHOSTUNREACH}, {@code EOPNOTSUPP}, {@code ENETUNREACH}). The server takes the next
 *       at once: a client that hangs up is no failure, and must not fill a log. More than a
 *       thousand in a row are a trouble as above.
 * </ul>
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/accept.2.html">accept(2), Error handling</a>
 */
@FunctionalInterface
public interface FailureListener {
  /**
   * Something went wrong. Called on the thread that met it, and on several at once.
   *
   * @param what what failed, such as {@code serving socket(INET4, STREAM, fd 9)}
   * @param cause why
   */
  void failed(String what, Throwable cause);
}
