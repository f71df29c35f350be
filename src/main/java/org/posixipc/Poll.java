package org.posixipc;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.channels.AsynchronousCloseException;
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

/**
 * {@code poll(2)}: waits for any of several descriptors.
 *
 * <p>The descriptors are borrowed: closing them is their owners' business. One that was closed is
 * reported, with {@link Event#CLOSED}, until it is removed; one that another thread closes during
 * the wait ends it with an AsynchronousCloseException. One thread at a time may use it.
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
  private final List<Entry> entries = new ArrayList<>();

  /** Which of the entries were open when the wait began. */
  private boolean[] held = {};

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
   * {@code poll(2)}: waits without end. {@link Thread#interrupt} ends it and closes nothing, as
   * with {@link java.nio.channels.Selector#select}; the flag stays set.
   *
   * @return the descriptors that have something to tell, in the order in which they were added; one
   *     at least, unless it was interrupted
   * @throws AsynchronousCloseException if one of them is closed meanwhile; the next call tells
   *     which, with {@link Event#CLOSED}
   * @throws PosixException {@code EINVAL} for more descriptors than RLIMIT_NOFILE, {@code ENOMEM}
   */
  public List<Ready> await() throws IOException {
    return await(Deadline.NEVER);
  }

  /**
   * {@code poll(2)}: waits for some time. {@link Thread#interrupt} ends it, as in {@link #await()}.
   *
   * @param timeout how long at most; zero doesn't wait
   * @return the descriptors that have something to tell, in the order in which they were added;
   *     none if the time is over, or the thread interrupted
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
    held = new boolean[entries.size()];
    boolean parks = VirtualThreads.isCurrent();
    Whereabouts thread = Scratch.ofThread().whereabouts;
    thread.in(entries.stream().mapToInt(entry -> entry.descriptor.number).toArray());
    try {
      boolean all = hold();
      PollWait wait = new PollWait(structs, held.length, this);
      Deadline until = all ? deadline : Deadline.after(Duration.ZERO);
      if (parks) {
        wait.parked(until);
      } else {
        wait.inCall(until, thread);
      }
      return answers();
    } finally {
      Reference.reachabilityFence(structs);
      thread.out();
      Whereabouts.awaitSignals();
      letGo();
    }
  }

  /** False if one is closed already. */
  private boolean hold() {
    boolean all = true;
    for (int i = 0; i < held.length; i++) {
      try {
        entries.get(i).descriptor.enter();
        held[i] = true;
      } catch (ClosedChannelException e) {
        all = false;
      }
    }
    return all;
  }

  /** All of them, whatever a close of one reports. */
  private void letGo() throws IOException {
    IOException failure = null;
    for (int i = 0; i < held.length; i++) {
      try {
        if (held[i]) {
          entries.get(i).descriptor.leave();
        }
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  void checkStillOpen() throws AsynchronousCloseException {
    for (int i = 0; i < held.length; i++) {
      if (held[i]) {
        entries.get(i).descriptor.checkOpen();
      }
    }
  }

  List<Waiters.Parked> parked() {
    List<Waiters.Parked> parked = new ArrayList<>();
    for (int i = 0; i < held.length; i++) {
      if (held[i]) {
        parked.add(new Waiters.Parked(entries.get(i).descriptor, entries.get(i).events));
      }
    }
    return parked;
  }

  /** A negative number is passed over by the kernel. */
  void describe() {
    for (int i = 0; i < held.length; i++) {
      Entry entry = entries.get(i);
      PollFd.put(structs.buffer, i, held[i] ? entry.descriptor.number : -1, entry.events);
    }
  }

  private List<Ready> answers() {
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
