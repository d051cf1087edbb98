package io.magpie.bench.report;

import java.util.ArrayList;
import java.util.List;

/** A table in Markdown. */
final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  Table(List<String> titles) {
    rows.add(titles);
    rows.add(titles.stream().map(title -> "---").toList());
  }

  void row(List<String> cells) {
    rows.add(List.copyOf(cells));
  }

  String markdown() {
    StringBuilder text = new StringBuilder();
    rows.forEach(row -> text.append("| ").append(String.join(" | ", row)).append(" |\n"));
    return text.toString();
  }
}
