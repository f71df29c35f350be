package org.posixipc.jmh;

import java.util.ArrayList;
import java.util.List;

/** Text in columns: words to the left, figures to the right. */
final class Table {
  private final List<List<String>> rows = new ArrayList<>();
  private final int words;

  /** A table whose first {@code words} columns hold words. */
  Table(int words, List<String> header) {
    this.words = words;
    rows.add(List.copyOf(header));
  }

  void row(List<String> cells) {
    if (cells.size() != rows.get(0).size()) {
      throw new IllegalArgumentException(cells + " in a table of " + rows.get(0));
    }
    rows.add(List.copyOf(cells));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        String padding = " ".repeat(width(i) - row.get(i).length());
        line.append(i == 0 ? "" : "  ");
        line.append(i < words ? row.get(i) + padding : padding + row.get(i));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
