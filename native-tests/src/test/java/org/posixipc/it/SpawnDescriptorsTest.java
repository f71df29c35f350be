package org.posixipc.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posixipc.fixture.Bytes.bytes;
import static org.posixipc.fixture.Bytes.text;

import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posixipc.ChildProcess;
import org.posixipc.FileDescriptor;
import org.posixipc.Listener;
import org.posixipc.Pipe;
import org.posixipc.SocketAddress;
import org.posixipc.SocketPair;
import org.posixipc.Spawn;
import org.posixipc.fixture.CMemory;
import org.posixipc.fixture.Descriptors;
import org.posixipc.libc.Native;

/** What a child finds at which number, whatever else this JVM has open. */
@EnabledOnOs(OS.LINUX) // the probe reads /proc
class SpawnDescriptorsTest {
  private static final int STRANGERS = 200;
  private static final List<Closeable> OPEN = new ArrayList<>();

  /** The JDK's, and pipes of C that are not close-on-exec. */
  @BeforeAll
  static void openManyThings() throws IOException {
    try (CMemory fds = CMemory.allocate(8)) {
      for (int i = 0; i < STRANGERS; i += 5) {
        OPEN.add(new FileInputStream("/dev/null"));
        OPEN.add(new ServerSocket(0));
        OPEN.add(new DatagramSocket());
        assertEquals(0, Native.libc().pipe(fds.address()));
        OPEN.add(FileDescriptor.adopt(fds.bytes().getInt(0)));
        OPEN.add(FileDescriptor.adopt(fds.bytes().getInt(4)));
      }
    }
  }

  @AfterAll
  static void closeThem() throws IOException {
    for (Closeable each : OPEN) {
      each.close();
    }
    OPEN.clear();
  }

  @Test
  void aChildHasOurStandardStreamsAndNothingElse() throws IOException {
    assertTrue(Descriptors.open().size() > STRANGERS);

    Probe probe = Probe.run(spawn -> spawn);

    assertEquals(ours(Map.of(0, 0, 1, 1, 2, 2)), probe.descriptors());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 7, 100, 1000})
  void aDescriptorGetsToAnyNumber(int number) throws IOException {
    try (Pipe pipe = Pipe.open()) {
      Probe probe = Probe.run(spawn -> spawn.descriptor(number, pipe.readEnd()));

      Map<Integer, Integer> expected = new TreeMap<>(Map.of(0, 0, 1, 1, 2, 2));
      expected.put(number, pipe.readEnd().number());
      assertEquals(ours(expected), probe.descriptors());
    }
  }

  @Test
  void oneDescriptorGetsToSeveralNumbers() throws IOException {
    try (Pipe pipe = Pipe.open()) {
      int ours = pipe.writeEnd().number();

      Probe probe =
          Probe.run(
              spawn ->
                  spawn
                      .descriptor(1, pipe.writeEnd())
                      .descriptor(2, pipe.writeEnd())
                      .descriptor(ours, pipe.writeEnd())
                      .descriptor(100, pipe.writeEnd()));

      assertEquals(
          ours(Map.of(0, 0, 1, ours, 2, ours, ours, ours, 100, ours)), probe.descriptors());
    }
  }

  @Test
  void aDescriptorKeepsItsNumberAndLosesCloseOnExecInTheChildAlone() throws IOException {
    try (Pipe pipe = Pipe.open()) {
      int ours = pipe.readEnd().number();

      Probe probe = Probe.run(spawn -> spawn.descriptor(ours, pipe.readEnd()));

      assertEquals(ours(Map.of(0, 0, 1, 1, 2, 2, ours, ours)), probe.descriptors());
      assertTrue(Descriptors.closeOnExec(ours));
    }
  }

  @Test
  void twoDescriptorsSwapTheirNumbers() throws IOException {
    try (Pipe pipe = Pipe.open()) {
      int reader = pipe.readEnd().number();
      int writer = pipe.writeEnd().number();

      Probe probe =
          Probe.run(
              spawn ->
                  spawn.descriptor(reader, pipe.writeEnd()).descriptor(writer, pipe.readEnd()));

      assertEquals(
          ours(Map.of(0, 0, 1, 1, 2, 2, reader, writer, writer, reader)), probe.descriptors());
    }
  }

  @Test
  void fourDescriptorsGoRoundWhileOthersComeIn() throws IOException {
    try (Pipe one = Pipe.open();
        Pipe two = Pipe.open()) {
      FileDescriptor[] ring = {one.readEnd(), one.writeEnd(), two.readEnd(), two.writeEnd()};
      Map<Integer, Integer> expected = new TreeMap<>(Map.of(0, 0, 1, ring[0].number(), 2, 2));

      Probe probe =
          Probe.run(
              spawn -> {
                Spawn changed = spawn.descriptor(1, ring[0]);
                for (int i = 0; i < ring.length; i++) {
                  FileDescriptor next = ring[(i + 1) % ring.length];
                  changed = changed.descriptor(ring[i].number(), next);
                  expected.put(ring[i].number(), next.number());
                }
                return changed;
              });

      assertEquals(ours(expected), probe.descriptors());
    }
  }

  @Test
  void betweenSparseNumbersIsNothing() throws IOException {
    try (Pipe pipe = Pipe.open()) {
      Probe probe =
          Probe.run(spawn -> spawn.descriptor(3, pipe.readEnd()).descriptor(100, pipe.writeEnd()));

      assertEquals(
          ours(Map.of(0, 0, 1, 1, 2, 2, 3, pipe.readEnd().number(), 100, pipe.writeEnd().number())),
          probe.descriptors());
    }
  }

  @Test
  void theNullDeviceIsAtAnyNumber() throws IOException {
    Probe probe = Probe.run(spawn -> spawn.devNull(0).devNull(1).devNull(2).devNull(9));

    assertEquals(
        Map.of(0, "/dev/null", 1, "/dev/null", 2, "/dev/null", 9, "/dev/null"),
        probe.descriptors());
  }

  @Test
  void newPipesAreTheChildsAndOursAreTheOtherEnds() throws IOException {
    ChildProcess child =
        Spawn.command(CProgram.path("child"), "copy").pipe(0).pipe(1).pipe(2).start();

    try (FileDescriptor in = child.pipe(0);
        FileDescriptor out = child.pipe(1);
        FileDescriptor err = child.pipe(2)) {
      in.write(bytes("through a child"));
      in.close();

      assertEquals("through a child", text(out));
      assertEquals(0, Channels.newInputStream(out).readAllBytes().length);
      assertEquals(0, Channels.newInputStream(err).readAllBytes().length);
    }
    child.waitFor().orThrow();
  }

  @Test
  void socketsAndListenersGetThereToo(@TempDir Path folder) throws IOException {
    try (SocketPair pair = SocketPair.open();
        Listener listener = Listener.bind(SocketAddress.unix(folder.resolve("socket")))) {
      Probe probe = Probe.run(spawn -> spawn.descriptor(0, pair.first()).descriptor(3, listener));

      assertEquals(
          ours(
              Map.of(
                  0,
                  pair.first().descriptor().number(),
                  1,
                  1,
                  2,
                  2,
                  3,
                  listener.descriptor().number())),
          probe.descriptors());
    }
  }

  @Test
  void parentAndChildShareAFilesOffset(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "parent child parent");
    try (FileDescriptor shared = FileDescriptor.open(file);
        Pipe answer = Pipe.open()) {
      ByteBuffer first = ByteBuffer.allocate(7);
      shared.read(first);
      ChildProcess child =
          Spawn.command("head", "-c", "5")
              .descriptor(0, shared)
              .descriptor(1, answer.writeEnd())
              .start();
      child.waitFor().orThrow();

      assertEquals("child", text(answer.readEnd()));
      assertEquals("parent ", UTF_8.decode(first.flip()).toString());
    }
  }

  /** What the child should find: by its number, what we have at the other. */
  private static Map<Integer, String> ours(Map<Integer, Integer> numbers) throws IOException {
    Map<Integer, String> open = Descriptors.open();
    Map<Integer, String> expected = new TreeMap<>();
    numbers.forEach((child, parent) -> expected.put(child, open.get(parent)));
    return expected;
  }
}
