package org.posixipc.example;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.posixipc.Binding;
import org.posixipc.Listener;
import org.posixipc.Socket;
import org.posixipc.SocketAddress;
import org.posixipc.Spawn;
import org.posixipc.server.ConnectionHandler;
import org.posixipc.server.Overload;
import org.posixipc.server.ServerModel;
import org.posixipc.server.SocketServer;
import org.posixipc.server.Worker;

/**
 * A program that serves by a model that its user names, and plays the parts of that model's other
 * processes too:
 *
 * <pre>
 *   serial ADDRESS       one connection after the other
 *   threads ADDRESS      a thread for each connection
 *   virtual ADDRESS      a virtual thread for each connection, on JDK 21 and later
 *   pool ADDRESS         16 threads, and 64 connections that wait
 *   process ADDRESS      a process for each connection: this program, as "connection"
 *   workers ADDRESS      two processes that share the listener: this program, as "worker"
 *   connection           serves the connection that is descriptor 0
 *   worker               serves the listener that is descriptor 0, by threads
 *   successor            goes on with the listener that the server at the end of descriptor 0 has
 * </pre>
 *
 * Further arguments are the program's own, and go to all of its processes.
 */
final class ServerProgram {
  private static final int THREADS = 16;
  private static final int QUEUE = 64;
  private static final int PROCESSES = 64;
  private static final int WORKERS = 2;

  private final Class<?> main;
  private final ConnectionHandler handler;
  private final List<String> own;

  ServerProgram(Class<?> main, ConnectionHandler handler, String... own) {
    this.main = main;
    this.handler = handler;
    this.own = List.of(own);
  }

  /** Does what the arguments say; a server is at work when this returns. */
  void run(String... arguments) throws IOException {
    ServerModel threads = ServerModel.threadPerConnection(handler);
    switch (arguments[0]) {
      case "connection" -> {
        try (Socket connection = Socket.inherited(0)) {
          handler.handle(connection);
        }
      }
      case "worker" -> serve(Worker.start(threads));
      case "successor" -> {
        try (Socket predecessor = Socket.inherited(0)) {
          serve(SocketServer.takeOver(predecessor, threads));
        }
      }
      default -> {
        Listener listener = Binding.to(address(arguments[1])).replaceStale().listen();
        SocketServer server = SocketServer.start(listener, model(arguments[0]));
        serve(server);
        System.out.println("ready " + server.localAddress());
      }
    }
  }

  private ServerModel model(String name) {
    return switch (name) {
      case "serial" -> ServerModel.serial(handler);
      case "threads" -> ServerModel.threadPerConnection(handler);
      case "virtual" -> ServerModel.virtualThreadPerConnection(handler);
      case "pool" -> ServerModel.pool(handler, THREADS, QUEUE, Overload.WAIT_IN_BACKLOG);
      case "process" -> ServerModel.processPerConnection(itself("connection"), PROCESSES);
      case "workers" -> ServerModel.preForked(itself("worker"), WORKERS);
      default -> throw new IllegalArgumentException("no model is called " + name);
    };
  }

  /** SIGTERM and SIGINT end it as they should: who is being served is served to the end. */
  private static void serve(SocketServer server) {
    Thread stop =
        new Thread(
            () -> {
              try {
                server.close();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    Runtime.getRuntime().addShutdownHook(stop);
  }

  /** This program, in a JVM like this one. */
  private Spawn itself(String part) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    if (Runtime.version().feature() >= 22) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName(), part));
    command.addAll(own);
    return Spawn.command(command.toArray(String[]::new));
  }

  /** A path, or a host and a port. */
  private static SocketAddress address(String text) throws IOException {
    int colon = text.lastIndexOf(':');
    return text.contains("/")
        ? SocketAddress.unix(Path.of(text))
        : SocketAddress.inet(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
  }
}
