package org.posixipc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posixipc.fixture.Bytes.bytes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posixipc.FileDescriptor;
import org.posixipc.Listener;
import org.posixipc.Message;
import org.posixipc.OpenFlag;
import org.posixipc.Pipe;
import org.posixipc.Socket;
import org.posixipc.SocketAddress;
import org.posixipc.fixture.Descriptors;

/** Descriptors between this library and C. */
class RightsPeerTest {
  private static final int TIMES = 3000;

  @TempDir Path folder;

  private SocketAddress address;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 10, 253})
  void descriptorsFromCWorkAndComeInOrder(int count) throws Exception {
    try (Listener listener = Listener.bind(address);
        PeerProcess giver = peer("give", count);
        Socket socket = listener.accept()) {
      try (Message message = socket.receive(ByteBuffer.allocate(1), count)) {
        assertEquals(count, message.descriptorCount());
        for (int i = 0; i < count; i++) {
          try (FileDescriptor pipe = message.takeDescriptor()) {
            assertTrue(Descriptors.closeOnExec(pipe.number()));
            pipe.write(number(i));
          }
        }
      }

      giver.succeed();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 10, 253})
  void descriptorsFromJavaWorkInCAndComeInOrder(int count) throws Exception {
    try (Listener listener = Listener.bind(address);
        PeerProcess taker = peer("take", count);
        Socket socket = listener.accept()) {
      List<FileDescriptor> readers = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        readers.add(pipeThatSays(i));
      }

      socket.send(bytes("x"), readers.toArray(FileDescriptor[]::new));
      for (FileDescriptor reader : readers) {
        reader.close();
      }

      taker.succeed();
    }
  }

  @Test
  void twoHundredDescriptorsWithRoomForTenLeaveNoneOpenHere() throws Exception {
    assertFloodLeavesNoneOpen(
        (socket, buffer) -> {
          try (Message message = socket.receive(buffer, 10)) {
            assertTrue(message.isDescriptorsLost());
            assertEquals(0, message.descriptorCount());
          }
        });
  }

  @Test
  void descriptorsThatNobodyTakesLeaveNoneOpenHere() throws Exception {
    assertFloodLeavesNoneOpen(
        (socket, buffer) -> {
          try (Message message = socket.receive(buffer, 253)) {
            assertEquals(200, message.descriptorCount());
          }
        });
  }

  @Test
  void descriptorsThatComeWithAPlainReadLeaveNoneOpenHere() throws Exception {
    assertFloodLeavesNoneOpen(Socket::read);
  }

  @Test
  void descriptorsThatNobodyAskedForLeaveNoneOpenHere() throws Exception {
    assertFloodLeavesNoneOpen((socket, buffer) -> socket.receiveFrom(buffer).close());
  }

  @Test
  void twoHundredDescriptorsToAPeerWithRoomForTenLeaveNoneOpenThere() throws Exception {
    try (Listener listener = Listener.bind(address);
        FileDescriptor file = FileDescriptor.open(folder, OpenFlag.READ_ONLY);
        PeerProcess receiver = peer("drain", 10, TIMES);
        Socket socket = listener.accept()) {
      FileDescriptor[] many = new FileDescriptor[200];
      Arrays.fill(many, file);
      ByteBuffer buffer = ByteBuffer.allocateDirect(1);
      Set<Integer> before = Descriptors.open().keySet();

      for (int i = 0; i < TIMES; i++) {
        socket.send(buffer.clear(), many);
        socket.read(buffer.clear());
      }

      assertEquals(Set.of(), openBeyond(before));
      receiver.succeed();
    }
  }

  @BeforeEach
  void chooseAddress() {
    address = SocketAddress.unix(folder.resolve("s"));
  }

  private interface Receiver {
    void receive(Socket socket, ByteBuffer buffer) throws IOException;
  }

  private void assertFloodLeavesNoneOpen(Receiver receiver) throws Exception {
    try (Listener listener = Listener.bind(address);
        PeerProcess sender = peer("flood", 200, TIMES);
        Socket socket = listener.accept()) {
      ByteBuffer buffer = ByteBuffer.allocateDirect(1);
      Set<Integer> before = Descriptors.open().keySet();

      for (int i = 0; i < TIMES; i++) {
        receiver.receive(socket, buffer.clear());
        socket.write(buffer.flip());
      }

      assertEquals(Set.of(), openBeyond(before));
      sender.succeed();
    }
  }

  /** Fewer may be open than before: a process of an earlier test had its pipes closed. */
  private static Set<Integer> openBeyond(Set<Integer> before) throws IOException {
    Set<Integer> open = new TreeSet<>(Descriptors.open().keySet());
    open.removeAll(before);
    return open;
  }

  private PeerProcess peer(String mode, int count) throws IOException {
    return peer(mode, count, 1);
  }

  private PeerProcess peer(String mode, int count, int times) throws IOException {
    return PeerProcess.c("rights_peer", mode, address.toString(), "" + count, "" + times);
  }

  private static FileDescriptor pipeThatSays(int number) throws IOException {
    Pipe pipe = Pipe.open();
    try (FileDescriptor writer = pipe.writeEnd()) {
      writer.write(number(number));
    }
    return pipe.readEnd();
  }

  private static ByteBuffer number(int number) {
    return ByteBuffer.wrap(new byte[] {(byte) number});
  }
}
