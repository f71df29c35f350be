package org.posixipc.jmh.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Stroke;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/** {@link Chart.Lines} as JFreeChart has them. */
final class LinePlot {
  private static final Stroke REFERENCE = new BasicStroke(1.5f);

  /** Room around the values, as a part of their range. */
  private static final double MARGIN = 0.08;

  /** What the points of one place share, as a part of the way to the next. */
  private static final double SPREAD = 0.3;

  private static final double ROWS_SPREAD = 0.7;

  private final Chart.Lines chart;

  private LinePlot(Chart.Lines chart) {
    this.chart = chart;
  }

  static XYPlot of(Chart.Lines chart) {
    return new LinePlot(chart).plot();
  }

  private XYPlot plot() {
    TickAxis x = new TickAxis(chart.x(), chart.ticks()).spanningTicks(margin());
    XYPlot plot = new XYPlot(data(), x, valueAxis(), renderer());
    if (chart.kind() != Chart.Kind.LOGARITHMIC) {
      plot.addRangeMarker(new ValueMarker(1, Color.DARK_GRAY, REFERENCE));
    }
    if (chart.kind() == Chart.Kind.RATIO_ROWS) {
      plot.setOrientation(PlotOrientation.HORIZONTAL);
      x.setInverted(true);
    }
    plot.setDomainGridlinePaint(Style.GRID);
    plot.setRangeGridlinePaint(Style.GRID);
    return plot;
  }

  private double margin() {
    return chart.ticks().size() == 1 || chart.kind() == Chart.Kind.RATIO_ROWS ? 0.5 : 0.3;
  }

  private YIntervalSeriesCollection data() {
    YIntervalSeriesCollection data = new YIntervalSeriesCollection();
    for (int i = 0; i < chart.all().size(); i++) {
      Chart.Series series = chart.all().get(i);
      YIntervalSeries values = new YIntervalSeries(series.name());
      for (Chart.Point point : series.points()) {
        values.add(point.x() + aside(i), at(point.value()), at(point.low()), at(point.high()));
      }
      data.addSeries(values);
    }
    return data;
  }

  /** Each series is a little aside of the others, so that error bars don't hide each other. */
  private double aside(int series) {
    int count = chart.all().size();
    double spread = chart.kind() == Chart.Kind.RATIO_ROWS ? ROWS_SPREAD : SPREAD;
    return spread * ((series + 0.5) / count - 0.5);
  }

  /** Where a value is on its axis. */
  private double at(double value) {
    return chart.kind() == Chart.Kind.LOGARITHMIC ? Math.log10(value) : value;
  }

  private XYErrorRenderer renderer() {
    XYErrorRenderer renderer = new XYErrorRenderer();
    renderer.setDefaultLinesVisible(chart.kind() != Chart.Kind.RATIO_ROWS);
    renderer.setDrawXError(false);
    renderer.setErrorStroke(Style.THIN);
    renderer.setUseFillPaint(true);
    for (int i = 0; i < chart.all().size(); i++) {
      Style style = new Style(chart.all().get(i).style());
      renderer.setSeriesPaint(i, style.colour());
      renderer.setSeriesStroke(i, style.line());
      renderer.setSeriesOutlineStroke(i, REFERENCE);
      renderer.setSeriesShape(i, style.marker());
      renderer.setSeriesFillPaint(i, style.filled() ? style.colour() : Color.WHITE);
      renderer.setSeriesOutlinePaint(i, style.colour());
    }
    renderer.setDrawOutlines(true);
    renderer.setUseOutlinePaint(true);
    return renderer;
  }

  private NumberAxis valueAxis() {
    if (chart.kind() == Chart.Kind.LOGARITHMIC) {
      return logarithmic();
    }
    double low = Math.min(1, least(Chart.Point::low));
    double high = Math.max(1, most(Chart.Point::high));
    double margin = MARGIN * (high - low);
    NumberAxis axis = new NumberAxis(chart.y());
    axis.setRange(low - margin, high + margin);
    return axis;
  }

  /** Over so many powers of ten that at least three ticks are seen. */
  private TickAxis logarithmic() {
    double low = Math.log10(least(Chart.Point::low));
    double high = Math.log10(most(Chart.Point::high));
    double margin = MARGIN * (high - low) + 0.02;
    List<Integer> digits = high - low > 3 ? List.of(1) : List.of(1, 2, 5);
    List<Chart.Tick> ticks = new ArrayList<>();
    for (int power = (int) Math.floor(low) - 1; power <= Math.ceil(high); power++) {
      for (int digit : digits) {
        BigDecimal value = BigDecimal.valueOf(digit).scaleByPowerOfTen(power);
        ticks.add(new Chart.Tick(Math.log10(value.doubleValue()), text(value)));
      }
    }
    TickAxis axis = new TickAxis(chart.y(), ticks);
    double first = before(ticks, low - margin);
    axis.setRange(first, Math.max(high + margin, first + 0.5));
    return axis;
  }

  private static String text(BigDecimal value) {
    return String.format(Locale.ROOT, "%,." + Math.max(0, value.scale()) + "f", value);
  }

  private static double before(List<Chart.Tick> ticks, double value) {
    return ticks.stream().mapToDouble(Chart.Tick::at).filter(at -> at <= value).max().orElse(value);
  }

  private double least(ToDoubleFunction<Chart.Point> part) {
    return values(part).min().orElseThrow();
  }

  private double most(ToDoubleFunction<Chart.Point> part) {
    return values(part).max().orElseThrow();
  }

  private DoubleStream values(ToDoubleFunction<Chart.Point> part) {
    return chart.all().stream().flatMap(series -> series.points().stream()).mapToDouble(part);
  }
}
