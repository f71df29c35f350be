package org.posixipc.it;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.posixipc.SocketAddress;

/**
 * An example of org.posixipc.example at work, or another program that says "ready" as they do, in a
 * JVM of its own, on a port of this host.
 */
final class ExampleServer implements AutoCloseable {
  private final PeerProcess process;
  private final SocketAddress address;

  private ExampleServer(PeerProcess process) throws IOException {
    this.process = process;
    String ready = process.awaitLine("ready");
    this.address = Place.withPort(SocketAddress.inet("127.0.0.1", 0), ready);
  }

  /** Starts it by that model; the rest are the example's own arguments. */
  static ExampleServer start(Class<?> example, String model, String... rest) throws IOException {
    return start(List.of(), example, model, rest);
  }

  /** The same, by way of a command that runs the one that follows, such as prlimit. */
  static ExampleServer start(List<String> before, Class<?> example, String model, String... rest)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of(model, "127.0.0.1:0"));
    arguments.addAll(List.of(rest));
    List<String> java = PeerProcess.javaCommand(example, arguments.toArray(String[]::new));
    return new ExampleServer(PeerProcess.start(PeerProcess.concat(before, java)));
  }

  SocketAddress address() {
    return address;
  }

  String url(String path) {
    return "http://" + address + "/" + path;
  }

  /** Waits for what it says on its way. */
  void awaitLineWith(String text) throws IOException {
    process.awaitLineWith(text);
  }

  /** All that it still says, to its end. */
  String rest() {
    return process.rest();
  }

  ProcessHandle handle() {
    return ProcessHandle.of(process.pid()).orElseThrow();
  }

  /** Ends it as kill -9 does; what it has said may still be read. */
  void kill() {
    handle().destroyForcibly();
  }

  /** Ends it by SIGTERM, and waits until it has stopped as it should. */
  void terminate() throws InterruptedException {
    ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroy);
    process.exitCode();
  }

  @Override
  public void close() throws InterruptedException, IOException {
    try (process) {
      terminate();
    }
  }
}
