package org.posixipc.jmh.report;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.posixipc.jmh.Figure;

/**
 * An older run, to be compared with.
 *
 * @param host facts of its machine, by name; none if its file doesn't tell
 * @param figures what was measured
 */
record Baseline(Map<String, String> host, List<Figure> figures) {
  private static final String UNTOLD = "not told";

  /** What else than the code is different; empty if nothing is. */
  Optional<Table> otherHost(Map<String, String> now) {
    Table table =
        new Table(
            "Against the baseline: another host, or the same in another state",
            3,
            List.of("what", "before", "now"));
    Set<String> names = new LinkedHashSet<>(now.keySet());
    names.addAll(host.keySet());
    for (String name : names) {
      String before = host.getOrDefault(name, UNTOLD);
      String after = now.getOrDefault(name, UNTOLD);
      if (!before.equals(after)) {
        table.row(List.of(name, before, after));
      }
    }
    return table.rows().isEmpty() ? Optional.empty() : Optional.of(table);
  }
}
