package org.posixipc.it;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.posixipc.Listener;
import org.posixipc.Socket;
import org.posixipc.fixture.Bytes;
import org.posixipc.fixture.Descriptors;

/**
 * A server that opens no socket itself. Each connection is told who serves it, and what it sends is
 * sent back.
 *
 * <p>{@code listeners}: serves one connection of each listener that was passed, in their order.
 * {@code inetd}: serves the connection that is descriptor 0.
 */
final class InheritingServer {
  private InheritingServer() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments[0].equals("inetd")) {
      try (Socket socket = Socket.inherited(0)) {
        serve(socket, socket.family() + " " + socket.type() + " " + socket.descriptor().number());
      }
    } else {
      List<Listener> listeners = Listener.inherited();
      for (Listener listener : listeners) {
        serve(listener);
      }
      System.out.println("ok " + listeners.size() + " then " + Listener.inherited().size());
    }
  }

  private static void serve(Listener listener) throws IOException {
    try (listener;
        Socket socket = listener.accept()) {
      int number = listener.descriptor().number();
      String kind = Descriptors.closeOnExec(number) ? "close-on-exec" : "inheritable";
      serve(socket, listener.name().orElse("nameless") + " " + number + " " + kind);
    }
  }

  private static void serve(Socket socket, String greeting) throws IOException {
    socket.write(Bytes.bytes(greeting + "\n"));
    ByteBuffer all = ByteBuffer.allocate(1 << 16);
    Bytes.fill(socket, all);
    socket.write(all.flip());
    socket.shutdownOutput();
  }
}
