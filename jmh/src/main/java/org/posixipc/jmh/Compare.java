package org.posixipc.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/**
 * The main job: how fast are pipes and sockets here, beside C and java.nio?
 *
 * <p>Every figure of a row is measured in one run, in turn, on the same CPUs.
 */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = "Measures pipes and sockets through this library, C and java.nio.")
public final class Compare implements Callable<Integer> {
  private enum Name {
    CALL_OVERHEAD,
    BANDWIDTH
  }

  @Option(names = "--quick", description = "Shorter and fewer measurements: under two minutes.")
  private boolean quick;

  @Option(
      names = "--placement",
      description = "same-core, two-cores (the default where taskset is) or free.")
  private @Nullable Placement placement;

  @Option(names = "--only", description = "call-overhead or bandwidth; both by default.")
  private @Nullable Name only;

  @Option(
      names = "--transports",
      split = ",",
      description = "Any of pipe, socket-pair, tcp; all by default.")
  private List<Transport> transports = List.of(Transport.values());

  @Option(names = "--sizes", split = ",", description = "Bytes in a message; 64 to 1 MiB.")
  private @Nullable List<Integer> sizes;

  @Option(
      names = "--capacity",
      description = "Bytes that our pipe and C's hold; the kernel's choice by default.")
  private int capacity;

  @Option(names = "--rounds", description = "How often everything is measured.")
  private int rounds;

  private final PrintWriter out = new PrintWriter(new OutputStreamWriter(System.out, UTF_8), true);

  /** Measures and prints; its exit status is 0 if all went well. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Compare());
    commandLine.registerConverter(Placement.class, constant(Placement.class));
    commandLine.registerConverter(Transport.class, constant(Transport.class));
    commandLine.registerConverter(Name.class, constant(Name.class));
    commandLine.setExecutionExceptionHandler(Compare::report);
    return commandLine;
  }

  @Override
  public Integer call() throws IOException {
    Placement place = placement == null ? Placement.byDefault() : placement;
    Cpus cpus = place.cpus();
    Optional<CPrograms> programs = CPrograms.find();
    out.print(Host.facts());
    out.println("threads " + place + cpus);
    if (programs.isEmpty()) {
      out.println("C       absent: no programs in " + CPrograms.folder());
      out.println("        (the build compiles them where it finds a C compiler)");
    }
    List<Question> questions = questions(plan(), cpus, programs);
    Steps steps = new Steps(steps(questions), out);
    out.println("time    about " + Figures.minutes(steps.millis()) + "\n");
    steps.run();
    questions.forEach(question -> out.println("\n" + question.answer()));
    out.println("Figures are medians; ± is half of the median's 99% confidence interval.");
    out.println("~ before a ratio: one of its figures varies too much for it to say anything.");
    return 0;
  }

  private Plan plan() {
    Plan plan = quick ? Plan.QUICK : Plan.FULL;
    plan = sizes == null ? plan : plan.withSizes(sizes);
    return rounds == 0 ? plan : plan.withRounds(rounds);
  }

  private List<Question> questions(Plan plan, Cpus cpus, Optional<CPrograms> programs) {
    List<Question> questions = new ArrayList<>();
    if (only != Name.BANDWIDTH) {
      questions.add(new CallOverheadQuestion(plan, cpus, programs));
    }
    if (only != Name.CALL_OVERHEAD) {
      questions.add(new BandwidthQuestion(transports, capacity, plan, cpus, programs));
    }
    return questions;
  }

  private List<Step> steps(List<Question> questions) {
    List<Step> steps = new ArrayList<>();
    for (Question question : questions) {
      for (int i = 0; i < plan().rounds(); i++) {
        steps.addAll(question.round());
      }
    }
    return steps;
  }

  /** {@code two-cores} for TWO_CORES. */
  private static <E extends Enum<E>> ITypeConverter<E> constant(Class<E> type) {
    return word -> Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static int report(
      Exception failure, CommandLine commandLine, CommandLine.ParseResult arguments) {
    commandLine.getErr().println("compare: " + failure.getMessage());
    return commandLine.getCommandSpec().exitCodeOnExecutionException();
  }
}
