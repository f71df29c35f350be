package org.posixipc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.posixipc.fixture.KernelCall;
import org.posixipc.fixture.Medium;

/** The calls of a descriptor that wait: to read when there is nothing, to write without room. */
enum DescriptorCall {
  READ(KernelCall.READ, false, false) {
    @Override
    Object on(FileDescriptor end, Duration timeout) throws IOException {
      return end.read(ByteBuffer.allocate(1));
    }
  },
  READ_VECTOR(KernelCall.READV, false, false) {
    @Override
    Object on(FileDescriptor end, Duration timeout) throws IOException {
      return end.read(new ByteBuffer[] {ByteBuffer.allocate(1), ByteBuffer.allocateDirect(1)});
    }
  },
  READ_UNTIL(KernelCall.POLL, false, true) {
    @Override
    Object on(FileDescriptor end, Duration timeout) throws IOException {
      return end.read(ByteBuffer.allocateDirect(1), timeout);
    }
  },
  WRITE(KernelCall.WRITE, true, false) {
    @Override
    Object on(FileDescriptor end, Duration timeout) throws IOException {
      return end.write(Waits.tooMuch());
    }
  },
  WRITE_VECTOR(KernelCall.WRITEV, true, false) {
    @Override
    Object on(FileDescriptor end, Duration timeout) throws IOException {
      return end.write(new ByteBuffer[] {ByteBuffer.allocate(1), Waits.tooMuch()});
    }
  },
  WRITE_UNTIL(KernelCall.POLL, true, true) {
    @Override
    Object on(FileDescriptor end, Duration timeout) throws IOException {
      return end.write(Waits.tooMuch(), timeout);
    }
  },
  POLL(KernelCall.POLL, false, false) {
    @Override
    Object on(FileDescriptor end, Duration timeout) throws IOException {
      return new Poll().add(end, Poll.Event.READABLE).await();
    }
  },
  POLL_UNTIL(KernelCall.POLL, true, true) {
    @Override
    Object on(FileDescriptor end, Duration timeout) throws IOException {
      return new Poll().add(end, Poll.Event.WRITABLE).await(timeout);
    }
  };

  final KernelCall inKernel;
  final boolean hasDeadline;
  private final boolean writes;

  DescriptorCall(KernelCall inKernel, boolean writes, boolean hasDeadline) {
    this.inKernel = inKernel;
    this.writes = writes;
    this.hasDeadline = hasDeadline;
  }

  /** Makes the call; where it has no deadline, the timeout means nothing. */
  abstract Object on(FileDescriptor end, Duration timeout) throws IOException;

  boolean isPoll() {
    return this == POLL || this == POLL_UNTIL;
  }

  /** The end that it waits for, which has nothing or no room from here on. */
  FileDescriptor end(Medium.Ends ends) throws IOException {
    if (!writes) {
      return ends.reader();
    }
    ends.fill();
    return ends.writer();
  }
}
