package org.posixipc.jmh;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Each way moves its bytes: a benchmark throws for another count. */
class SocketOverheadTest {
  private static final int OPERATIONS = 1000;

  private final SocketOverhead overhead = new SocketOverhead();

  @Test
  void ourSocketsMoveTheirBytesByEveryCall() throws IOException {
    SocketOverhead.OurPair pair = new SocketOverhead.OurPair();
    pair.open();

    for (int i = 0; i < OPERATIONS; i++) {
      overhead.writeReadDirect(pair);
      overhead.writeReadHeap(pair);
      overhead.gatherScatter(pair);
      overhead.sendReceiveDirect(pair);
      overhead.sendReceiveHeap(pair);
      overhead.sendReceiveFlags(pair);
    }

    pair.close();
  }

  @Test
  void theJdksConnectionMovesItsByte() throws IOException {
    SocketOverhead.JdkConnection connection = new SocketOverhead.JdkConnection();
    connection.open();

    for (int i = 0; i < OPERATIONS; i++) {
      overhead.javaNioSocketChannel(connection);
    }

    connection.close();
  }
}
