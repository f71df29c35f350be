package org.posixipc;

import java.nio.ByteBuffer;
import java.time.Duration;
import jnr.constants.Constant;
import jnr.constants.platform.IPProto;
import jnr.constants.platform.IPv6;
import jnr.constants.platform.SocketLevel;
import jnr.constants.platform.TCP;
import org.posixipc.internal.abi.Abi;
import org.posixipc.internal.abi.Header;

/**
 * {@code setsockopt(2)}: an option of a socket, with the type of its value.
 *
 * <p>An option that this system lacks says so by name when it is used, in an {@link
 * UnsupportedOperationException}.
 *
 * @param <T> Boolean, Integer, {@link Duration} or {@link Linger}
 * @see <a href="https://man7.org/linux/man-pages/man7/socket.7.html">socket(7)</a>
 * @see <a href="https://man7.org/linux/man-pages/man7/tcp.7.html">tcp(7)</a>
 */
public final class SocketOption<T> {
  /** A timeout that never ends, which the kernel writes as zero. */
  public static final Duration NO_TIMEOUT = Duration.ofSeconds(Long.MAX_VALUE);

  /** Binds to a port that closed connections still hold. */
  public static final SocketOption<Boolean> SO_REUSEADDR =
      ofSocket(jnr.constants.platform.SocketOption.SO_REUSEADDR, OptionValue.BOOLEAN);

  /** Lets several sockets bind to one port, and share what comes. */
  public static final SocketOption<Boolean> SO_REUSEPORT =
      ofSocket(jnr.constants.platform.SocketOption.SO_REUSEPORT, OptionValue.BOOLEAN);

  /** Asks an idle connection's peer now and then whether it is still there. */
  public static final SocketOption<Boolean> SO_KEEPALIVE =
      ofSocket(jnr.constants.platform.SocketOption.SO_KEEPALIVE, OptionValue.BOOLEAN);

  /** What close does with bytes that the peer has not got yet. */
  public static final SocketOption<Linger> SO_LINGER =
      ofSocket(Header.SO_LINGER, OptionValue.LINGER);

  /** The send buffer, in bytes. Linux doubles what is set, and gives the doubled. */
  public static final SocketOption<Integer> SO_SNDBUF =
      ofSocket(jnr.constants.platform.SocketOption.SO_SNDBUF, OptionValue.INTEGER);

  /** The receive buffer, in bytes. Linux doubles what is set, and gives the doubled. */
  public static final SocketOption<Integer> SO_RCVBUF =
      ofSocket(jnr.constants.platform.SocketOption.SO_RCVBUF, OptionValue.INTEGER);

  /** How long a read, receive or accept waits; then it is as on a non-blocking socket. */
  public static final SocketOption<Duration> SO_RCVTIMEO =
      ofSocket(jnr.constants.platform.SocketOption.SO_RCVTIMEO, OptionValue.TIMEVAL);

  /** How long a write or send waits; then it is as on a non-blocking socket. */
  public static final SocketOption<Duration> SO_SNDTIMEO =
      ofSocket(jnr.constants.platform.SocketOption.SO_SNDTIMEO, OptionValue.TIMEVAL);

  /** Lets a datagram go to all of a network. */
  public static final SocketOption<Boolean> SO_BROADCAST =
      ofSocket(jnr.constants.platform.SocketOption.SO_BROADCAST, OptionValue.BOOLEAN);

  /** The error that waits for the next call, as a number; reading it takes it away. */
  public static final SocketOption<Integer> SO_ERROR =
      ofSocket(jnr.constants.platform.SocketOption.SO_ERROR, OptionValue.INTEGER);

  /** The socket's type, as the system numbers it; see {@link Socket#type}. */
  public static final SocketOption<Integer> SO_TYPE =
      ofSocket(jnr.constants.platform.SocketOption.SO_TYPE, OptionValue.INTEGER);

  /** Whether the socket listens. */
  public static final SocketOption<Boolean> SO_ACCEPTCONN =
      ofSocket(jnr.constants.platform.SocketOption.SO_ACCEPTCONN, OptionValue.BOOLEAN);

  /** Gives each message's sender with it; see {@link Message#credentials()}. Linux. */
  public static final SocketOption<Boolean> SO_PASSCRED =
      ofSocket(jnr.constants.platform.SocketOption.SO_PASSCRED, OptionValue.BOOLEAN);

  /** Keeps an IPv6 socket from IPv4's addresses. */
  public static final SocketOption<Boolean> IPV6_V6ONLY =
      new SocketOption<>(IPProto.IPPROTO_IPV6, IPv6.IPV6_V6ONLY, OptionValue.BOOLEAN);

  /** Sends small packets at once, rather than waiting for more or for an acknowledgement. */
  public static final SocketOption<Boolean> TCP_NODELAY =
      ofTcp(TCP.TCP_NODELAY, OptionValue.BOOLEAN);

  /** Acknowledges at once, for now. Linux. */
  public static final SocketOption<Boolean> TCP_QUICKACK =
      ofTcp(TCP.TCP_QUICKACK, OptionValue.BOOLEAN);

  /** How long a connection is idle before SO_KEEPALIVE asks; whole seconds. */
  public static final SocketOption<Duration> TCP_KEEPIDLE =
      ofTcp(Header.TCP_KEEPIDLE, OptionValue.SECONDS);

  /** How long SO_KEEPALIVE waits between two questions; whole seconds. */
  public static final SocketOption<Duration> TCP_KEEPINTVL =
      ofTcp(Header.TCP_KEEPINTVL, OptionValue.SECONDS);

  /** How many questions of SO_KEEPALIVE go unanswered before the connection counts as dead. */
  public static final SocketOption<Integer> TCP_KEEPCNT =
      ofTcp(Header.TCP_KEEPCNT, OptionValue.INTEGER);

  /** How long sent bytes may go unacknowledged before the connection ends; milliseconds. Linux. */
  public static final SocketOption<Duration> TCP_USER_TIMEOUT =
      ofTcp(TCP.TCP_USER_TIMEOUT, OptionValue.MILLIS);

  /** How many connections may send before their handshake is over, at a listener. */
  public static final SocketOption<Integer> TCP_FASTOPEN =
      ofTcp(Header.TCP_FASTOPEN, OptionValue.INTEGER);

  private final Constant level;
  private final Constant name;
  private final OptionValue<T> value;

  SocketOption(Constant level, Constant name, OptionValue<T> value) {
    this.level = level;
    this.name = name;
    this.value = value;
  }

  private static <T> SocketOption<T> ofSocket(Constant name, OptionValue<T> value) {
    return new SocketOption<>(SocketLevel.SOL_SOCKET, name, value);
  }

  private static <T> SocketOption<T> ofTcp(Constant name, OptionValue<T> value) {
    return new SocketOption<>(IPProto.IPPROTO_TCP, name, value);
  }

  int level(Abi abi) {
    return abi.value(level);
  }

  int number(Abi abi) {
    return abi.value(name);
  }

  int size() {
    return value.size();
  }

  void encode(ByteBuffer bytes, T option) {
    value.encode(bytes, option);
  }

  T decode(ByteBuffer bytes) {
    return value.decode(bytes);
  }

  /** Its name in C, such as {@code SO_REUSEADDR}. */
  @Override
  public String toString() {
    return name.name();
  }
}
