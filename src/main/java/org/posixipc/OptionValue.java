package org.posixipc;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * How the kernel writes the value of a socket option: an int, {@code struct linger} of two ints, or
 * {@code struct timeval} of seconds and microseconds.
 */
record OptionValue<T>(
    int size, BiConsumer<ByteBuffer, T> encoder, Function<ByteBuffer, T> decoder) {
  static final OptionValue<Integer> INTEGER =
      new OptionValue<>(
          Integer.BYTES, (bytes, value) -> bytes.putInt(0, value), OptionValue::first);

  static final OptionValue<Boolean> BOOLEAN =
      new OptionValue<>(
          Integer.BYTES,
          (bytes, value) -> bytes.putInt(0, value ? 1 : 0),
          bytes -> first(bytes) != 0);

  static final OptionValue<Duration> SECONDS = whole(Duration.ofSeconds(1));
  static final OptionValue<Duration> MILLIS = whole(Duration.ofMillis(1));

  static final OptionValue<Linger> LINGER =
      new OptionValue<>(
          2 * Integer.BYTES,
          (bytes, value) ->
              bytes.putInt(0, value.enabled() ? 1 : 0).putInt(Integer.BYTES, value.seconds()),
          bytes -> new Linger(first(bytes) != 0, bytes.getInt(Integer.BYTES)));

  static final OptionValue<Duration> TIMEVAL =
      new OptionValue<>(2 * Long.BYTES, OptionValue::putTimeval, OptionValue::timeval);

  private static final long MAX_TIMEVAL_SECONDS = Integer.MAX_VALUE;

  void encode(ByteBuffer bytes, T value) {
    encoder.accept(bytes, value);
  }

  T decode(ByteBuffer bytes) {
    return decoder.apply(bytes);
  }

  private static int first(ByteBuffer bytes) {
    return bytes.getInt(0);
  }

  private static OptionValue<Duration> whole(Duration unit) {
    Duration most = unit.multipliedBy(Integer.MAX_VALUE);
    return new OptionValue<>(
        Integer.BYTES,
        (bytes, value) -> {
          boolean inRange = !value.isNegative() && value.compareTo(most) <= 0;
          int units = inRange ? (int) value.dividedBy(unit) : 0;
          if (!inRange || !unit.multipliedBy(units).equals(value)) {
            throw new IllegalArgumentException(
                "this option counts in " + unit + ", up to 2147483647 of them; not " + value);
          }
          bytes.putInt(0, units);
        },
        bytes -> unit.multipliedBy(first(bytes)));
  }

  private static void putTimeval(ByteBuffer bytes, Duration value) {
    if (value.isZero() || value.isNegative()) {
      throw new IllegalArgumentException(
          "a timeout is more than zero, this one is "
              + value
              + "; zero would be none to the kernel, for which there is NO_TIMEOUT");
    }
    // The fields are 16 bytes on every system; macOS's microseconds are the low half of theirs.
    boolean none = value.toSeconds() > MAX_TIMEVAL_SECONDS;
    Duration rounded = none ? Duration.ZERO : value.plusNanos(999);
    bytes.putLong(0, rounded.toSeconds());
    bytes.putLong(Long.BYTES, rounded.toNanosPart() / 1000);
  }

  private static Duration timeval(ByteBuffer bytes) {
    Duration value =
        Duration.ofSeconds(bytes.getLong(0)).plusNanos(1000L * bytes.getInt(Long.BYTES));
    return value.isZero() ? SocketOption.NO_TIMEOUT : value;
  }
}
