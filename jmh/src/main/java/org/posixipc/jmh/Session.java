package org.posixipc.jmh;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.posixipc.jmh.report.Report;
import org.posixipc.jmh.report.Run;

/**
 * A run from its first step to its report, or as much of both as there is when it is told to end.
 *
 * @param begin when it began
 * @param command the command line's words
 * @param options what was chosen, or came by default
 * @param absent what can't be measured here, and why
 * @param questions what is asked
 */
record Session(
    Instant begin,
    List<String> command,
    Map<String, String> options,
    List<String> absent,
    List<Question> questions) {
  /** Whether nothing failed that was measured. */
  boolean measure(List<Step> all, Report report, PrintWriter out) throws IOException {
    Map<String, String> host = Host.facts();
    host.forEach((name, fact) -> out.printf("%-9s %s%n", name, fact));
    out.printf("%-9s %s%n", "placement", options.getOrDefault("placement", ""));
    absent.forEach(reason -> out.printf("%-9s %s%n", "absent", reason));
    host.putAll(Host.details());
    try (Steps steps = new Steps(all, out)) {
      out.printf("%-9s about %s%n%n", "time", Figures.minutes(steps.millis()));
      boolean complete = measure(steps);
      List<String> failures = steps.failures();
      show(run(host, complete, failures), report, out);
      failures.forEach(out::println);
      return failures.isEmpty();
    }
  }

  /** What was killed in the middle of it has left its files. */
  private static boolean measure(Steps steps) throws IOException {
    try {
      return steps.run();
    } finally {
      SharedFolders.sweep();
    }
  }

  private static void show(Run run, Report report, PrintWriter out) throws IOException {
    if (run.figures().isEmpty()) {
      out.println("Nothing was measured.");
      return;
    }
    out.println(report.text(run));
    out.println("Figures are medians; ± is half of the median's 99% confidence interval.");
    out.println(
        "* marks the fastest transport of a task, or all that the errors don't tell apart.");
    out.println("~ before a ratio: one of its figures varies too much for it to say anything.");
    if (!run.complete()) {
      out.println("The run was ended before all was measured.");
    }
    out.println("\nThe report is " + report.write(run));
  }

  private Run run(Map<String, String> host, boolean complete, List<String> failures) {
    List<String> missing = new ArrayList<>(absent);
    missing.addAll(failures);
    List<Figure> figures = new ArrayList<>();
    Map<String, String> titles = new LinkedHashMap<>();
    for (Question question : questions) {
      figures.addAll(question.figures());
      question.figures().forEach(figure -> titles.put(figure.question(), question.title()));
    }
    return new Run(begin, command, host, options, missing, complete, titles, figures);
  }
}
