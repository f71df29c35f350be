package org.posixipc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.posixipc.fixture.Bytes.bytes;
import static org.posixipc.fixture.Bytes.text;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.posixipc.ChildProcess;
import org.posixipc.Listener;
import org.posixipc.Socket;
import org.posixipc.SocketAddress;
import org.posixipc.Spawn;

/** What takes a JVM of its own as the parent, or as the child. */
class SpawnJvmTest {
  private static final int SPAWNS = 3;

  /** Answers on the socket that it was started with. */
  static final class AnswersOnItsInput {
    public static void main(String[] args) throws IOException {
      try (SocketChannel channel = (SocketChannel) System.inheritedChannel()) {
        ByteBuffer question = ByteBuffer.allocate(100);
        channel.read(question);
        channel.write(bytes(text(question.flip()) + ", said the child"));
      }
    }
  }

  @Test
  void aJvmFindsASocketAsItsInheritedChannel() throws IOException {
    List<String> command = ChildJvm.running(AnswersOnItsInput.class).command();
    try (Listener listener = Listener.bind(SocketAddress.inet("127.0.0.1", 0));
        Socket client = Socket.connect(listener.localAddress())) {
      ChildProcess child;
      try (Socket accepted = listener.accept()) {
        child = Spawn.command(command.toArray(String[]::new)).descriptor(0, accepted).start();
      }

      client.write(bytes("hello"));

      assertEquals("hello, said the child", text(client));
      assertEquals(-1, client.read(ByteBuffer.allocate(1)));
      child.waitFor().orThrow();
    }
  }

  /** Starts some children. */
  static final class StartsChildren {
    public static void main(String[] args) throws IOException {
      for (int i = 0; i < SPAWNS; i++) {
        Spawn.command(CProgram.path("child"), "exit", "0").start().waitFor().orThrow();
      }
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aStartIsOneVforkAndClosesWithoutALoop(@TempDir Path folder) throws Exception {
    PeerProcess.requireStrace();
    Path trace = folder.resolve("trace");
    String program = CProgram.path("child");

    ChildJvm.running(StartsChildren.class)
        .after(
            "exec strace -f -e trace=clone,clone3,fork,vfork,execve,close,close_range -o "
                + trace
                + " \"$@\"; ")
        .options("-Dposixipc.c=" + Path.of(program).getParent())
        .run()
        .assertPrinted("");

    List<String> calls = Files.readAllLines(trace);
    assertEquals(SPAWNS, count(calls, "CLONE_VFORK"));
    assertEquals(SPAWNS, count(calls, "CLONE_VM\\|CLONE_VFORK"), "memory is shared");
    assertEquals(0, count(calls, "^\\d+ +v?fork\\(|clone3?\\((?!.*CLONE_VM)(?!.*resumed)"));
    for (String pid : startsOf(program, calls)) {
      List<String> before =
          calls.stream()
              .filter(call -> call.startsWith(pid + " "))
              .takeWhile(call -> !call.contains(" execve("))
              .toList();
      assertEquals(0, count(before, " close\\("), before::toString);
      assertEquals(1, count(before, " close_range\\("), before::toString);
    }
  }

  /** Prints the median of microseconds that a start takes. */
  static final class TimesItsStarts {
    public static void main(String[] args) throws IOException {
      long[] times = new long[300];
      for (int i = 0; i < times.length; i++) {
        long begin = System.nanoTime();
        ChildProcess child = Spawn.command(CProgram.path("child"), "exit", "0").start();
        times[i] = (System.nanoTime() - begin) / 1000;
        child.waitFor().orThrow();
      }
      Arrays.sort(times);
      System.out.println(times[times.length / 2]);
    }
  }

  /** With {@code -Dposixipc.heap=8g}, on a machine that has so much. */
  @Test
  @EnabledIfSystemProperty(named = "posixipc.heap", matches = "\\d+[mg]")
  void theTimeOfAStartDoesNotGrowWithTheHeap() throws Exception {
    long small = timeWithHeap("64m");
    long large = timeWithHeap(System.getProperty("posixipc.heap"));

    assertTrue(large < 2 * small, () -> small + " and " + large + " microseconds");
  }

  private static long timeWithHeap(String size) throws Exception {
    ChildJvm.Outcome outcome =
        ChildJvm.running(TimesItsStarts.class)
            .options("-Xms" + size, "-Xmx" + size, "-XX:+AlwaysPreTouch")
            .options("-Dposixipc.c=" + Path.of(CProgram.path("child")).getParent())
            .run();
    return Long.parseLong(outcome.out().strip());
  }

  private static List<String> startsOf(String program, List<String> calls) {
    List<String> pids =
        calls.stream()
            .filter(call -> call.contains("execve(\"" + program + "\""))
            .map(call -> call.substring(0, call.indexOf(' ')))
            .toList();
    assertEquals(SPAWNS, pids.size());
    return pids;
  }

  private static long count(List<String> calls, String regex) {
    Pattern pattern = Pattern.compile(regex);
    return calls.stream().filter(call -> pattern.matcher(call).find()).count();
  }
}
