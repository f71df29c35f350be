package org.posixipc.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.posixipc.jmh.report.Report;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The main job: how fast are pipes and sockets here, beside C and java.nio?
 *
 * <p>Every figure of a row is measured in one run, in turn, on the same CPUs.
 */
@Command(
    name = "compare",
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = "Measures pipes and sockets through this library, C and java.nio.")
public final class Compare implements Callable<Integer> {
  @Option(names = "--quick", description = "Shorter and fewer measurements: under two minutes.")
  private boolean quick;

  @Option(names = "--thorough", description = "All measurements, several times: hours.")
  private boolean thorough;

  @Option(
      names = "--placement",
      paramLabel = "WHERE",
      description = "same-core, two-cores (the default on Linux) or free.")
  private @Nullable Placement placement;

  @Option(
      names = "--only",
      paramLabel = "QUESTION",
      split = ",",
      description = "Any of ${COMPLETION-CANDIDATES}; all by default.")
  private List<Questions.Name> only = List.of(Questions.Name.values());

  @Option(
      names = "--sizes",
      paramLabel = "BYTES",
      split = ",",
      description = "Bytes in a message; 64 to 1 MiB.")
  private @Nullable List<Integer> sizes;

  @Mixin private Choice choice = new Choice();

  @Option(
      names = "--rounds",
      paramLabel = "COUNT",
      description = "How often everything is measured.")
  private int rounds;

  @Option(
      names = "--report",
      paramLabel = "FOLDER",
      description = "Where the page, its plots and the files go; report by default.")
  private Path folder = Path.of("report");

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description = "An older run's results.json: says what changed since.")
  private @Nullable Path baseline;

  @Parameters(
      paramLabel = "-- JMH'S OPTIONS",
      description = "Behind --: options of JMH's own, such as -- -prof perfnorm -wi 10.")
  private List<String> jmh = List.of();

  @SuppressWarnings("UnusedVariable") // picocli's
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this.")
  private boolean help;

  @Spec private @Nullable CommandSpec spec;

  private final PrintWriter out = new PrintWriter(System.out, true, UTF_8);

  /** Measures and prints; its exit status is 0 if all went well. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Compare());
    commandLine.registerConverter(Placement.class, new Words<>(Placement.class));
    commandLine.registerConverter(Transport.class, new Words<>(Transport.class));
    commandLine.registerConverter(Between.class, new Words<>(Between.class));
    commandLine.registerConverter(Library.class, new Words<>(Library.class));
    commandLine.registerConverter(Questions.Name.class, new Words<>(Questions.Name.class));
    commandLine.setExecutionExceptionHandler(Compare::report);
    return commandLine;
  }

  @Override
  public Integer call() throws IOException {
    checkCounts();
    Instant begin = Instant.now();
    Report report = Report.to(folder, Optional.ofNullable(baseline));
    Placement place = placement == null ? Placement.byDefault() : placement;
    Conditions conditions = conditions(place);
    Questions questions = Questions.of(only, choice.scope(), conditions);
    List<Step> all = questions.steps();
    List<Step> affordable = effort().affordable(all);
    Session session =
        new Session(
            begin,
            command(),
            options(place + conditions.cpus().toString(), conditions.plan()),
            absent(conditions, questions, all.size() - affordable.size()),
            questions.list());
    boolean well = session.measure(affordable, report, out);
    return well ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private Conditions conditions(Placement place) throws IOException {
    Options options = jmhOptions();
    return new Conditions(plan().with(options), place.cpus(), CPrograms.find(), options);
  }

  private Options jmhOptions() {
    try {
      CommandLineOptions options = new CommandLineOptions(jmh.toArray(String[]::new));
      if (!options.getIncludes().isEmpty()) {
        throw usage("no option of JMH's: " + options.getIncludes() + "; --only names questions");
      }
      return options;
    } catch (CommandLineOptionException e) {
      throw usage("JMH says: " + e.getMessage());
    }
  }

  private static List<String> absent(Conditions conditions, Questions questions, int unaffordable)
      throws IOException {
    Set<String> absent = new LinkedHashSet<>();
    if (conditions.programs().isEmpty()) {
      absent.add(
          "C: no programs in "
              + CPrograms.folder()
              + " (the build compiles them where it finds a C compiler)");
    }
    for (Question question : questions.list()) {
      absent.addAll(question.absences());
    }
    if (unaffordable > 0) {
      absent.add(unaffordable + " measurements, for want of time: --thorough has them all");
    }
    return List.copyOf(absent);
  }

  private List<String> command() {
    List<String> command = new ArrayList<>(List.of("compare"));
    command.addAll(spec().commandLine().getParseResult().originalArgs());
    return command;
  }

  /** What was chosen, or came by default. */
  private Map<String, String> options(String place, Plan plan) {
    Map<String, String> options = new LinkedHashMap<>();
    for (OptionSpec option : spec().options()) {
      Object value = option.getValue();
      if (!option.usageHelp() && value != null) {
        options.put(option.longestName().substring(2), value.toString());
      }
    }
    options.put("placement", place);
    options.putAll(plan.facts());
    options.put("JMH's options", String.join(" ", jmh));
    return options;
  }

  private void checkCounts() {
    List<Integer> chosen = sizes == null ? List.of() : sizes;
    if (!choice.isOfCounts() || rounds < 0 || chosen.stream().anyMatch(size -> size < 1)) {
      throw usage("--sizes, --capacity, --sndbuf, --rcvbuf and --rounds are counts: 1 or more");
    }
  }

  private CommandSpec spec() {
    return Objects.requireNonNull(spec);
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec().commandLine(), message);
  }

  private Effort effort() {
    return quick ? Effort.QUICK : thorough ? Effort.THOROUGH : Effort.DEFAULT;
  }

  private Plan plan() {
    Plan plan = effort().plan();
    plan = sizes == null ? plan : plan.withSizes(sizes);
    return rounds == 0 ? plan : plan.withRounds(rounds);
  }

  private static int report(
      Exception failure, CommandLine commandLine, CommandLine.ParseResult arguments) {
    commandLine.getErr().println("compare: " + failure.getMessage());
    return commandLine.getCommandSpec().exitCodeOnExecutionException();
  }
}
