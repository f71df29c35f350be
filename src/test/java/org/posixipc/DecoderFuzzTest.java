package org.posixipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.posixipc.internal.abi.Abi;
import org.posixipc.internal.abi.DarwinAbi;
import org.posixipc.internal.abi.LinuxAbi;

/**
 * What the kernel writes is read as a value or a clear error, whatever it wrote.
 *
 * <p>As a part of the build, Jazzer tries the inputs that are kept beside this class, and the empty
 * one. With {@code JAZZER_FUZZ=1} in the environment it makes up new ones, for five minutes a test,
 * one test at a time: {@code JAZZER_FUZZ=1 mvn -pl src -am test -Dtest=DecoderFuzzTest#addresses
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@Tag("fuzz")
class DecoderFuzzTest {
  private static final List<Abi> SYSTEMS = List.of(LinuxAbi.X86_64, DarwinAbi.INSTANCE);

  /** The first byte is the length that the kernel gives, which may be more than it wrote. */
  @FuzzTest
  void addresses(byte[] input) {
    ByteBuffer addr = buffer(input, 1);
    int length = input.length == 0 ? 0 : input[0];
    for (Abi abi : SYSTEMS) {
      try {
        SocketAddress address = SocketNames.decode(abi, addr, length);

        assertEquals(address, SocketNames.decode(abi, addr, length));
        assertTrue(address.toString().length() > 3, address.toString());
      } catch (IOException | IllegalArgumentException e) {
        assertTrue(String.valueOf(e.getMessage()).length() > 10, "a clear error: " + e);
      }
    }
  }

  /** The first byte is where the kernel says that its messages end. */
  @FuzzTest
  void controlMessages(byte[] input) {
    ByteBuffer control = buffer(input, 1);
    int end = input.length == 0 ? 0 : input[0] & 0xff;
    for (Abi abi : SYSTEMS) {
      int[] seen = {0};
      abi.cmsg()
          .walk(
              control,
              0,
              end,
              (level, type, offset, length) -> {
                assertTrue(offset >= seen[0], "forward");
                assertTrue(length >= 0 && offset + length <= end, "within what was written");
                assertTrue(offset + length <= control.capacity(), "within the buffer");
                seen[0] = offset;
              });
    }
  }

  /** No descriptor is lost: each whole number within the bounds is owned, in order. */
  @FuzzTest
  void descriptorsOfControlMessages(byte[] input) throws IOException {
    ByteBuffer control = buffer(input, 0);
    for (Abi abi : SYSTEMS) {
      int room = input.length;
      int[] expected = {0};
      int scmRights = 1;
      int solSocket = abi == DarwinAbi.INSTANCE ? 0xffff : 1;
      abi.cmsg()
          .walk(
              control,
              0,
              room,
              (level, type, offset, length) ->
                  expected[0] +=
                      level == solSocket && type == scmRights ? length / Integer.BYTES : 0);

      AncillaryData data = AncillaryData.read(abi, control, 0, room, false);

      assertEquals(expected[0], data.descriptors().size());
      // The numbers are made up: nothing of them is ours to close.
      for (FileDescriptor descriptor : data.descriptors()) {
        descriptor.release();
      }
    }
  }

  private static ByteBuffer buffer(byte[] input, int from) {
    int size = Math.max(0, input.length - from);
    ByteBuffer buffer = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
    return size == 0 ? buffer : buffer.put(0, input, from, size);
  }
}
