package io.magpie.bench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Lines over two logarithmic axes, as SVG; readable on light and dark pages. */
final class Chart {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 400;
  private static final int LEFT = 70;
  private static final int RIGHT = 20;
  private static final int TOP = 40;
  private static final int BOTTOM = 110;
  private static final List<String> COLOURS =
      List.of("#c0392b", "#2471a3", "#7d6608", "#1e8449", "#6c3483", "#566573");

  private final String title;
  private final String x;
  private final String y;
  private final Map<String, List<Point>> lines = new LinkedHashMap<>();

  private record Point(double x, double y) {}

  Chart(String title, String x, String y) {
    this.title = title;
    this.x = x;
    this.y = y;
  }

  void point(String line, double atX, double atY) {
    lines.computeIfAbsent(line, name -> new ArrayList<>()).add(new Point(atX, atY));
  }

  String svg() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                + " font-size=\"12\">%n<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>%n",
            WIDTH, HEIGHT, WIDTH, HEIGHT));
    text(svg, WIDTH / 2, 22, "middle", title + ": " + y + " over " + x);
    if (!lines.isEmpty()) {
      Axis across = axis(Point::x, LEFT, WIDTH - RIGHT);
      Axis up = axis(Point::y, HEIGHT - BOTTOM, TOP);
      grid(svg, across, up);
      lines(svg, across, up);
    }
    return svg.append("</svg>\n").toString();
  }

  private interface Part {
    double of(Point point);
  }

  private Axis axis(Part part, int from, int to) {
    double[] values =
        lines.values().stream().flatMap(List::stream).mapToDouble(part::of).sorted().toArray();
    return Axis.over(values[0], values[values.length - 1], from, to);
  }

  private static void grid(StringBuilder svg, Axis across, Axis up) {
    for (double tick : across.ticks()) {
      double at = across.at(tick);
      line(svg, at, TOP, at, HEIGHT - BOTTOM, "#ddd", 1);
      text(svg, at, HEIGHT - BOTTOM + 18, "middle", Numbers.of(tick));
    }
    for (double tick : up.ticks()) {
      double at = up.at(tick);
      line(svg, LEFT, at, WIDTH - RIGHT, at, "#ddd", 1);
      text(svg, LEFT - 6, at + 4, "end", Numbers.of(tick));
    }
  }

  private void lines(StringBuilder svg, Axis across, Axis up) {
    int number = 0;
    for (Map.Entry<String, List<Point>> line : lines.entrySet()) {
      String colour = COLOURS.get(number % COLOURS.size());
      StringBuilder path = new StringBuilder();
      line.getValue().stream()
          .sorted(Comparator.comparingDouble(Point::x))
          .forEach(point -> path.append(format("%.1f,%.1f ", across.at(point.x), up.at(point.y))));
      svg.append(
          format(
              "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" points=\"%s\"/>%n",
              colour, path.toString().trim()));
      double legendX = LEFT + (number % 2) * 320.0;
      double legendY = HEIGHT - BOTTOM + 46 + (number / 2) * 20.0;
      line(svg, legendX, legendY - 4, legendX + 24, legendY - 4, colour, 3);
      text(svg, legendX + 30, legendY, "start", line.getKey());
      number++;
    }
  }

  private static void line(
      StringBuilder svg, double x1, double y1, double x2, double y2, String colour, int width) {
    svg.append(
        format(
            "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"%d\"/>%n",
            x1, y1, x2, y2, colour, width));
  }

  private static void text(StringBuilder svg, double x, double y, String anchor, String words) {
    svg.append(
        format(
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"#222\">%s</text>%n",
            x, y, anchor, words.replace("&", "&amp;").replace("<", "&lt;")));
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format.replace("%n", "\n"), values);
  }
}
