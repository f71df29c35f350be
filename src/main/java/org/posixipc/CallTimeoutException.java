package org.posixipc;

import java.nio.channels.InterruptedByTimeoutException;
import java.time.Duration;

/**
 * A call's time was over before it could do, or finish, what it was to do. What it was about stays
 * open, and the call can be made again.
 */
public final class CallTimeoutException extends InterruptedByTimeoutException {
  private static final long serialVersionUID = 1;

  private final String subject;
  private final Duration timeout;
  private final long bytesTransferred;

  CallTimeoutException(Object subject, Duration timeout, long bytesTransferred) {
    this.subject = subject.toString();
    this.timeout = timeout;
    this.bytesTransferred = bytesTransferred;
  }

  /**
   * How much of a write or send went before the time was over.
   *
   * @return the count of bytes; the buffers' positions have moved over them. 0 for other calls
   */
  public long bytesTransferred() {
    return bytesTransferred;
  }

  /** {@code fd 5: still not ready after 100 ms; 4096 bytes went}. */
  @Override
  public String getMessage() {
    String text = subject + ": still not ready after " + text(timeout);
    return bytesTransferred == 0 ? text : text + "; " + bytesTransferred + " bytes went";
  }

  private static String text(Duration timeout) {
    return timeout.toSeconds() < 10 ? timeout.toMillis() + " ms" : timeout.toSeconds() + " s";
  }
}
