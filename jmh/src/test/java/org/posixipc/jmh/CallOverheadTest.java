package org.posixipc.jmh;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Each way moves its byte: a benchmark throws for a count that isn't 1. */
class CallOverheadTest {
  private static final int OPERATIONS = 1000;

  private final CallOverhead overhead = new CallOverhead();

  @Test
  void ourDescriptorMovesItsByteFromBothKindsOfBuffer() throws IOException {
    CallOverhead.OurPipe pipe = new CallOverhead.OurPipe();
    pipe.open();

    for (int i = 0; i < OPERATIONS; i++) {
      overhead.fileDescriptorDirect(pipe);
      overhead.fileDescriptorHeap(pipe);
    }

    pipe.close();
  }

  @Test
  void rawCallsMoveTheirByte() throws IOException {
    CallOverhead.RawPipe pipe = new CallOverhead.RawPipe();
    pipe.open();

    for (int i = 0; i < OPERATIONS; i++) {
      overhead.libC(pipe);
      overhead.jnrPosix(pipe);
    }

    pipe.close();
  }

  @Test
  void foreignFunctionsMoveTheirByte() throws IOException {
    assumeTrue(Library.FFM.absence().isEmpty(), "this JDK has no foreign functions");
    CallOverhead.RawPipe pipe = new CallOverhead.RawPipe();
    pipe.open();

    for (int i = 0; i < OPERATIONS; i++) {
      overhead.ffm(pipe);
    }

    pipe.close();
  }

  @Test
  void theJdksPipeMovesItsByte() throws IOException {
    CallOverhead.JdkPipe pipe = new CallOverhead.JdkPipe();
    pipe.open();

    for (int i = 0; i < OPERATIONS; i++) {
      overhead.javaNioPipe(pipe);
    }

    pipe.close();
  }
}
