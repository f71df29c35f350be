package org.posixipc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.posixipc.fixture.KernelCall;

/** The calls of a connected socket that wait, beside those of every descriptor. */
enum SocketCall {
  RECEIVE(KernelCall.RECVFROM, false) {
    @Override
    Object on(Socket socket, Duration timeout) throws IOException {
      return socket.receive(ByteBuffer.allocate(1));
    }
  },
  RECEIVE_UNTIL(KernelCall.POLL, true) {
    @Override
    Object on(Socket socket, Duration timeout) throws IOException {
      return socket.receive(ByteBuffer.allocate(1), timeout);
    }
  },
  RECEIVE_MESSAGE(KernelCall.RECVMSG, false) {
    @Override
    Object on(Socket socket, Duration timeout) throws IOException {
      return socket.receive(ByteBuffer.allocate(1), 3);
    }
  },
  RECEIVE_MESSAGE_UNTIL(KernelCall.POLL, true) {
    @Override
    Object on(Socket socket, Duration timeout) throws IOException {
      return socket.receive(ByteBuffer.allocateDirect(1), 3, timeout);
    }
  },
  SEND(KernelCall.SENDTO, false) {
    @Override
    Object on(Socket socket, Duration timeout) throws IOException {
      return socket.send(Waits.tooMuch());
    }
  },
  SEND_UNTIL(KernelCall.POLL, true) {
    @Override
    Object on(Socket socket, Duration timeout) throws IOException {
      return socket.send(Waits.tooMuch(), timeout);
    }
  },
  SEND_DESCRIPTOR(KernelCall.POLL, false) {
    @Override
    Object on(Socket socket, Duration timeout) throws IOException {
      try (Pipe pipe = Pipe.open()) {
        return socket.send(Waits.tooMuch(), pipe.readEnd());
      }
    }
  };

  final KernelCall inKernel;
  final boolean hasDeadline;

  SocketCall(KernelCall inKernel, boolean hasDeadline) {
    this.inKernel = inKernel;
    this.hasDeadline = hasDeadline;
  }

  /** Makes the call; where it has no deadline, the timeout means nothing. */
  abstract Object on(Socket socket, Duration timeout) throws IOException;
}
