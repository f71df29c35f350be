package org.posixipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.posixipc.fixture.Bytes.bytes;
import static org.posixipc.fixture.Bytes.text;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class PipeTest {
  @Test
  void readDrainsTheQueueBeforeItSeesEndOfFile() throws IOException {
    try (Pipe pipe = Pipe.open()) {
      pipe.writeEnd().write(bytes("last words"));
      pipe.writeEnd().close();

      assertEquals("last words", text(pipe.readEnd()));
      assertEquals(-1, pipe.readEnd().read(ByteBuffer.allocate(1)));
    }
  }
}
