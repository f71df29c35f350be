package org.posixipc.internal.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.posixipc.fixture.AbiTable.Column;

/** Messages and what goes beside their bytes, as each system's headers lay them out. */
class MessageLayoutTest {
  private final ByteBuffer structs = ByteBuffer.allocate(128).order(ByteOrder.nativeOrder());

  private record Visit(int level, int type, int offset, int length) {}

  @ParameterizedTest
  @EnumSource
  void msghdrPointsAtItsParts(Column system) {
    MsgHdr layout = Layouts.abi(system).msgHdr();
    structs.putLong(8 + Layouts.offset("struct msghdr.msg_flags", system) / 8 * 8, -1);

    layout.put(structs, 8, 0x1111111111L, 16, 0x2222222222L, 3);
    layout.putControl(structs, 8, 0x3333333333L, 40);

    assertEquals(Layouts.offset("struct msghdr", system), layout.size());
    assertEquals(0x1111111111L, structs.getLong(at("msg_name", system)));
    assertEquals(16, structs.getInt(at("msg_namelen", system)));
    assertEquals(0x2222222222L, structs.getLong(at("msg_iov", system)));
    assertEquals(3, number("msg_iovlen", system));
    assertEquals(0x3333333333L, structs.getLong(at("msg_control", system)));
    assertEquals(40, number("msg_controllen", system));
    assertEquals(0, structs.getInt(at("msg_flags", system)));
    assertEquals(16, layout.nameLength(structs, 8));
    assertEquals(40, layout.controlLength(structs, 8));
  }

  @ParameterizedTest
  @EnumSource
  void theKernelsFlagsAreReadWhereItWritesThem(Column system) {
    structs.putInt(at("msg_flags", system), 0x28);

    assertEquals(0x28, Layouts.abi(system).msgHdr().flags(structs, 8));
  }

  @ParameterizedTest
  @EnumSource
  void cmsghdrIsALengthALevelAndAType(Column system) {
    Cmsg layout = Layouts.abi(system).cmsg();

    int data = layout.put(structs, 16, 0xffff, 3, 12);

    int header = Layouts.offset("struct cmsghdr", system);
    assertEquals(16 + header, data);
    assertEquals(
        header + 12, structs.getInt(16 + Layouts.offset("struct cmsghdr.cmsg_len", system)));
    assertEquals(0xffff, structs.getInt(16 + Layouts.offset("struct cmsghdr.cmsg_level", system)));
    assertEquals(3, structs.getInt(16 + Layouts.offset("struct cmsghdr.cmsg_type", system)));
  }

  @ParameterizedTest
  @CsvSource({
    "LINUX_X86_64, 0, 16, 16", "LINUX_X86_64, 4, 20, 24", "LINUX_X86_64, 8, 24, 24",
    "LINUX_AARCH64, 12, 28, 32", "DARWIN_ARM64, 0, 12, 12", "DARWIN_ARM64, 4, 16, 16",
    "DARWIN_ARM64, 12, 24, 24"
  })
  void lengthAndSpaceAreThoseOfTheMacros(Column system, int data, int length, int space) {
    Cmsg layout = Layouts.abi(system).cmsg();

    assertEquals(length, layout.length(data));
    assertEquals(space, layout.space(data));
  }

  @ParameterizedTest
  @EnumSource
  void theWalkFindsEachMessageAndEndsWithTheLast(Column system) {
    Cmsg layout = Layouts.abi(system).cmsg();
    int first = layout.put(structs, 0, 1, 2, 5);
    int second = layout.put(structs, layout.space(5), 3, 4, 8);
    int end = layout.space(5) + layout.length(8);

    List<Visit> visits = walk(layout, 0, end);

    assertEquals(List.of(new Visit(1, 2, first, 5), new Visit(3, 4, second, 8)), visits);
  }

  @ParameterizedTest
  @EnumSource
  void dataThatWasCutIsGivenAsFarAsItWasWritten(Column system) {
    Cmsg layout = Layouts.abi(system).cmsg();
    int data = layout.put(structs, 0, 1, 1, 12);

    assertEquals(List.of(new Visit(1, 1, data, 6)), walk(layout, 0, data + 6));
    assertEquals(List.of(new Visit(1, 1, data, 0)), walk(layout, 0, data));
    assertEquals(List.of(), walk(layout, 0, data - 1));
  }

  @ParameterizedTest
  @EnumSource
  void aHeaderThatIsShorterThanItselfEndsTheWalk(Column system) {
    Cmsg layout = Layouts.abi(system).cmsg();
    for (int data : new int[] {-1, -16, -layout.length(0), Integer.MIN_VALUE}) {
      layout.put(structs, 0, 1, 1, data);

      int seen = walk(layout, 0, structs.capacity()).size();

      // To macOS the length is unsigned: what is negative here goes beyond the end there.
      assertTrue(seen == 0 || (layout.length(data) < 0 && seen == 1), data + ": " + seen);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anEndBeyondTheBufferIsTheBuffers(Column system) {
    Cmsg layout = Layouts.abi(system).cmsg();
    int data = layout.put(structs, 0, 1, 1, 1000);

    assertEquals(
        List.of(new Visit(1, 1, data, structs.capacity() - data)),
        walk(layout, 0, Integer.MAX_VALUE));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DARWIN_ARM64")
  void ucredSaysWhichProcessWhichUserWhichGroup(Column system) {
    Credentials layout = Layouts.abi(system).credentials();

    layout.put(structs, 4, 11, 22, 33);

    assertEquals(Layouts.offset("struct ucred", system), layout.size());
    assertEquals(11, structs.getInt(4 + Layouts.offset("struct ucred.pid", system)));
    assertEquals(22, structs.getInt(4 + Layouts.offset("struct ucred.uid", system)));
    assertEquals(33, structs.getInt(4 + Layouts.offset("struct ucred.gid", system)));
    assertEquals(22, layout.userId(structs, 4));
    assertEquals(33, layout.groupId(structs, 4));
  }

  @ParameterizedTest
  @EnumSource(names = "DARWIN_ARM64")
  void xucredHasNoProcessAndTheGroupIsTheFirstOfMany(Column system) {
    Credentials layout = Layouts.abi(system).credentials();
    structs.putInt(Layouts.offset("struct xucred.cr_uid", system), 501);
    structs.putInt(Layouts.offset("struct xucred.cr_groups", system), 20);

    assertEquals(Layouts.offset("struct xucred", system), layout.size());
    assertEquals(501, layout.userId(structs, 0));
    assertEquals(20, layout.groupId(structs, 0));
    assertThrows(NoSuchElementException.class, () -> layout.put(structs, 0, 1, 2, 3));
  }

  private List<Visit> walk(Cmsg layout, int start, int end) {
    List<Visit> visits = new ArrayList<>();
    layout.walk(
        structs,
        start,
        end,
        (level, type, offset, length) -> visits.add(new Visit(level, type, offset, length)));
    return visits;
  }

  private static int at(String field, Column system) {
    return 8 + Layouts.offset("struct msghdr." + field, system);
  }

  /** A length, in as many bytes as the system gives it. */
  private long number(String field, Column system) {
    boolean wide = Layouts.offset("sizeof(struct msghdr." + field + ")", system) == Long.BYTES;
    return wide ? structs.getLong(at(field, system)) : structs.getInt(at(field, system));
  }
}
