package org.posixipc.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Two network namespaces, joined by a veth pair and nothing else: to the kernel two hosts with a
 * cable between them. Their addresses mean nothing outside. Needs root and iproute2.
 */
final class TwoHosts implements AutoCloseable {
  /** The right host's addresses. */
  static final List<String> RIGHT = List.of("10.213.77.2", "[fd00:213:77::2]");

  private static final String NAME = "posixipc-" + ProcessHandle.current().pid();

  private final String left = NAME + "-left";
  private final String right = NAME + "-right";

  private TwoHosts() {}

  /** Makes them; skips the test where this process may not. */
  static TwoHosts open() throws Exception {
    PeerProcess.requireInstalled("ip");
    boolean root = Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    assumeTrue(root, "network namespaces are root's to make");
    TwoHosts hosts = new TwoHosts();
    try {
      assumeTrue(ip("netns", "add", hosts.left).isEmpty(), "no network namespaces here");
      hosts.join();
      return hosts;
    } catch (Throwable e) {
      try (hosts) {
        throw e;
      }
    }
  }

  private void join() throws Exception {
    must("netns", "add", right);
    must(
        "-n", left, "link", "add", "cable", "type", "veth", "peer", "name", "cable", "netns",
        right);
    must("-n", left, "addr", "add", "10.213.77.1/30", "dev", "cable");
    must("-n", right, "addr", "add", "10.213.77.2/30", "dev", "cable");
    must("-n", left, "addr", "add", "fd00:213:77::1/64", "dev", "cable", "nodad");
    must("-n", right, "addr", "add", "fd00:213:77::2/64", "dev", "cable", "nodad");
    must("-n", left, "link", "set", "cable", "up");
    must("-n", right, "link", "set", "cable", "up");
  }

  /** Starts a program on the left host. */
  PeerProcess startLeft(List<String> command) throws IOException {
    return start(left, command);
  }

  /** Starts a program on the right host. */
  PeerProcess startRight(List<String> command) throws IOException {
    return start(right, command);
  }

  /** Takes the right host off the cable. */
  void cut() throws Exception {
    must("-n", right, "link", "set", "cable", "down");
  }

  /** The veth pair goes with its namespaces. */
  @Override
  public void close() throws Exception {
    ip("netns", "del", left);
    ip("netns", "del", right);
  }

  private static PeerProcess start(String host, List<String> command) throws IOException {
    return PeerProcess.start(PeerProcess.concat(List.of("ip", "netns", "exec", host), command));
  }

  private static void must(String... arguments) throws Exception {
    String complaint = ip(arguments);
    if (!complaint.isEmpty()) {
      throw new AssertionError(String.join(" ", arguments) + ": " + complaint);
    }
  }

  /** What ip(8) complains of; nothing if it did what it was told. */
  private static String ip(String... arguments) throws Exception {
    try (PeerProcess ip =
        PeerProcess.start(PeerProcess.concat(List.of("ip"), List.of(arguments)))) {
      String text = ip.rest();
      return ip.exitCode() == 0 ? "" : "failed: " + text;
    }
  }
}
