package org.posixipc.jmh.report;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.posixipc.jmh.Figure;

/** Figures that compete with each other, the best first. */
record Ranking(List<Figure> figures) {
  /** Of figures in one unit; there is at least one. */
  static Ranking of(List<Figure> figures) {
    Comparator<Figure> byMedian = Comparator.comparingDouble(f -> f.samples().median());
    boolean rate = Measure.of(figures.get(0)).isRate();
    return new Ranking(figures.stream().sorted(rate ? byMedian.reversed() : byMedian).toList());
  }

  Figure best() {
    return figures.get(0);
  }

  /** The best, and those that it isn't ahead of by more than the errors. */
  List<Figure> winners() {
    return figures.stream().filter(this::isAsGoodAsTheBest).toList();
  }

  private boolean isAsGoodAsTheBest(Figure figure) {
    return figure.equals(best()) || !new Ratio(best().samples(), figure.samples()).differs();
  }

  /** Whether {@code figure}, of this library, is among the best transports for its work. */
  static boolean wins(Figure figure, Results results) {
    Map<String, String> task = task(figure);
    List<Figure> rivals =
        results
            .only(other -> other.question().equals(figure.question()))
            .only(other -> other.unit().equals(figure.unit()))
            .by(figure.who())
            .only(other -> task(other).equals(task))
            .figures();
    return of(rivals).winners().contains(figure);
  }

  /** What is to be done, whatever carries the bytes. */
  private static Map<String, String> task(Figure figure) {
    Map<String, String> task = Results.work(figure);
    task.remove("transport");
    return task;
  }
}
