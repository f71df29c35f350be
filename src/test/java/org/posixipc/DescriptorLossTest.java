package org.posixipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posixipc.fixture.Bytes.bytes;
import static org.posixipc.fixture.Bytes.text;
import static org.posixipc.fixture.Failures.assertFails;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.NoSuchElementException;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Test;
import org.posixipc.fixture.DescriptorLimit;
import org.posixipc.fixture.Descriptors;
import org.posixipc.libc.Native;

/** Descriptors that do not arrive: none stays open that nobody owns. */
class DescriptorLossTest {
  private final ByteBuffer dst = ByteBuffer.allocate(64);

  @Test
  void whereMoreArriveThanThereIsRoomForNoneIsLeftOpen() throws IOException {
    try (SocketPair pair = SocketPair.open();
        Pipe pipe = Pipe.open()) {
      Map<Integer, String> before = Descriptors.open();
      for (int most : new int[] {0, 1, 2}) {
        pair.first().send(bytes("x"), pipe.readEnd(), pipe.readEnd(), pipe.readEnd());

        try (Message message = pair.second().receive(dst, most)) {
          assertTrue(message.isDescriptorsLost());
          assertEquals(0, message.descriptorCount());
          assertEquals(before, Descriptors.open());
          NoSuchElementException e =
              assertThrows(NoSuchElementException.class, message::takeDescriptor);
          assertEquals(
              "descriptors were lost: more were sent than the receiver has room for",
              e.getMessage());
        }
      }
    }
  }

  @Test
  void tenThousandMessagesWithTooManyDescriptorsLeakNone() throws IOException {
    try (SocketPair pair = SocketPair.open();
        Pipe pipe = Pipe.open()) {
      FileDescriptor[] sent = new FileDescriptor[200];
      Arrays.fill(sent, pipe.readEnd());
      ByteBuffer src = ByteBuffer.allocateDirect(1);
      Map<Integer, String> before = Descriptors.open();

      for (int i = 0; i < 10_000; i++) {
        pair.first().send(src.clear(), sent);
        try (Message message = pair.second().receive(dst.clear(), 10)) {
          assertTrue(message.isDescriptorsLost());
        }
      }

      assertEquals(before, Descriptors.open());
    }
  }

  @Test
  void aProcessThatMayHaveNoMoreDescriptorsLosesThemAndSaysSo() throws Throwable {
    try (SocketPair pair = SocketPair.open();
        Pipe pipe = Pipe.open()) {
      pair.first().send(bytes("x"), pipe.readEnd(), pipe.writeEnd());
      try (Message warm = pair.second().receive(dst, 2)) {
        assertFalse(warm.isDescriptorsLost());
      }
      pair.first().send(bytes("y"), pipe.readEnd(), pipe.writeEnd());
      boolean[] lost = new boolean[1];

      DescriptorLimit.leaving(
          1,
          () -> {
            try (Message message = pair.second().receive(dst, 2)) {
              lost[0] = message.isDescriptorsLost();
            }
          });

      assertTrue(lost[0]);
      pair.first().send(bytes("z"), pipe.readEnd());
      try (Message message = pair.second().receive(dst, 2)) {
        assertEquals(1, message.descriptorCount());
      }
    }
  }

  @Test
  void aPlainReadOfAMessageLosesItsDescriptorsInTheKernel() throws IOException {
    try (SocketPair pair = SocketPair.open();
        Pipe pipe = Pipe.open()) {
      Map<Integer, String> before = Descriptors.open();
      pair.first().send(bytes("x"), pipe.writeEnd());

      assertEquals("x", text(pair.second()));
      assertEquals(before, Descriptors.open());
    }
  }

  @Test
  void aClosedDescriptorIsNotSentAndTheOthersStayGood() throws IOException {
    try (SocketPair pair = SocketPair.open();
        Pipe pipe = Pipe.open()) {
      pipe.readEnd().close();

      assertThrows(
          ClosedChannelException.class,
          () -> pair.first().send(bytes("x"), pipe.writeEnd(), pipe.readEnd()));

      int number = pipe.writeEnd().release();
      FileDescriptor.adopt(number).close();
      assertEquals(0, pair.second().receive(dst, ReceiveFlag.DONT_WAIT));
    }
  }

  @Test
  void aRobbedNumberIsEbadf() throws IOException {
    try (SocketPair pair = SocketPair.open()) {
      FileDescriptor robbed = FileDescriptor.open(Path.of("/dev/null"));
      Native.libc().close(robbed.number());

      assertFails(
          Errno.EBADF,
          "sendmsg",
          pair.first().descriptor(),
          () -> pair.first().send(bytes("x"), robbed));
      assertThrows(PosixException.class, robbed::close);
    }
  }
}
