package org.posixipc.jmh.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.posixipc.jmh.Figure;
import org.posixipc.jmh.Figures;

/** The parameters that a question's figures have, as columns of words and as an order. */
record Parameters(List<String> names, Results results) {
  /** Outermost first; what a question has besides comes behind them. */
  private static final List<String> ORDER = List.of("between", "size", "calls", "transport");

  static Parameters of(Results results) {
    List<String> names = new ArrayList<>(ORDER);
    for (Figure figure : results.figures()) {
      figure.parameters().keySet().stream()
          .sorted()
          .filter(name -> !names.contains(name))
          .forEach(names::add);
    }
    names.removeAll(List.of("way", "percentile", "metric"));
    names.removeIf(name -> !results.has(name));
    return new Parameters(List.copyOf(names), results);
  }

  /** Without those that are the same for all. */
  Parameters varied() {
    return new Parameters(
        names.stream().filter(name -> results.values(name).size() > 1).toList(), results);
  }

  List<String> words(Figure figure) {
    return names.stream().map(name -> word(name, figure.parameters())).toList();
  }

  /** By the first parameter, then the second, each in the order of its values. */
  Comparator<Figure> order() {
    Comparator<Figure> order = Comparator.comparing(figure -> 0);
    for (String name : names) {
      List<String> values = results.values(name);
      order = order.thenComparing(f -> values.indexOf(f.parameters().getOrDefault(name, "")));
    }
    return order;
  }

  private static String word(String name, Map<String, String> parameters) {
    String value = parameters.getOrDefault(name, "");
    return name.equals("size") && !value.isEmpty() ? Figures.size(Integer.parseInt(value)) : value;
  }
}
