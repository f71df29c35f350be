package org.posixipc.jmh.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.posixipc.jmh.Figure;
import org.posixipc.jmh.Figures;

/**
 * Which transport to choose for what, in plain words, as far as this library's figures say.
 *
 * <p>Of two transports one is better only if their intervals have nothing in common. What was
 * measured between processes counts where there is any: within one there are better ways than the
 * kernel's.
 */
final class Advice {
  private static final int MEDIUM = 1 << 10;
  private static final int LARGE = 64 << 10;

  private final Results results;

  private Advice(Results results) {
    this.results = results;
  }

  static String of(Run run) {
    Results ours =
        new Results(run.figures())
            .by(Results.OURS)
            .only(figure -> figure.parameters().containsKey("transport"))
            .only(figure -> !figure.parameters().containsKey("way"));
    String placement = run.options().getOrDefault("placement", "");
    return new Advice(ours).text(placement);
  }

  private String text(String placement) {
    List<String> sentences = new ArrayList<>();
    sentences.addAll(stream("small", size -> size < MEDIUM));
    sentences.addAll(stream("medium", size -> size >= MEDIUM && size < LARGE));
    sentences.addAll(stream("large", size -> size >= LARGE));
    sentences.addAll(roundTrip());
    if (sentences.isEmpty()) {
      return "This run did not measure two transports that could be chosen between.";
    }
    if (!placement.isEmpty()) {
      sentences.add("This holds for this host, with the threads placed " + placement + ".");
    }
    return String.join(" ", sentences);
  }

  /** For messages without answers, of the sizes in a class that were measured. */
  private List<String> stream(String name, IntPredicate size) {
    Results all = acrossProcesses(results.of("bandwidth"));
    List<Ranking> rankings =
        all.values("size").stream()
            .filter(text -> size.test(Integer.parseInt(text)))
            .map(text -> Ranking.of(all.where("size", text).figures()))
            .filter(Advice::isChoice)
            .toList();
    if (rankings.isEmpty()) {
      return List.of();
    }
    List<Figure> first = rankings.get(0).winners();
    List<String> best =
        transports(first).stream()
            .filter(one -> rankings.stream().allMatch(r -> transports(r.winners()).contains(one)))
            .toList();
    String begin = "For a stream of " + name + " messages (" + sizes(rankings) + ") ";
    return best.isEmpty()
        ? List.of(begin + "no transport is the fastest at all sizes: " + bySize(rankings) + ".")
        : List.of(begin + choice(best) + margin(rankings.get(0), best) + ".");
  }

  /** By the median, of the least size if there are several. */
  private List<String> roundTrip() {
    Results medians = acrossProcesses(results.of("round-trip")).where("percentile", "50");
    List<String> sizes = medians.values("size");
    Results rivals = sizes.isEmpty() ? medians : medians.where("size", sizes.get(0));
    if (rivals.figures().isEmpty() || !isChoice(Ranking.of(rivals.figures()))) {
      return List.of();
    }
    Ranking ranking = Ranking.of(rivals.figures());
    return List.of(
        "For questions that wait for their answers "
            + choice(transports(ranking.winners()))
            + ": half of them take "
            + value(ranking.best())
            + next(ranking)
            + ".");
  }

  private static Results acrossProcesses(Results results) {
    Results across = results.where("between", "processes");
    return across.figures().isEmpty() ? results : across;
  }

  private static boolean isChoice(Ranking ranking) {
    return ranking.figures().size() > 1;
  }

  private static String choice(List<String> best) {
    return best.size() == 1
        ? "choose " + best.get(0)
        : "choose " + words(best, "or") + ", which differ by less than their errors";
  }

  /** How far the best is ahead at the least size. */
  private static String margin(Ranking ranking, List<String> best) {
    Figure first =
        ranking.winners().stream()
            .filter(figure -> best.contains(transport(figure)))
            .findFirst()
            .orElseThrow();
    return ": " + value(first) + " at " + size(first) + next(ranking);
  }

  /** What the best of those that did not win reaches, if any did not. */
  private static String next(Ranking ranking) {
    return ranking.figures().stream()
        .filter(figure -> !ranking.winners().contains(figure))
        .findFirst()
        .map(figure -> " (" + transport(figure) + ": " + value(figure) + ")")
        .orElse("");
  }

  private static String bySize(List<Ranking> rankings) {
    return rankings.stream()
        .map(r -> words(transports(r.winners()), "or") + " at " + size(r.best()))
        .collect(Collectors.joining("; "));
  }

  private static String sizes(List<Ranking> rankings) {
    String first = size(rankings.get(0).best());
    String last = size(rankings.get(rankings.size() - 1).best());
    return first.equals(last) ? first : first + " to " + last;
  }

  private static String size(Figure figure) {
    return Figures.size(Integer.parseInt(figure.parameters().getOrDefault("size", "0")));
  }

  private static String value(Figure figure) {
    double median = figure.samples().median();
    Scale scale = Scale.of(figure.unit(), median);
    return scale.text(median) + " " + scale.unit();
  }

  private static List<String> transports(List<Figure> figures) {
    return figures.stream().map(Advice::transport).toList();
  }

  private static String transport(Figure figure) {
    Map<String, String> parameters = figure.parameters();
    return parameters.getOrDefault("transport", "");
  }

  private static String words(List<String> names, String and) {
    int last = names.size() - 1;
    return last == 0
        ? names.get(0)
        : String.join(", ", names.subList(0, last)) + " " + and + " " + names.get(last);
  }
}
