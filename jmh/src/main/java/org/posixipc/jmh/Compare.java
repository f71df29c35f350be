package org.posixipc.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

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
  private enum Name {
    CALL_OVERHEAD,
    SOCKET_OVERHEAD,
    SETUP_COST,
    CONNECTION_RATE,
    CLOSE_COST,
    DESCRIPTOR_PASSING,
    SPAWN_COST,
    CHILD_ROUND_TRIP,
    SERVER,
    ROUND_TRIP,
    BANDWIDTH
  }

  @Option(names = "--quick", description = "Shorter and fewer measurements: under two minutes.")
  private boolean quick;

  @Option(
      names = "--placement",
      paramLabel = "WHERE",
      description = "same-core, two-cores (the default on Linux) or free.")
  private @Nullable Placement placement;

  @Option(
      names = "--only",
      paramLabel = "QUESTION",
      description =
          "call-overhead, socket-overhead, setup-cost, connection-rate, close-cost,"
              + " descriptor-passing, spawn-cost, child-round-trip, server, round-trip or"
              + " bandwidth; all by default.")
  private @Nullable Name only;

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
    commandLine.registerConverter(Placement.class, constant(Placement.class));
    commandLine.registerConverter(Transport.class, constant(Transport.class));
    commandLine.registerConverter(Between.class, constant(Between.class));
    commandLine.registerConverter(Library.class, constant(Library.class));
    commandLine.registerConverter(Name.class, constant(Name.class));
    commandLine.setExecutionExceptionHandler(Compare::report);
    return commandLine;
  }

  @Override
  public Integer call() throws IOException {
    checkCounts();
    Placement place = placement == null ? Placement.byDefault() : placement;
    Cpus cpus = place.cpus();
    Optional<CPrograms> programs = CPrograms.find();
    out.print(Host.facts());
    out.println("threads " + place + cpus);
    if (programs.isEmpty()) {
      out.println("C       absent: no programs in " + CPrograms.folder());
      out.println("        (the build compiles them where it finds a C compiler)");
    }
    List<Question> questions = questions(new Conditions(plan(), cpus, programs));
    for (String absence : absences(questions)) {
      out.println("absent  " + absence);
    }
    Steps steps = new Steps(steps(questions), out);
    out.println("time    about " + Figures.minutes(steps.millis()) + "\n");
    steps.run();
    for (Question question : questions) {
      out.println("\n" + question.answer());
    }
    out.println("Figures are medians; ± is half of the median's 99% confidence interval.");
    out.println("~ before a ratio: one of its figures varies too much for it to say anything.");
    return 0;
  }

  private void checkCounts() {
    List<Integer> chosen = sizes == null ? List.of() : sizes;
    if (!choice.isOfCounts() || rounds < 0 || chosen.stream().anyMatch(size -> size < 1)) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "--sizes, --capacity, --sndbuf, --rcvbuf and --rounds are counts: 1 or more");
    }
  }

  private Plan plan() {
    Plan plan = quick ? Plan.QUICK : Plan.FULL;
    plan = sizes == null ? plan : plan.withSizes(sizes);
    return rounds == 0 ? plan : plan.withRounds(rounds);
  }

  private List<Question> questions(Conditions conditions) {
    List<Question> questions = new ArrayList<>();
    for (Name name : only == null ? Name.values() : new Name[] {only}) {
      questions.add(
          switch (name) {
            case CALL_OVERHEAD -> new WaysQuestion(Ways.CALL_OVERHEAD, conditions);
            case SOCKET_OVERHEAD -> new WaysQuestion(Ways.SOCKET_OVERHEAD, conditions);
            case CONNECTION_RATE -> new WaysQuestion(Ways.CONNECTION_RATE, conditions);
            case SETUP_COST -> new WaysQuestion(Ways.SETUP_COST, conditions);
            case CLOSE_COST -> new WaysQuestion(Ways.CLOSE_COST, conditions);
            case DESCRIPTOR_PASSING -> new WaysQuestion(Ways.DESCRIPTOR_PASSING, conditions);
            case SPAWN_COST -> new WaysQuestion(Ways.spawnCost(), conditions);
            case CHILD_ROUND_TRIP ->
                new WaysQuestion(Ways.childRoundTrip(conditions.cpus()), conditions);
            case SERVER -> new ServerQuestion(conditions);
            case ROUND_TRIP -> new RoundTripQuestion(choice.scope(quick), conditions);
            case BANDWIDTH -> new BandwidthQuestion(choice.scope(quick), conditions);
          });
    }
    return questions;
  }

  private static Set<String> absences(List<Question> questions) throws IOException {
    Set<String> absences = new LinkedHashSet<>();
    for (Question question : questions) {
      absences.addAll(question.absences());
    }
    return absences;
  }

  private List<Step> steps(List<Question> questions) throws IOException {
    List<Step> steps = new ArrayList<>(verifications(questions));
    for (Question question : questions) {
      for (int i = 0; i < plan().rounds(); i++) {
        steps.addAll(question.round());
      }
    }
    return steps;
  }

  /** Those of one question, as all have the same scope. */
  private static List<Step> verifications(List<Question> questions) throws IOException {
    for (Question question : questions) {
      if (question instanceof TransportQuestion it) {
        return Verification.steps(it);
      }
    }
    return List.of();
  }

  /** {@code two-cores} for TWO_CORES. */
  private static <E extends Enum<E>> ITypeConverter<E> constant(Class<E> type) {
    Map<String, E> constants = new LinkedHashMap<>();
    for (E constant : type.getEnumConstants()) {
      constants.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
    }
    return word -> {
      E constant = constants.get(word);
      if (constant == null) {
        throw new TypeConversionException("'" + word + "' is none of " + constants.keySet());
      }
      return constant;
    };
  }

  private static int report(
      Exception failure, CommandLine commandLine, CommandLine.ParseResult arguments) {
    commandLine.getErr().println("compare: " + failure.getMessage());
    return commandLine.getCommandSpec().exitCodeOnExecutionException();
  }
}
