package org.posixipc.jmh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.posixipc.Listener;
import org.posixipc.Socket;
import org.posixipc.SocketAddress;
import org.posixipc.Spawn;
import org.posixipc.server.Overload;
import org.posixipc.server.ServerModel;
import org.posixipc.server.SocketServer;

/**
 * The echo servers that are measured, each in a JVM of its own: {@code EchoServers LIBRARY WAY
 * PATH}. Where other processes serve, they are {@code echo_server.c}: what is measured then is how
 * they come by their connections.
 */
public final class EchoServers {
  private static final int THREADS = 16;
  private static final int WORKERS = 8;
  private static final int PROCESSES = 1000;

  /** Bytes that are taken at a time. */
  static final int BUFFER = 4096;

  private EchoServers() {}

  /** Serves until it is ended. */
  public static void main(String[] arguments) throws Exception {
    ServerWay way = ServerWay.of(arguments[1]);
    Path path = Path.of(arguments[2]);
    if (arguments[0].equals(Library.JAVA_NIO.title())) {
      serveByTheJdk(way, path);
    } else {
      serve(way, path);
    }
  }

  private static void serve(ServerWay way, Path path) throws IOException {
    Listener listener = Listener.bind(SocketAddress.unix(path));
    SocketServer server = SocketServer.start(listener, model(way));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server)));
    System.out.println("ready");
  }

  /** Its children would be left behind otherwise. */
  private static void end(SocketServer server) {
    try {
      server.close(Duration.ZERO);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ServerModel model(ServerWay way) {
    return switch (way) {
      case THREADS -> ServerModel.threadPerConnection(EchoServers::echo);
      case POOL -> ServerModel.pool(EchoServers::echo, THREADS, THREADS, Overload.WAIT_IN_BACKLOG);
      case VIRTUAL_THREADS -> ServerModel.virtualThreadPerConnection(EchoServers::echo);
      case PROCESSES -> ServerModel.processPerConnection(program("connection"), PROCESSES);
      case WORKERS -> ServerModel.preForked(program("worker"), WORKERS);
    };
  }

  private static Spawn program(String part) {
    return Spawn.command(CPrograms.folder().resolve("echo_server").toString(), part);
  }

  private static void echo(Socket connection) throws IOException {
    exchange(connection);
  }

  /** The same work for both libraries. */
  private static void exchange(ByteChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    while (channel.read(buffer) >= 0) {
      channel.write(buffer.flip());
      buffer.clear();
    }
  }

  private static void serveByTheJdk(ServerWay way, Path path) throws Exception {
    try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listener.bind(UnixDomainSocketAddress.of(path), 4096);
      Executor threads = threads(way);
      System.out.println("ready");
      while (true) {
        SocketChannel connection = listener.accept();
        threads.execute(() -> echo(connection));
      }
    }
  }

  private static void echo(SocketChannel connection) {
    try (connection) {
      exchange(connection);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Executor threads(ServerWay way) throws ReflectiveOperationException {
    return switch (way) {
      case THREADS -> task -> new Thread(task).start();
      case POOL -> Executors.newFixedThreadPool(THREADS);
      case VIRTUAL_THREADS ->
          (Executor) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
      default -> throw new IllegalArgumentException("java.nio has no " + way.title());
    };
  }
}
