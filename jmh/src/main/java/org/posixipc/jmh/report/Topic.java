package org.posixipc.jmh.report;

import java.util.List;
import org.posixipc.jmh.Figures;

/**
 * What a few charts are about.
 *
 * @param name begins their files' names
 * @param title begins their titles
 * @param all figures of the run, where each thing has its style
 * @param results figures of the charts
 */
record Topic(String name, String title, Results all, Results results) {
  /** The same, parted by a parameter; whole if the figures don't have it. */
  List<Topic> parts(String parameter) {
    if (!results.has(parameter)) {
      return List.of(this);
    }
    return results.values(parameter).stream().map(value -> part(parameter, value)).toList();
  }

  private Topic part(String parameter, String value) {
    String words =
        switch (parameter) {
          case "between" -> "between two " + value;
          case "size" -> Figures.size(Integer.parseInt(value));
          default -> value;
        };
    String file = name + "-" + value;
    return new Topic(file, title + ", " + words, all, results.where(parameter, value));
  }

  /** A transport's style, the same in all charts of a run. */
  int transport(String transport) {
    return all.values("transport").indexOf(transport);
  }

  /** A library's style, the same in all charts of a run. */
  int who(String who) {
    return who.equals(Results.OURS) ? 0 : 1 + all.peers().indexOf(who);
  }
}
