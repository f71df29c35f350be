package org.posixipc.example;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.posixipc.Socket;

/**
 * Gives each client its bytes back: {@code EchoServer MODEL ADDRESS}, such as {@code EchoServer
 * pool 127.0.0.1:7000} or {@code EchoServer process /run/echo.sock}. {@link ServerProgram} has the
 * models.
 */
public final class EchoServer {
  private EchoServer() {}

  /** Serves until it is ended by a signal. */
  public static void main(String[] arguments) throws IOException {
    new ServerProgram(EchoServer.class, EchoServer::echo).run(arguments);
  }

  static void echo(Socket connection) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 14);
    while (connection.read(buffer) >= 0) {
      buffer.flip();
      while (buffer.hasRemaining()) {
        connection.write(buffer);
      }
      buffer.clear();
    }
  }
}
