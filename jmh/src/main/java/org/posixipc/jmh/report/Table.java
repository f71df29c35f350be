package org.posixipc.jmh.report;

import java.util.ArrayList;
import java.util.List;

/** A table with a title: words to the left, figures to the right. */
final class Table {
  private final String title;
  private final int words;
  private final List<String> header;
  private final List<List<String>> rows = new ArrayList<>();

  /** A table whose first {@code words} columns hold words. */
  Table(String title, int words, List<String> header) {
    this.title = title;
    this.words = words;
    this.header = List.copyOf(header);
  }

  void row(List<String> cells) {
    if (cells.size() != header.size()) {
      throw new IllegalArgumentException(cells + " in a table of " + header);
    }
    rows.add(List.copyOf(cells));
  }

  String title() {
    return title;
  }

  int words() {
    return words;
  }

  List<String> header() {
    return header;
  }

  List<List<String>> rows() {
    return List.copyOf(rows);
  }

  /** For a terminal, without its title. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(line(header));
    rows.forEach(row -> text.append(line(row)));
    return text.toString();
  }

  private String line(List<String> row) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      String padding = " ".repeat(width(i) - row.get(i).length());
      line.append(i == 0 ? "" : "  ");
      line.append(i < words ? row.get(i) + padding : padding + row.get(i));
    }
    return line.toString().stripTrailing() + '\n';
  }

  private int width(int column) {
    int widest = header.get(column).length();
    for (List<String> row : rows) {
      widest = Math.max(widest, row.get(column).length());
    }
    return widest;
  }
}
