package org.posixipc.jmh;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ByteChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The naive way: one appends to a file, the other asks for more until there is some. {@code
 * shared_file.h} does the same, and can be the other side.
 *
 * <p>A file has {@link #SEGMENT} bytes at most, then the next one follows: {@code near-0}, {@code
 * near-1} and so on. The reader deletes what it has read, and the writer is never more than a file
 * ahead of it, so the two take no more than twice that. A file {@code near-end} says that nothing
 * more comes. The other direction has {@code far} in its names.
 */
abstract class SharedFile {
  static final int SEGMENT = 16 << 20;

  /** The end is looked for once in so many times that there was nothing. */
  static final int POLLS = 1024;

  /** The calls that differ from library to library. */
  interface Opener {
    ByteChannel toRead(Path path) throws IOException;

    /** Creates it. */
    ByteChannel toWrite(Path path) throws IOException;
  }

  final Opener opener;
  final Path folder;
  private final String direction;
  private volatile boolean closed;

  /** None before the first, which is when there is something to write or to read. */
  @Nullable ByteChannel channel;

  long number = -1;
  int at = SEGMENT;

  private SharedFile(Path folder, String direction, Opener opener) {
    this.folder = folder;
    this.direction = direction;
    this.opener = opener;
  }

  /** Both ends, on a new folder that closing the connection deletes. */
  static Connection connect(Path parent, Opener opener) throws IOException {
    SharedFolders.sweep(parent);
    Path folder = SharedFolders.create(parent);
    End near = new End(new Reader(folder, "near", opener), new Writer(folder, "far", opener));
    End far = new End(new Reader(folder, "far", opener), new Writer(folder, "near", opener));
    return new Connection(near, far, () -> SharedFolders.delete(folder));
  }

  /** Where the files of both directions are. */
  Path folder() {
    return folder;
  }

  Path segment(long which) {
    return folder.resolve(direction + "-" + which);
  }

  private Path end() {
    return folder.resolve(direction + "-end");
  }

  /** Says that nothing more comes. */
  void markEnd() throws IOException {
    if (Files.isDirectory(folder)) {
      Files.write(end(), new byte[0]);
    }
  }

  boolean hasEnded() {
    return Files.exists(end());
  }

  /** Lets others run, if this may still be used. */
  @SuppressWarnings("ThreadPriorityCheck") // sched_yield(2), which is what the C program does
  void waitALittle() throws IOException {
    if (closed) {
      throw new AsynchronousCloseException();
    }
    Thread.yield();
  }

  public boolean isOpen() {
    return !closed;
  }

  void closeChannel() throws IOException {
    closed = true;
    if (channel != null) {
      channel.close();
    }
  }

  void begin(ByteChannel next) {
    channel = next;
    number++;
    at = 0;
  }

  /** Appends. */
  static final class Writer extends SharedFile implements WritableByteChannel {
    Writer(Path folder, String direction, Opener opener) {
      super(folder, direction, opener);
    }

    @Override
    public int write(ByteBuffer src) throws IOException {
      ByteChannel file = at == SEGMENT || channel == null ? next() : channel;
      int limit = src.limit();
      src.limit(Math.min(limit, src.position() + SEGMENT - at));
      int count = file.write(src);
      src.limit(limit);
      at += count;
      return count;
    }

    private ByteChannel next() throws IOException {
      if (channel != null) {
        channel.close();
      }
      while (number > 0 && Files.exists(segment(number - 1))) {
        waitALittle();
      }
      ByteChannel next = opener.toWrite(segment(number + 1));
      begin(next);
      return next;
    }

    @Override
    public void close() throws IOException {
      if (isOpen()) {
        closeChannel();
        markEnd();
      }
    }
  }

  /** Asks until there is something. */
  static final class Reader extends SharedFile implements ReadableByteChannel {
    Reader(Path folder, String direction, Opener opener) {
      super(folder, direction, opener);
    }

    @Override
    public int read(ByteBuffer dst) throws IOException {
      ByteChannel file = at == SEGMENT || channel == null ? next() : channel;
      if (file == null) {
        return -1;
      }
      boolean last = false;
      for (int polls = 1; ; polls++) {
        int count = file.read(dst);
        if (count > 0 || last) {
          at += Math.max(count, 0);
          return count;
        }
        // What was appended before the end was said is read first.
        last = polls % POLLS == 0 && hasEnded();
        waitALittle();
      }
    }

    /** Null if the writer ended before it began the next one. */
    private @Nullable ByteChannel next() throws IOException {
      if (channel != null) {
        channel.close();
        Files.delete(segment(number));
        channel = null;
      }
      Path path = segment(number + 1);
      for (int polls = 1; !Files.exists(path); polls++) {
        if (polls % POLLS == 0 && hasEnded() && !Files.exists(path)) {
          return null;
        }
        waitALittle();
      }
      ByteChannel next = opener.toRead(path);
      begin(next);
      return next;
    }

    @Override
    public void close() throws IOException {
      closeChannel();
    }
  }
}
