package org.posixipc.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posixipc.Socket;
import org.posixipc.SocketAddress;
import org.posixipc.fixture.Background;
import org.posixipc.fixture.Bytes;

/** A client of redis-server over its Unix socket, in redis's own protocol, RESP. */
class RedisPeerTest {
  private static final int PIPELINED = 10_000;

  @TempDir Path folder;

  private PeerProcess redis;
  private Socket socket;
  private DataInputStream replies;

  @BeforeEach
  void start() throws IOException {
    Path path = folder.resolve("redis");
    redis =
        PeerProcess.start(
            "redis-server",
            "--port",
            "0",
            "--unixsocket",
            path.toString(),
            "--dir",
            folder.toString(),
            "--save",
            "",
            "--daemonize",
            "no");
    redis.awaitLineWith("The server is now ready to accept connections");
    socket = Socket.connect(SocketAddress.unix(path));
    replies = new DataInputStream(Channels.newInputStream(socket));
  }

  @AfterEach
  void stop() throws Exception {
    try (PeerProcess server = redis;
        Socket connection = socket) {
      // Both are closed; either is missing where the start failed.
    }
  }

  @Test
  void pingIsAnswered() throws Exception {
    send(text("PING"));

    assertEquals("+PONG", line());
  }

  @Test
  void aBinaryValueComesBackAsItWasSet() throws Exception {
    byte[] value = Bytes.noise(1_000_000);

    send(text("SET"), text("a\0key"), value);
    assertEquals("+OK", line());

    send(text("GET"), text("a\0key"));
    assertEquals("$1000000", line());
    assertArrayEquals(value, replies.readNBytes(value.length));
    assertEquals("", line());
  }

  @Test
  void tenThousandPipelinedCommandsAreAnsweredInOrder() throws Exception {
    ByteArrayOutputStream commands = new ByteArrayOutputStream();
    for (int i = 1; i <= PIPELINED; i++) {
      commands.writeBytes(command(text("INCRBY"), text("counter"), text("" + i)));
    }

    try (Background<Integer> sender =
        Background.start(() -> socket.write(ByteBuffer.wrap(commands.toByteArray())))) {
      long sum = 0;
      for (int i = 1; i <= PIPELINED; i++) {
        sum += i;
        assertEquals(":" + sum, line());
      }
      assertEquals(commands.size(), sender.result());
    }
  }

  private void send(byte[]... words) throws IOException {
    socket.write(ByteBuffer.wrap(command(words)));
  }

  /** An array of bulk strings. */
  private static byte[] command(byte[]... words) {
    ByteArrayOutputStream command = new ByteArrayOutputStream();
    command.writeBytes(text("*" + words.length + "\r\n"));
    for (byte[] word : words) {
      command.writeBytes(text("$" + word.length + "\r\n"));
      command.writeBytes(word);
      command.writeBytes(text("\r\n"));
    }
    return command.toByteArray();
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = replies.readUnsignedByte(); next != '\n'; next = replies.readUnsignedByte()) {
      line.append((char) next);
    }
    return line.toString().stripTrailing();
  }

  private static byte[] text(String text) {
    return text.getBytes(UTF_8);
  }
}
