package org.posixipc.server;

/** What becomes of a connection that comes when all threads of a pool and its queue are taken. */
public enum Overload {
  /**
   * It waits in the kernel's backlog until there is room. Clients wait; what the backlog has no
   * room for, the kernel refuses or has wait, by its own rules.
   */
  WAIT_IN_BACKLOG,

  /**
   * It is accepted and closed at once: the client reads end of file, or gets ECONNRESET if it has
   * sent something.
   */
  REFUSE,

  /** The accepting thread serves it, and accepts nothing meanwhile. */
  CALLER_RUNS
}
