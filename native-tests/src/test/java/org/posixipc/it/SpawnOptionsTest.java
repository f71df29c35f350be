package org.posixipc.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.posixipc.ChildProcess;
import org.posixipc.Signal;
import org.posixipc.Spawn;

/** What a child finds besides descriptors. */
class SpawnOptionsTest {
  @Test
  void argumentsArriveAsTheyAre() throws IOException {
    Probe probe = Probe.run(spawn -> spawn, "", "a b", "\"$HOME\"", "line\nline", "*", "\u007f");

    assertEquals(
        List.of("", "a b", "\"$HOME\"", "line\\0aline", "*", "\\7f"),
        probe.all("arg").subList(2, 8));
  }

  @Test
  void aProgramMayHaveAnotherNameForItself() throws IOException {
    assertEquals("alias", Probe.run(spawn -> spawn.arg0("alias")).all("arg").get(0));
    assertEquals("", Probe.run(spawn -> spawn.arg0("")).all("arg").get(0));
  }

  @Test
  void theEnvironmentIsInheritedUnlessItIsReplaced() throws IOException {
    Map<String, String> given = Map.of("foo", "bar", "EMPTY", "", "WEIRD", "a=b");

    Probe inherited = Probe.run(spawn -> spawn);
    Probe replaced = Probe.run(spawn -> spawn.environment(given));

    assertEquals(System.getenv().keySet(), inherited.environment().keySet());
    assertEquals(System.getenv("PATH"), inherited.environment().get("PATH"));
    assertEquals(given, replaced.environment());
  }

  @Test
  void theEnvironmentMayBeEmpty() throws IOException {
    assertEquals(List.of(), Probe.run(spawn -> spawn.environment(Map.of())).all("env"));
  }

  @Test
  void variablesAreAddedChangedAndTakenAway() throws IOException {
    Map<String, String> expected = new HashMap<>(Map.of("a", "3", "c", "4"));

    Probe probe =
        Probe.run(
            spawn ->
                spawn
                    .environment(Map.of("a", "1", "b", "2"))
                    .variable("a", "3")
                    .variable("c", "4")
                    .withoutVariable("b")
                    .withoutVariable("never there"));

    assertEquals(expected, probe.environment());
  }

  /** Hands on a variable that is no text in this JVM's charset, and one beside it. */
  static final class HandsOnItsEnvironment {
    public static void main(String[] args) throws IOException {
      Spawn.command("sh", "-c", "printf %s \"$FOO\" | od -An -tx1; echo $BAR")
          .variable("BAR", "too")
          .start()
          .waitFor()
          .orThrow();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aVariableThatIsNoTextHereIsHandedOnAsItCame() throws Exception {
    ChildJvm.running(HandsOnItsEnvironment.class)
        .after("FOO=$(printf 'caf\\303\\251'); export FOO; LC_ALL=C; export LC_ALL; ")
        .run()
        .assertPrinted("63 61 66 c3 a9", "too");
    ChildJvm.running(HandsOnItsEnvironment.class)
        .after("FOO=$(printf 'x\\377y'); export FOO; LC_ALL=C.UTF-8; export LC_ALL; ")
        .run()
        .assertPrinted("78 ff 79", "too");
  }

  @Test
  void aChildBeginsInItsDirectory(@TempDir Path folder) throws IOException {
    String here = Path.of("").toRealPath().toString();

    assertEquals(here, Probe.run(spawn -> spawn).one("cwd"));
    assertEquals(
        folder.toRealPath().toString(), Probe.run(spawn -> spawn.directory(folder)).one("cwd"));
  }

  @Test
  void aRelativeProgramIsLookedForInTheChildsDirectory() throws IOException {
    Path folder = Path.of(CProgram.path("child")).resolveSibling("");

    Spawn.command("./child", "exit", "0").directory(folder).start().waitFor().orThrow();
  }

  @Test
  void aChildLeadsAGroupOrASessionIfAskedTo() throws IOException {
    Probe plain = Probe.run(spawn -> spawn);
    Probe group = Probe.run(spawn -> spawn.processGroup(0));
    Probe session = Probe.run(Spawn::newSession);

    assertNotEquals(plain.pid(), plain.number("pgid"));
    assertEquals(group.pid(), group.number("pgid"));
    assertEquals(plain.number("sid"), group.number("sid"));
    assertEquals(session.pid(), session.number("pgid"));
    assertEquals(session.pid(), session.number("sid"));
  }

  @Test
  void aChildJoinsTheGroupOfAnother() throws IOException {
    ChildProcess leader = Spawn.command(CProgram.path("child"), "pause").processGroup(0).start();

    Probe member = Probe.run(spawn -> spawn.processGroup(leader.pid()));
    leader.signal(Signal.SIGKILL);
    leader.waitFor();

    assertEquals(leader.pid(), member.number("pgid"));
  }

  @Test
  void aChildBlocksAndIgnoresNothing() throws IOException {
    Probe probe = Probe.run(spawn -> spawn);

    assertEquals(List.of(), probe.all("blocked"));
    assertEquals(List.of(), probe.all("ignored"));
    assertEquals(List.of(), probe.all("handled"));
  }

  /** Prints what a child of its blocks and ignores. */
  static final class HasASaneChild {
    public static void main(String[] args) throws IOException {
      Probe probe = Probe.run(spawn -> spawn);
      Probe kept = Probe.run(spawn -> spawn.signalDefaults(Set.of(Signal.SIGUSR1)));
      System.out.println(probe.all("blocked") + " " + probe.all("ignored"));
      System.out.println(kept.all("ignored").contains("" + Signal.SIGTTIN.number()));
      System.out.println(kept.all("ignored").contains("" + Signal.SIGUSR1.number()));
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whatTheJvmInheritedAsIgnoredIsAtItsDefaultInTheChild() throws Exception {
    String programs = Path.of(CProgram.path("child")).resolveSibling("").toString();

    ChildJvm.running(HasASaneChild.class)
        .after("trap '' PIPE QUIT USR1 TTIN PWR; ")
        .options("-Dposixipc.c=" + programs, "-Xrs")
        .run()
        .assertPrinted("[] []", "true", "false");
  }

  @Test
  void signalsAreBlockedAsAskedFor() throws IOException {
    Set<Signal> blocked = EnumSet.of(Signal.SIGHUP, Signal.SIGUSR2, Signal.SIGSYS);
    List<String> numbers =
        blocked.stream().map(Signal::number).sorted().map(String::valueOf).toList();

    assertEquals(numbers, Probe.run(spawn -> spawn.signalMask(blocked)).all("blocked"));
  }

  @Test
  void aSpawnIsStartedMoreThanOnceAndNotChangedByWhatIsMadeOfIt() throws IOException {
    Spawn plain = Spawn.command(CProgram.path("child"), "exit", "3");
    Spawn changed = plain.newSession().devNull(0);

    ChildProcess first = plain.start();
    ChildProcess second = plain.start();

    assertNotEquals(first.pid(), second.pid());
    assertEquals(first.waitFor(), second.waitFor());
    assertFalse(changed.start().waitFor().success());
    assertTrue(first.toString().contains("child"));
  }
}
