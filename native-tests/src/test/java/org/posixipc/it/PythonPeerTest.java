package org.posixipc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.posixipc.fixture.Bytes.bytes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posixipc.FileDescriptor;
import org.posixipc.Listener;
import org.posixipc.Message;
import org.posixipc.Pipe;
import org.posixipc.Socket;
import org.posixipc.SocketAddress;
import org.posixipc.fixture.Bytes;

/** Descriptors between this library and Python's socket module. */
class PythonPeerTest {
  private static final String BEGIN =
      """
      import os, socket, sys
      if not hasattr(socket, "send_fds"):
          print("ok too old")
          sys.exit()
      peer = socket.socket(socket.AF_UNIX)
      peer.connect(sys.argv[1])
      """;

  @TempDir Path folder;

  private SocketAddress address;

  @Test
  void pythonReadsWhatIsWrittenToThePipesThatItSent() throws Exception {
    String program =
        BEGIN
            + """
            pipes = [os.pipe() for i in range(3)]
            socket.send_fds(peer, [b"three pipes"], [w for r, w in pipes])
            for r, w in pipes:
                os.close(w)
            print("ok", " ".join(os.read(r, 100).decode() for r, w in pipes))
            """;
    try (Listener listener = Listener.bind(address);
        PeerProcess python = python(program);
        Socket socket = listener.accept()) {
      ByteBuffer dst = ByteBuffer.allocate(100);

      try (Message message = socket.receive(dst, 3)) {
        for (String word : new String[] {"one", "two", "three"}) {
          try (FileDescriptor pipe = message.takeDescriptor()) {
            pipe.write(bytes(word));
          }
        }
      }

      assertEquals("three pipes", Bytes.text(dst.flip()));
      assertEquals("one two three", python.succeed());
    }
  }

  @Test
  void pythonReadsFromThePipesThatItWasSent() throws Exception {
    String program =
        BEGIN
            + """
            data, fds, flags, sender = socket.recv_fds(peer, 100, 10)
            print("ok", data.decode(), " ".join(os.read(fd, 100).decode() for fd in fds))
            """;
    try (Listener listener = Listener.bind(address);
        PeerProcess python = python(program);
        Socket socket = listener.accept();
        Pipe first = Pipe.open();
        Pipe second = Pipe.open()) {
      first.writeEnd().write(bytes("one"));
      second.writeEnd().write(bytes("two"));

      socket.send(bytes("two pipes:"), first.readEnd(), second.readEnd());

      assertEquals("two pipes: one two", python.succeed());
    }
  }

  @BeforeEach
  void chooseAddress() {
    address = SocketAddress.unix(folder.resolve("s"));
  }

  private PeerProcess python(String program) throws IOException {
    return PeerProcess.start("python3", "-c", program, folder.resolve("s").toString());
  }
}
