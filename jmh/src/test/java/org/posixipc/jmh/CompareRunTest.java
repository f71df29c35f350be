package org.posixipc.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.posixipc.ChildProcess;
import org.posixipc.ExitStatus;
import org.posixipc.Pipe;
import org.posixipc.Spawn;
import org.posixipc.fixture.Eventually;

/** The job as a person runs it: in a JVM of its own. */
class CompareRunTest {
  private static final String C = "-Dposixipc.c=" + CPrograms.folder();

  @TempDir Path temporary;

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void aRunThatIsInterruptedReportsWhatItHasAndLeavesNoProcessBehind() throws Exception {
    try (Pipe output = Pipe.open()) {
      ChildProcess job = start(output, C, "--quick", "--only=connection-rate,spawn-cost");
      BufferedReader lines = reader(output);
      String line = "";
      while (!line.startsWith("[3/")) {
        line = lines.readLine();
        assertTrue(line != null, "the job ended early");
      }
      List<ProcessHandle> children =
          ProcessHandle.of(job.pid()).orElseThrow().descendants().toList();

      interrupt(job);
      String rest = String.join("\n", lines.lines().toList());

      assertEquals(130, code(job), rest);
      Eventually.await(
          "no process left", () -> children.stream().noneMatch(ProcessHandle::isAlive));
      assertTrue(rest.contains("The run was ended before all was measured"), rest);
      String page = Files.readString(temporary.resolve("report/index.html"));
      assertTrue(page.contains("This run was ended before all was measured"), page);
      assertTrue(page.contains("Connection rate"), page);
    }
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void jmhsOwnOptionsHoldAndWithoutCItsColumnIsAbsentAndTheReasonIsGiven() throws Exception {
    try (Pipe output = Pipe.open()) {
      String none = "-Dposixipc.c=" + temporary.resolve("none");
      ChildProcess job =
          start(output, none, "--only=close-cost", "--", "-wi", "1", "-i", "2", "-r", "10ms");
      String text = String.join("\n", reader(output).lines().toList());

      assertEquals(0, code(job), text);
      assertTrue(text.contains("absent    C: no programs in " + temporary), text);
      assertFalse(text.contains("/ C"), text);
      String csv = Files.readString(temporary.resolve("report/results.csv"));
      List<String> figures = csv.lines().skip(1).toList();
      assertFalse(figures.isEmpty(), csv);
      assertTrue(figures.stream().allMatch(figure -> figure.endsWith(",2")), csv);
      assertFalse(csv.contains(",C,"), csv);
    }
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void aProgramThatFailsIsToldAndTheRestIsMeasuredAndReported() throws Exception {
    assumeTrue(CPrograms.find().isPresent(), "no C compiler when this was built");
    Path programs = Files.createDirectory(temporary.resolve("c"));
    try (Stream<Path> all = Files.list(CPrograms.folder())) {
      for (Path program : all.toList()) {
        Files.copy(program, programs.resolve(program.getFileName()), COPY_ATTRIBUTES);
      }
    }
    Path broken = programs.resolve("close_cost");
    Files.delete(broken);
    Files.writeString(broken, "#!/bin/sh\necho nothing to close >&2\nexit 1\n");
    assertTrue(broken.toFile().setExecutable(true));
    try (Pipe output = Pipe.open()) {
      ChildProcess job =
          start(
              output,
              "-Dposixipc.c=" + programs,
              "--only=close-cost",
              "--",
              "-wi",
              "1",
              "-i",
              "2",
              "-r",
              "10ms");
      String text = String.join("\n", reader(output).lines().toList());

      assertEquals(1, code(job), text);
      String told = "close cost, C: failed: ";
      assertTrue(text.contains("] " + told), text);
      assertTrue(text.contains("ended with 1: nothing to close"), text);
      String page = Files.readString(temporary.resolve("report/index.html"));
      assertTrue(page.contains("<li>" + told), page);
      assertTrue(page.contains("posix-ipc"), page);
    }
  }

  private ChildProcess start(Pipe output, String programs, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", ClassPath.whole(), "-Djmh.ignoreLock=true", programs));
    command.addAll(NativeAccess.jvmOptions());
    command.addAll(List.of(Compare.class.getName(), "--report=" + temporary.resolve("report")));
    command.addAll(Arrays.asList(arguments));
    ChildProcess job =
        Spawn.command(command.toArray(String[]::new))
            .descriptor(1, output.writeEnd())
            .descriptor(2, output.writeEnd())
            .newSession()
            .start();
    output.writeEnd().close();
    return job;
  }

  /** As a terminal does it: the job and all its children get the signal at once. */
  private static void interrupt(ChildProcess job) throws IOException {
    Spawn.command("kill", "-INT", "--", "-" + job.pid()).start().waitFor().orThrow();
  }

  private static int code(ChildProcess job) throws IOException {
    return assertInstanceOf(ExitStatus.Exited.class, job.waitFor()).code();
  }

  private static BufferedReader reader(Pipe output) {
    return new BufferedReader(
        new InputStreamReader(Channels.newInputStream(output.readEnd()), UTF_8));
  }
}
