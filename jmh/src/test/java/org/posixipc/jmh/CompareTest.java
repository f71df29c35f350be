package org.posixipc.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CompareTest {
  @Test
  void helpNamesTheOptions() {
    StringWriter text = new StringWriter();

    int status = Compare.commandLine().setOut(new PrintWriter(text)).execute("--help");

    assertEquals(0, status);
    assertTrue(text.toString().contains("connection-rate"), text.toString());
    assertTrue(text.toString().contains("--placement"), text.toString());
  }

  @Test
  void aWordThatIsNoPlacementIsRefused() {
    StringWriter text = new StringWriter();

    int status =
        Compare.commandLine().setErr(new PrintWriter(text)).execute("--placement=elsewhere");

    assertEquals(CommandLine.ExitCode.USAGE, status);
    assertTrue(text.toString().contains("--placement"), text.toString());
  }

  @Test
  void aMessageOfNoBytesIsRefused() {
    StringWriter text = new StringWriter();

    int status = Compare.commandLine().setErr(new PrintWriter(text)).execute("--sizes=64,0");

    assertEquals(CommandLine.ExitCode.USAGE, status);
    assertTrue(text.toString().contains("--sizes"), text.toString());
  }

  @Test
  void optionsThatAreNeitherOursNorJmhsAreRefused() {
    for (List<String> arguments :
        List.of(List.of("--", "-no-such-option"), List.of("--", "Bandwidth"), List.of("--fast"))) {
      StringWriter text = new StringWriter();

      int status =
          Compare.commandLine()
              .setErr(new PrintWriter(text))
              .execute(arguments.toArray(String[]::new));

      assertEquals(CommandLine.ExitCode.USAGE, status, text.toString());
    }
  }

  @Test
  void severalQuestionsAreNamedWithCommas() {
    CommandLine line = Compare.commandLine();

    line.parseArgs("--only=bandwidth,close-cost");

    assertEquals(
        List.of(Questions.Name.BANDWIDTH, Questions.Name.CLOSE_COST),
        line.getCommandSpec().findOption("--only").getValue());
  }

  @Test
  void aFolderThatCannotBeWrittenToIsRefusedBeforeAnythingIsMeasured(@TempDir Path temporary)
      throws IOException {
    Path folder = Files.createFile(temporary.resolve("file")).resolve("report");
    StringWriter text = new StringWriter();

    int status = Compare.commandLine().setErr(new PrintWriter(text)).execute("--report=" + folder);

    assertEquals(CommandLine.ExitCode.SOFTWARE, status);
    assertTrue(text.toString().contains(folder.toString()), text.toString());
  }

  @Test
  void aBaselineThatIsNotThereIsRefusedBeforeAnythingIsMeasured(@TempDir Path temporary) {
    Path file = temporary.resolve("results.json");
    StringWriter text = new StringWriter();

    int status = Compare.commandLine().setErr(new PrintWriter(text)).execute("--baseline=" + file);

    assertEquals(CommandLine.ExitCode.SOFTWARE, status);
    assertTrue(text.toString().contains(file.toString()), text.toString());
  }

  @Test
  void aListOfCpusIsReadAsTheKernelWritesIt() {
    assertEquals(List.of(0, 1, 2, 8), Placement.numbers("\t0-2,8"));
  }

  @Test
  void eachStepIsShownWithItsAnswerAndTheTimeLeft() throws IOException {
    StringWriter text = new StringWriter();
    List<Step> steps =
        List.of(new Step("pipe", 1, () -> "1 GB/s"), new Step("tcp", 1, () -> "2 GB/s"));

    try (Steps two = new Steps(steps, new PrintWriter(text))) {
      assertTrue(two.run());
    }

    List<String> lines = text.toString().lines().toList();
    assertTrue(lines.get(0).startsWith("[1/2] pipe: 1 GB/s, "), lines.get(0));
    assertEquals("[2/2] tcp: 2 GB/s, 0:00 left", lines.get(1));
  }

  @Test
  void nothingMoreIsMeasuredWhenNobodyTakesTheOutput() {
    Writer broken =
        new FilterWriter(new StringWriter()) {
          @Override
          public void write(String text, int offset, int length) throws IOException {
            throw new IOException("write: Broken pipe (EPIPE)");
          }
        };
    List<Step> steps =
        List.of(new Step("pipe", 1, () -> "1 GB/s"), new Step("tcp", 1, Assertions::fail));

    try (Steps two = new Steps(steps, new PrintWriter(broken))) {
      assertThrows(IOException.class, two::run);
    }
  }

  @Test
  void aStepThatFailsIsToldAndTheRestGoOn() throws IOException {
    StringWriter text = new StringWriter();
    Step wrong =
        new Step(
            "pipe",
            1,
            () -> {
              throw new IOException("received 1 bytes of 2\nand more to say");
            });
    Step broken =
        new Step(
            "unix",
            1,
            () -> {
              throw new UnsatisfiedLinkError("no junixsocket");
            });

    try (Steps steps =
        new Steps(
            List.of(wrong, broken, new Step("tcp", 1, () -> "2 GB/s")), new PrintWriter(text))) {
      assertTrue(steps.run());

      assertEquals(
          List.of(
              "pipe: failed: received 1 bytes of 2",
              "unix: failed: java.lang.UnsatisfiedLinkError: no junixsocket"),
          steps.failures());
    }
    String lines = text.toString();
    assertTrue(lines.contains("[1/3] pipe: failed: received 1 bytes of 2\nand more to say"), lines);
    assertTrue(lines.contains("[2/3] unix: failed: java.lang.Unsatisfied"), lines);
    assertTrue(lines.contains("[3/3] tcp: 2 GB/s, 0:00 left"), lines);
  }
}
