package org.posixipc.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The models that serve by threads of this process. */
enum ThreadModel {
  SERIAL,
  THREADS,
  POOL,
  VIRTUAL_THREADS;

  ServerModel serving(ConnectionHandler handler) {
    return switch (this) {
      case SERIAL -> ServerModel.serial(handler);
      case THREADS -> ServerModel.threadPerConnection(handler);
      case POOL -> ServerModel.pool(handler, 4, 4, Overload.WAIT_IN_BACKLOG);
      case VIRTUAL_THREADS -> {
        assumeTrue(Runtime.version().feature() >= 21, "virtual threads came with JDK 21");
        yield ServerModel.virtualThreadPerConnection(handler);
      }
    };
  }
}
