package org.posixipc;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import jnr.constants.Constant;
import org.posixipc.internal.abi.Abi;
import org.posixipc.internal.abi.Header;
import org.posixipc.internal.abi.PollFd;
import org.posixipc.libc.LibC;
import org.posixipc.libc.Native;

/**
 * {@code poll(2)}: waits for any of several descriptors.
 *
 * <p>The descriptors are borrowed: closing them is their owners' business. One that was closed is
 * reported, with {@link Event#CLOSED}, until it is removed. One thread at a time may use it.
 *
 * <pre>{@code
 * Poll poll = new Poll().add(a, Poll.Event.READABLE).add(b, Poll.Event.READABLE);
 * for (Poll.Ready ready : poll.await(Duration.ofSeconds(1))) {
 *   ready.descriptor().read(buffer);
 * }
 * }</pre>
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/poll.2.html">poll(2)</a>
 */
public final class Poll {
  private static final LibC LIBC = Native.libc();

  private final List<Entry> entries = new ArrayList<>();
  private Scratch.Area structs = new Scratch.Area(PollFd.SIZE);

  /** A poll of nothing. */
  public Poll() {}

  /** What can be waited for, and what is told besides. */
  public enum Event {
    /** POLLIN: a read, receive or accept would not wait; also at end of file. */
    READABLE(Header.POLLIN),

    /** POLLOUT: a write of some bytes would not wait; a socket's connecting is over. */
    WRITABLE(Header.POLLOUT),

    /** POLLPRI: urgent data. */
    PRIORITY(Header.POLLPRI),

    /** POLLRDHUP: the peer writes no more. Linux. */
    PEER_SHUT_DOWN(Header.POLLRDHUP),

    /** POLLERR: an error waits, or nobody reads a pipe any more; told unasked. */
    ERROR(Header.POLLERR),

    /** POLLHUP: the peer is gone, or nobody writes a pipe any more; told unasked. */
    HANGUP(Header.POLLHUP),

    /** POLLNVAL: the descriptor is closed; told unasked. */
    CLOSED(Header.POLLNVAL);

    @SuppressWarnings("ImmutableEnumChecker") // an enum itself, behind an interface
    private final Constant constant;

    /** 0 where the system lacks it. */
    private final int bit;

    Event(Constant constant) {
      this.constant = constant;
      this.bit = (int) Abi.host().find(constant).orElse(0);
    }

    private static Set<Event> of(int revents) {
      Set<Event> events = EnumSet.noneOf(Event.class);
      for (Event event : values()) {
        if ((revents & event.bit) != 0) {
          events.add(event);
        }
      }
      return events;
    }
  }

  /**
   * A descriptor that has something to tell.
   *
   * @param descriptor which
   * @param events what; never empty
   */
  public record Ready(FileDescriptor descriptor, Set<Event> events) {}

  private record Entry(FileDescriptor descriptor, int events) {}

  /**
   * Waits for a descriptor too. It may be added more than once, and is answered as often.
   *
   * @param descriptor borrowed
   * @param events what to wait for; none means those that are told unasked
   * @return this
   * @throws UnsupportedOperationException for an event that this system doesn't have
   */
  public Poll add(FileDescriptor descriptor, Event... events) {
    int bits = 0;
    for (Event event : events) {
      bits |= event.bit != 0 ? event.bit : Abi.host().value(event.constant);
    }
    entries.add(new Entry(Objects.requireNonNull(descriptor), bits));
    return this;
  }

  /**
   * Waits for a descriptor no more, however often it was added.
   *
   * @param descriptor which
   * @return this
   */
  public Poll remove(FileDescriptor descriptor) {
    entries.removeIf(entry -> entry.descriptor == descriptor);
    return this;
  }

  /**
   * {@code poll(2)}: waits without end.
   *
   * @return the descriptors that have something to tell, in the order in which they were added; one
   *     at least
   * @throws PosixException {@code EINVAL} for more descriptors than RLIMIT_NOFILE, {@code ENOMEM}
   */
  public List<Ready> await() throws IOException {
    return await(Deadline.NEVER);
  }

  /**
   * {@code poll(2)}: waits for some time.
   *
   * @param timeout how long at most; zero doesn't wait
   * @return the descriptors that have something to tell, in the order in which they were added;
   *     none if the time is over
   * @throws PosixException as {@link #await()} does
   * @throws IllegalArgumentException if {@code timeout} is negative
   */
  public List<Ready> await(Duration timeout) throws IOException {
    return await(Deadline.after(timeout));
  }

  private List<Ready> await(Deadline deadline) throws IOException {
    int size = entries.size() * PollFd.SIZE;
    if (structs.buffer.capacity() < size) {
      structs = new Scratch.Area(Math.max(size, 2 * structs.buffer.capacity()));
    }
    boolean[] held = new boolean[entries.size()];
    try {
      boolean anyClosed = false;
      for (int i = 0; i < held.length; i++) {
        held[i] = hold(entries.get(i).descriptor);
        anyClosed |= !held[i];
      }
      while (true) {
        describe(held);
        int timeout = anyClosed ? 0 : deadline.millisLeft();
        int ready = LIBC.poll(structs.address, held.length, timeout);
        if (ready < 0) {
          Check.wouldBlock("poll", entries.size() + " descriptors");
        } else if (ready > 0 || anyClosed || deadline.isOver()) {
          return answers(held);
        }
      }
    } finally {
      Reference.reachabilityFence(structs);
      for (int i = 0; i < held.length; i++) {
        if (held[i]) {
          entries.get(i).descriptor.leave();
        }
      }
    }
  }

  private static boolean hold(FileDescriptor descriptor) {
    try {
      descriptor.enter();
      return true;
    } catch (ClosedChannelException e) {
      return false;
    }
  }

  /** A negative number is passed over by the kernel. */
  private void describe(boolean[] held) {
    for (int i = 0; i < held.length; i++) {
      Entry entry = entries.get(i);
      PollFd.put(structs.buffer, i, held[i] ? entry.descriptor.number : -1, entry.events);
    }
  }

  private List<Ready> answers(boolean[] held) {
    List<Ready> ready = new ArrayList<>();
    for (int i = 0; i < held.length; i++) {
      Set<Event> events =
          held[i] ? Event.of(PollFd.revents(structs.buffer, i)) : EnumSet.of(Event.CLOSED);
      if (!events.isEmpty()) {
        ready.add(new Ready(entries.get(i).descriptor, events));
      }
    }
    return ready;
  }
}
