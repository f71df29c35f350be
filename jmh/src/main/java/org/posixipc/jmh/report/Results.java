package org.posixipc.jmh.report;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.posixipc.jmh.Figure;
import org.posixipc.jmh.Library;

/** Figures, and which of them stand beside which. */
record Results(List<Figure> figures) {
  static final String OURS = Library.POSIX_IPC.title();
  static final String C = Library.C;

  /** In the order of their first figures. */
  List<String> questions() {
    return distinct(figures.stream().map(Figure::question));
  }

  Results of(String question) {
    return only(figure -> figure.question().equals(question));
  }

  Results by(String who) {
    return only(figure -> figure.who().equals(who));
  }

  Results where(String parameter, String value) {
    return only(figure -> value.equals(figure.parameters().get(parameter)));
  }

  Results only(Predicate<Figure> condition) {
    return new Results(figures.stream().filter(condition).toList());
  }

  boolean has(String parameter) {
    return figures.stream().anyMatch(figure -> figure.parameters().containsKey(parameter));
  }

  /** What a parameter was; numbers in their order, words in that of their first figures. */
  List<String> values(String parameter) {
    List<String> values =
        distinct(
            figures.stream()
                .flatMap(figure -> Stream.ofNullable(figure.parameters().get(parameter))));
    return values.stream().sorted(Comparator.comparingDouble(Results::order)).toList();
  }

  /** All others that measured the same: C first. */
  List<String> peers() {
    return distinct(figures.stream().map(Figure::who)).stream()
        .filter(who -> !who.equals(OURS))
        .sorted(Comparator.comparing(who -> !who.equals(C)))
        .toList();
  }

  /** The same work by {@code who}, in the same way if it has that: empty if it wasn't measured. */
  Optional<Figure> beside(Figure figure, String who) {
    String way = figure.parameters().getOrDefault("way", "");
    return figures.stream()
        .filter(other -> other.who().equals(who) && sameWork(figure, other))
        .min(Comparator.comparing(other -> !way.equals(other.parameters().get("way"))));
  }

  /** {@link #beside} as a ratio. */
  Optional<Ratio> ratio(Figure figure, String who) {
    return beside(figure, who).map(peer -> new Ratio(figure.samples(), peer.samples()));
  }

  /** What was measured, whoever did it and in which of several ways. */
  static Map<String, String> work(Figure figure) {
    Map<String, String> work = new TreeMap<>(figure.parameters());
    work.remove("way");
    return work;
  }

  private static boolean sameWork(Figure one, Figure other) {
    return one.question().equals(other.question())
        && one.unit().equals(other.unit())
        && work(one).equals(work(other));
  }

  /** Words all have one order. */
  private static double order(String value) {
    return value.matches("[0-9.]+") ? Double.parseDouble(value) : 0;
  }

  private static <T> List<T> distinct(Stream<T> values) {
    return values.distinct().toList();
  }
}
