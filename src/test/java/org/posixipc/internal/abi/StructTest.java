package org.posixipc.internal.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.posixipc.fixture.AbiTable.Column;

/** The layouts of structs against what the compilers of the systems make of them. */
class StructTest {
  private final ByteBuffer memory = ByteBuffer.allocate(64).order(ByteOrder.nativeOrder());

  @ParameterizedTest
  @EnumSource
  void iovecIsAnAddressAndALength(Column system) {
    Iovec.put(memory, 1, 0x1122334455667788L, 0x99);
    int start = Iovec.SIZE;

    assertEquals(Layouts.offset("struct iovec", system), Iovec.SIZE);
    assertEquals(
        0x1122334455667788L,
        memory.getLong(start + Layouts.offset("struct iovec.iov_base", system)));
    assertEquals(0x99, memory.getLong(start + Layouts.offset("struct iovec.iov_len", system)));
    assertEquals(0, memory.getLong(0), "the struct before it");
    assertEquals(0, memory.getLong(2 * start), "the struct behind it");
  }

  @ParameterizedTest
  @EnumSource
  void pollfdIsADescriptorAndTwoSetsOfEvents(Column system) {
    PollFd.put(memory, 1, 0x12345678, 0xabcd);
    int start = PollFd.SIZE;
    memory.putShort(start + Layouts.offset("struct pollfd.revents", system), (short) 0xfedc);

    assertEquals(Layouts.offset("struct pollfd", system), PollFd.SIZE);
    assertEquals(0x12345678, memory.getInt(start + Layouts.offset("struct pollfd.fd", system)));
    assertEquals(
        (short) 0xabcd, memory.getShort(start + Layouts.offset("struct pollfd.events", system)));
    assertEquals(0xfedc, PollFd.revents(memory, 1));
    assertEquals(0, PollFd.revents(memory, 0));
  }

  @ParameterizedTest
  @EnumSource
  void pollfdBeginsWithNoAnswerWhateverStoodThere(Column system) {
    memory.putLong(0, -1);

    PollFd.put(memory, 0, 3, 1);

    assertEquals(0, memory.getShort(Layouts.offset("struct pollfd.revents", system)));
  }

  @ParameterizedTest
  @EnumSource
  void sigsetHasABitASignal(Column system) {
    SigSet set = Layouts.abi(system).sigSet();
    ByteBuffer bytes = ByteBuffer.allocate(set.size() + 1);

    set.fill(bytes, 0);
    assertEquals(set.last(), bits(bytes));
    set.clear(bytes, 0);
    set.add(bytes, 0, 9);

    assertEquals(Layouts.offset("sigset_t", system), set.size());
    assertEquals(1, bits(bytes));
    assertEquals(1, bytes.get(1), "signal 9 is the first bit of the second byte");
  }

  private static int bits(ByteBuffer bytes) {
    return IntStream.range(0, bytes.capacity())
        .map(i -> Integer.bitCount(bytes.get(i) & 0xff))
        .sum();
  }
}
