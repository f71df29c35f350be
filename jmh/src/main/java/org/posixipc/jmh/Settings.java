package org.posixipc.jmh;

import java.util.List;
import java.util.Map;

/**
 * What can be set of a transport, where a library lets us; 0 and false leave it to the kernel.
 *
 * @param capacity bytes that a {@link Transport#PIPE} holds
 * @param sndbuf SO_SNDBUF of both ends
 * @param rcvbuf SO_RCVBUF of both ends
 * @param nodelay TCP_NODELAY of both ends
 */
record Settings(int capacity, int sndbuf, int rcvbuf, boolean nodelay) {
  static final Settings NONE = new Settings(0, 0, 0, false);

  /** As {@link OverTransport} takes them. */
  Map<String, String> parameters() {
    return Map.of(
        "capacity", Integer.toString(capacity),
        "sndbuf", Integer.toString(sndbuf),
        "rcvbuf", Integer.toString(rcvbuf),
        "nodelay", Boolean.toString(nodelay));
  }

  /** As the C programs take them. */
  List<String> arguments() {
    return List.of(
        Integer.toString(capacity),
        Integer.toString(sndbuf),
        Integer.toString(rcvbuf),
        nodelay ? "1" : "0");
  }
}
