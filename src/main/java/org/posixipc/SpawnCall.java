package org.posixipc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Reference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.posixipc.internal.abi.Abi;
import org.posixipc.internal.abi.Header;
import org.posixipc.libc.Native;
import org.posixipc.libc.SpawnLibC;

/**
 * One posix_spawn(3): what the child finds at which number, as file actions, and its signals, group
 * and session, as attributes.
 *
 * <p>The kernel carries out the actions one after the other, so one could overwrite what a later
 * one needs. A descriptor whose own number is wanted in the child is therefore moved first, by a
 * close-on-exec copy above all numbers that are wanted: no order matters then.
 */
final class SpawnCall {
  private static final Abi ABI = Abi.host();

  private final Spawn spawn;
  private final String program;

  /** What is closed when the call is over, however it went: copies, and the child's pipe ends. */
  private final List<FileDescriptor> temporary = new ArrayList<>();

  private final Map<Integer, FileDescriptor> pipes = new HashMap<>();
  private final List<FileDescriptor> held = new ArrayList<>();

  SpawnCall(Spawn spawn) {
    this.spawn = spawn;
    this.program = spawn.command.get(0);
  }

  ChildProcess start(Reaper reaper) throws IOException {
    ChildProcess child = null;
    try {
      Map<Integer, FileDescriptor> sources = sources();
      try (SpawnStorage storage = new SpawnStorage()) {
        addActions(storage, sources);
        addAttributes(storage);
        child = ChildProcess.started(call(storage), program, pipes, reaper);
      }
      return child;
    } finally {
      held.forEach(SpawnCall::leave);
      closeAll(temporary);
      if (child == null) {
        closeAll(new ArrayList<>(pipes.values()));
      }
    }
  }

  /** The descriptor for each number, none of which is itself a number that is wanted. */
  private Map<Integer, FileDescriptor> sources() throws IOException {
    Map<Integer, FileDescriptor> sources = new TreeMap<>();
    for (Map.Entry<Integer, Spawn.Source> entry : spawn.descriptors.entrySet()) {
      int childNumber = entry.getKey();
      FileDescriptor source = null;
      if (entry.getValue() instanceof Spawn.Source.Borrowed borrowed) {
        source = borrowed.descriptor();
      } else if (entry.getValue() instanceof Spawn.Source.NewPipe) {
        source = newPipe(childNumber);
      }
      if (source != null) {
        source.share();
        source.hold();
        held.add(source);
        sources.put(childNumber, above(source));
      }
    }
    return sources;
  }

  private FileDescriptor newPipe(int childNumber) throws IOException {
    Pipe pipe = Pipe.open();
    boolean childReads = childNumber == 0;
    pipes.put(childNumber, childReads ? pipe.writeEnd() : pipe.readEnd());
    FileDescriptor childs = childReads ? pipe.readEnd() : pipe.writeEnd();
    temporary.add(childs);
    return childs;
  }

  private FileDescriptor above(FileDescriptor source) throws IOException {
    if (!spawn.descriptors.containsKey(source.number)) {
      return source;
    }
    FileDescriptor copy = source.duplicateAbove(greatestNumber() + 1);
    temporary.add(copy);
    return copy;
  }

  private int greatestNumber() {
    return spawn.descriptors.keySet().stream().reduce(2, Math::max);
  }

  private void addActions(SpawnStorage storage, Map<Integer, FileDescriptor> sources)
      throws IOException {
    for (Map.Entry<Integer, Spawn.Source> entry : spawn.descriptors.entrySet()) {
      int childNumber = entry.getKey();
      FileDescriptor source = sources.get(childNumber);
      if (source == null) {
        storage.addDevNull(childNumber);
      } else {
        storage.addDup2(source.number, childNumber);
      }
    }
    storage.closeOthers(spawn.descriptors.keySet(), greatestNumber());
    if (spawn.directory != null) {
      storage.addDirectory(spawn.directory);
    }
  }

  private void addAttributes(SpawnStorage storage) throws IOException {
    int flags = ABI.value(Header.POSIX_SPAWN_SETSIGMASK) | ABI.value(Header.POSIX_SPAWN_SETSIGDEF);
    if (spawn.processGroup >= 0) {
      flags |= ABI.value(Header.POSIX_SPAWN_SETPGROUP);
      storage.setProcessGroup(spawn.processGroup);
    }
    if (spawn.newSession) {
      flags |= ABI.value(Header.POSIX_SPAWN_SETSID);
    }
    if (ABI.has(Header.POSIX_SPAWN_CLOEXEC_DEFAULT)) {
      flags |= ABI.value(Header.POSIX_SPAWN_CLOEXEC_DEFAULT);
    }
    storage.setSignalMask(spawn.signalMask);
    storage.setSignalDefaults(spawn.signalDefaults);
    storage.setFlags(flags);
  }

  /** The call itself; the child's number. */
  private int call(SpawnStorage storage) throws IOException {
    Scratch.Area programAndArguments = programAndArguments();
    Scratch.Area variables = variables();
    long path = programAndArguments.buffer.getLong(0);
    long argv = programAndArguments.address + Long.BYTES;
    long envp = variables.address;
    SpawnLibC libc = Native.spawn();
    long pid = storage.pid();
    long actions = storage.actions();
    long attributes = storage.attributes();
    try {
      int error =
          program.indexOf('/') >= 0
              ? libc.posix_spawn(pid, path, actions, attributes, argv, envp)
              : libc.posix_spawnp(pid, path, actions, attributes, argv, envp);
      Check.reported("posix_spawn", program, error);
      return storage.storedPid();
    } finally {
      Reference.reachabilityFence(programAndArguments);
      Reference.reachabilityFence(variables);
    }
  }

  /** The program's path, and argv behind it: encoded once for all starts of a Spawn. */
  private Scratch.Area programAndArguments() {
    Scratch.Area encoded = spawn.programAndArguments;
    if (encoded == null) {
      List<String> strings = new ArrayList<>(List.of(program, spawn.arg0));
      strings.addAll(spawn.command.subList(1, spawn.command.size()));
      encoded = StringVector.of(strings.stream().map(NativePath::encode).toList());
      spawn.programAndArguments = encoded;
    }
    return encoded;
  }

  /** envp, encoded once too. */
  private Scratch.Area variables() {
    Scratch.Area encoded = spawn.variables;
    if (encoded == null) {
      encoded = StringVector.of(Environment.bytes(spawn.environment));
      spawn.variables = encoded;
    }
    return encoded;
  }

  private static void leave(FileDescriptor descriptor) {
    try {
      descriptor.unhold();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void closeAll(List<FileDescriptor> descriptors) throws IOException {
    Message.closeAll(new ArrayDeque<>(descriptors));
  }
}
