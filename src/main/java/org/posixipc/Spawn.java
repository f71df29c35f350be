package org.posixipc;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code posix_spawn(3)}: how a child is started, and what it shares with this process: exactly the
 * descriptors that are named here, and 0, 1 and 2.
 *
 * <p>Immutable: each method returns a new one, and each may be started more than once. A child
 * begins with no signal blocked and all signals at their default, whatever the JVM's threads block
 * or ignore.
 *
 * <pre>{@code
 * ChildProcess child =
 *     Spawn.command("wc", "-c")
 *         .descriptor(0, toChild.readEnd())
 *         .descriptor(1, fromChild.writeEnd())
 *         .start();
 * }</pre>
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/posix_spawn.3.html">posix_spawn(3)</a>
 */
public final class Spawn {
  /** What a child finds at a number. */
  sealed interface Source {
    /** The same open file as a descriptor of ours. */
    record Borrowed(FileDescriptor descriptor) implements Source {}

    /** Nothing to read, and nowhere to write. */
    record DevNull() implements Source {}

    /** An end of a new pipe; the other is ChildProcess's. */
    record NewPipe() implements Source {}
  }

  List<String> command;
  String arg0;
  Map<String, String> environment;
  @Nullable Path directory;
  Map<Integer, Source> descriptors = Map.of();
  int processGroup = -1;
  boolean newSession;
  Set<Signal> signalMask = Set.of();

  /** Null for all, those that {@link Signal} has no name for among them. */
  @Nullable Set<Signal> signalDefaults;

  /** As posix_spawn takes them, once they have been asked for. */
  volatile Scratch.@Nullable Area programAndArguments;

  volatile Scratch.@Nullable Area variables;

  private Spawn(List<String> command) {
    this.command = command;
    this.arg0 = command.get(0);
    this.environment = System.getenv();
  }

  private Spawn(Spawn that, Consumer<Spawn> change) {
    command = that.command;
    arg0 = that.arg0;
    environment = that.environment;
    directory = that.directory;
    descriptors = that.descriptors;
    processGroup = that.processGroup;
    newSession = that.newSession;
    signalMask = that.signalMask;
    signalDefaults = that.signalDefaults;
    change.accept(this);
  }

  /**
   * A program and its arguments, which get there as they are: no shell is between.
   *
   * @param command the program, then its arguments. A name with a slash is a path, in the child's
   *     directory; one without is looked for in the PATH of this process, not of the child
   * @return a way to start it, which does nothing yet
   * @throws IllegalArgumentException if there is no program, or a NUL in a string
   */
  public static Spawn command(String... command) {
    if (command.length == 0 || command[0].isEmpty()) {
      throw new IllegalArgumentException("a command has a program at least");
    }
    for (String argument : command) {
      checkNoNul("an argument", argument);
    }
    return new Spawn(List.of(command));
  }

  /**
   * What the program gets as its own name, where that is not the command's first string.
   *
   * @param name argv[0]
   * @return a spawn with that name
   */
  public Spawn arg0(String name) {
    checkNoNul("an argument", name);
    return with(spawn -> spawn.arg0 = name);
  }

  /**
   * The child's whole environment, in place of this process's.
   *
   * @param variables names and values
   * @return a spawn with that environment
   * @throws IllegalArgumentException for an empty name, an = in a name, or a NUL
   */
  public Spawn environment(Map<String, String> variables) {
    variables.forEach(Spawn::checkVariable);
    return with(spawn -> spawn.environment = Map.copyOf(variables));
  }

  /**
   * A variable of the child's environment besides the others.
   *
   * @param name of the variable
   * @param value its value
   * @return a spawn with that variable
   * @throws IllegalArgumentException for an empty name, an = in a name, or a NUL
   */
  public Spawn variable(String name, String value) {
    checkVariable(name, value);
    Map<String, String> edited = new HashMap<>(environment);
    edited.put(name, value);
    return with(spawn -> spawn.environment = Map.copyOf(edited));
  }

  /**
   * The child's environment without a variable of this process's.
   *
   * @param name of the variable
   * @return a spawn without it
   */
  public Spawn withoutVariable(String name) {
    Map<String, String> edited = new HashMap<>(environment);
    edited.remove(name);
    return with(spawn -> spawn.environment = Map.copyOf(edited));
  }

  /**
   * {@code posix_spawn_file_actions_addchdir_np}: the child's working directory. A program's
   * relative path is looked for there.
   *
   * @param path the directory
   * @return a spawn with that directory
   */
  public Spawn directory(Path path) {
    return with(spawn -> spawn.directory = path);
  }

  /**
   * Gives the child a descriptor of ours, by any number, its own too; two may swap theirs.
   *
   * @param childNumber the number in the child, 0 or more
   * @param descriptor borrowed, and shared: the same open file, with one offset
   * @return a spawn with that descriptor
   * @throws IllegalArgumentException if the number is negative, or was named before
   */
  public Spawn descriptor(int childNumber, FileDescriptor descriptor) {
    return source(childNumber, new Source.Borrowed(descriptor));
  }

  /**
   * Gives the child a socket of ours, as {@link #descriptor(int, FileDescriptor)} does.
   *
   * @param childNumber the number in the child, 0 or more
   * @param socket borrowed
   * @return a spawn with that socket
   */
  public Spawn descriptor(int childNumber, Socket socket) {
    return descriptor(childNumber, socket.descriptor());
  }

  /**
   * Gives the child a listener of ours, as {@link #descriptor(int, FileDescriptor)} does.
   *
   * @param childNumber the number in the child, 0 or more
   * @param listener borrowed
   * @return a spawn with that listener
   */
  public Spawn descriptor(int childNumber, Listener listener) {
    return descriptor(childNumber, listener.descriptor());
  }

  /**
   * Gives the child /dev/null: nothing to read, and nowhere to write.
   *
   * @param childNumber the number in the child, such as 0, 1 or 2
   * @return a spawn with that
   * @throws IllegalArgumentException if the number is negative, or was named before
   */
  public Spawn devNull(int childNumber) {
    return source(childNumber, new Source.DevNull());
  }

  /**
   * Gives the child a new pipe to read as its 0, to write as its 1 or 2; the other end is {@link
   * ChildProcess#pipe}'s.
   *
   * @param childNumber 0, 1 or 2
   * @return a spawn with that
   * @throws IllegalArgumentException for another number, or one that was named before
   */
  public Spawn pipe(int childNumber) {
    if (childNumber > 2) {
      throw new IllegalArgumentException(
          "whether a child reads or writes is known of 0, 1 and 2 alone, not of " + childNumber);
    }
    return source(childNumber, new Source.NewPipe());
  }

  /**
   * {@code POSIX_SPAWN_SETPGROUP}: the child's process group.
   *
   * @param group an existing group of this session, or 0 for a new one that the child leads
   * @return a spawn with that group
   * @throws IllegalArgumentException if it is negative
   */
  public Spawn processGroup(int group) {
    if (group < 0) {
      throw new IllegalArgumentException("a process group is 0 or more, not " + group);
    }
    return with(spawn -> spawn.processGroup = group);
  }

  /**
   * {@code POSIX_SPAWN_SETSID}: the child leads a new session, without a controlling terminal.
   *
   * @return a spawn with that
   */
  public Spawn newSession() {
    return with(spawn -> spawn.newSession = true);
  }

  /**
   * {@code POSIX_SPAWN_SETSIGMASK}: the signals that the child begins with blocked; none otherwise.
   *
   * @param blocked which
   * @return a spawn with that
   */
  public Spawn signalMask(Set<Signal> blocked) {
    return with(spawn -> spawn.signalMask = Set.copyOf(blocked));
  }

  /**
   * {@code POSIX_SPAWN_SETSIGDEF}: the signals that get their default action in the child; all
   * otherwise. Others stay ignored if this process ignores them.
   *
   * @param defaults which
   * @return a spawn with that
   */
  public Spawn signalDefaults(Set<Signal> defaults) {
    return with(spawn -> spawn.signalDefaults = Set.copyOf(defaults));
  }

  /**
   * {@code posix_spawn(3)}: starts a child. The memory of this process is not copied, however large
   * it is: the two share it until the child runs its program.
   *
   * <p>The child's other descriptors are closed by {@code
   * posix_spawn_file_actions_addclosefrom_np}, on macOS by POSIX_SPAWN_CLOEXEC_DEFAULT. glibc
   * before 2.34 and musl have neither: there the descriptors that are open when this is called are
   * closed one by one, and one that another thread opens just then, without close-on-exec, gets
   * into the child.
   *
   * @return the child
   * @throws PosixException {@code ENOENT} if there is no such program (or directory, or
   *     interpreter), {@code EACCES} if it may not be run, {@code ENOEXEC} if it is no program,
   *     {@code ENOTDIR}, {@code ELOOP} and {@code ENAMETOOLONG} for its path, {@code E2BIG} for
   *     arguments and environment, {@code EAGAIN} if the user has as many processes as it may have,
   *     {@code EMFILE} if this process has as many descriptors, {@code EPERM} for a process group
   *     of another session. No child and no descriptor is left then
   * @throws java.nio.channels.ClosedChannelException if a named descriptor is closed
   */
  public ChildProcess start() throws IOException {
    return start(Reaper.ofThisSystem());
  }

  ChildProcess start(Reaper reaper) throws IOException {
    return new SpawnCall(this).start(reaper);
  }

  /**
   * Starts several children, each of which reads from a pipe what the one before writes: {@code a |
   * b | c}. This process keeps no copy of the pipes: the first to end ends the others, by end of
   * file or SIGPIPE.
   *
   * @param spawns from first to last; 1 of all but the last and 0 of all but the first are not
   *     named
   * @return the children, in that order
   * @throws IOException as {@link #start} does; the children that were started are killed then
   */
  public static List<ChildProcess> pipeline(Spawn... spawns) throws IOException {
    List<ChildProcess> children = new ArrayList<>();
    List<Pipe> pipes = new ArrayList<>();
    try {
      for (int i = 0; i < spawns.length; i++) {
        Spawn spawn = spawns[i];
        if (i > 0) {
          spawn = spawn.descriptor(0, pipes.get(i - 1).readEnd());
        }
        if (i < spawns.length - 1) {
          pipes.add(Pipe.open());
          spawn = spawn.descriptor(1, pipes.get(i).writeEnd());
        }
        children.add(spawn.start());
      }
      return children;
    } catch (IOException | RuntimeException e) {
      for (ChildProcess child : children) {
        child.signal(Signal.SIGKILL);
        child.closePipes();
      }
      throw e;
    } finally {
      for (Pipe pipe : pipes) {
        pipe.close();
      }
    }
  }

  private Spawn source(int childNumber, Source source) {
    if (childNumber < 0) {
      throw new IllegalArgumentException("a descriptor is 0 or more, not " + childNumber);
    }
    Map<Integer, Source> more = new TreeMap<>(descriptors);
    if (more.put(childNumber, source) != null) {
      throw new IllegalArgumentException("the child's " + childNumber + " was named before");
    }
    return with(spawn -> spawn.descriptors = more);
  }

  private Spawn with(Consumer<Spawn> change) {
    return new Spawn(this, change);
  }

  private static void checkVariable(String name, String value) {
    if (name.isEmpty() || name.indexOf('=') >= 0) {
      throw new IllegalArgumentException("a variable has a name without =, not '" + name + "'");
    }
    checkNoNul("a variable's name", name);
    checkNoNul("the value of " + name, value);
  }

  private static void checkNoNul(String what, String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(what + " has no NUL, this one has: " + text);
    }
  }
}
