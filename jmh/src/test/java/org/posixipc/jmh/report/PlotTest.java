package org.posixipc.jmh.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jfree.chart.axis.ValueAxis;
import org.junit.jupiter.api.Test;
import org.posixipc.jmh.Library;

/** What a plot must show, printed without colours or on a small screen. */
class PlotTest {
  /** A median near one end of a wide interval. */
  private static final Chart.Point WIDE = new Chart.Point(0, 10, 9, 40);

  private static final Chart.Point NARROW = new Chart.Point(0, 12, 11, 13);

  private static final Chart.Bars BARS =
      new Chart.Bars(
          "cost",
          "Cost",
          "ns",
          List.of(new Chart.Series("posix-ipc", 0, List.of()), new Chart.Series("C", 1, List.of())),
          List.of(
              new Chart.Bar("Pipe", 0, NARROW, "12"),
              new Chart.Bar("C", 1, WIDE, "10"),
              new Chart.Bar("C, again", 1, NARROW, "12")));

  @Test
  void noTwoLibrariesHaveTheSameHatch() {
    List<String> hatches =
        IntStream.rangeClosed(0, Library.values().length)
            .mapToObj(number -> new Style(number).fill().path())
            .toList();

    assertEquals(hatches.stream().distinct().toList(), hatches);
  }

  @Test
  void aLibrarysBarsAndItsSampleInTheLegendHaveItsHatch() {
    String svg = Svg.of(BARS);

    for (int style : List.of(0, 1)) {
      Hatch hatch = new Style(style).fill();
      String pattern =
          "<pattern [^>]* id=\"([^\"]*)\"[^>]*><rect [^>]*/><path d=\"" + hatch.path() + "\"";
      List<String> ids = groups(pattern, svg);
      assertEquals(1, ids.size(), svg);
      int bars = style + 1;
      String filled = "fill(?:=\"|:)url\\((#" + ids.get(0) + ")\\)";
      assertEquals(bars + 1, groups(filled, svg).size(), svg);
    }
  }

  @Test
  void aBarsWholeIntervalIsWithinTheAxis() {
    ValueAxis axis = BarPlot.of(BARS).getRangeAxis();

    assertEquals(0, axis.getLowerBound());
    assertTrue(axis.getUpperBound() > WIDE.high(), axis.getRange()::toString);
  }

  @Test
  void aRatiosWholeIntervalIsWithinTheAxis() {
    for (Chart.Kind kind : Chart.Kind.values()) {
      Chart.Lines lines =
          new Chart.Lines(
              "ratio",
              "Ratio",
              "bytes",
              List.of(new Chart.Tick(0, "64 B")),
              "ratio",
              kind,
              List.of(new Chart.Series("pipe", 0, List.of(WIDE))));

      ValueAxis axis = LinePlot.of(lines).getRangeAxis();

      boolean logarithmic = kind == Chart.Kind.LOGARITHMIC;
      double high = logarithmic ? Math.log10(WIDE.high()) : WIDE.high();
      double low = logarithmic ? Math.log10(WIDE.low()) : WIDE.low();
      assertTrue(axis.getUpperBound() > high, kind + ": " + axis.getRange());
      assertTrue(axis.getLowerBound() < low, kind + ": " + axis.getRange());
    }
  }

  private static List<String> groups(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult it) -> it.group(1))
        .toList();
  }
}
