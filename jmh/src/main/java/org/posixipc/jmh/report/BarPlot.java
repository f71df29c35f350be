package org.posixipc.jmh.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.util.List;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.renderer.category.StatisticalBarRenderer;
import org.jfree.chart.text.TextBlock;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.data.statistics.DefaultStatisticalCategoryDataset;

/** {@link Chart.Bars} as JFreeChart has them. */
final class BarPlot {
  /** Room behind the longest bar, as a part of it. */
  private static final double MARGIN = 0.05;

  /** Room before the first bar and behind the last, as a part of a bar's. */
  private static final double GAP = 0.1;

  private BarPlot() {}

  static CategoryPlot of(Chart.Bars chart) {
    DefaultStatisticalCategoryDataset data = new DefaultStatisticalCategoryDataset();
    for (int i = 0; i < chart.all().size(); i++) {
      Chart.Point value = chart.all().get(i).value();
      data.add(value.value(), (value.high() - value.low()) / 2, "", Integer.valueOf(i));
    }
    NumberAxis values = new NumberAxis(chart.x());
    values.setRange(0, longest(chart) * (1 + MARGIN));
    CategoryPlot plot =
        new CategoryPlot(data, new Names(chart.all()), values, new Renderer(chart.all()));
    plot.setRangeAxisLocation(AxisLocation.BOTTOM_OR_LEFT);
    plot.setOrientation(PlotOrientation.HORIZONTAL);
    plot.setRangeGridlinePaint(Style.GRID);
    plot.setFixedLegendItems(legend(chart));
    return plot;
  }

  private static double longest(Chart.Bars chart) {
    return chart.all().stream().mapToDouble(bar -> bar.value().high()).max().orElseThrow();
  }

  private static LegendItemCollection legend(Chart.Bars chart) {
    LegendItemCollection items = new LegendItemCollection();
    for (Chart.Series series : chart.legend()) {
      LegendItem item = new LegendItem(series.name(), new Style(series.style()).fill());
      item.setLabelFont(Style.TEXT);
      items.add(item);
    }
    return items;
  }

  /** One series, each bar of which has its own style and its value as text behind its end. */
  private static final class Renderer extends StatisticalBarRenderer {
    private static final long serialVersionUID = 1;

    private final transient List<Chart.Bar> bars;

    Renderer(List<Chart.Bar> bars) {
      this.bars = bars;
      setBarPainter(new StandardBarPainter());
      setErrorIndicatorPaint(Color.BLACK);
      setErrorIndicatorStroke(Style.THIN);
      setDrawBarOutline(true);
      setDefaultOutlinePaint(Color.BLACK);
      setMaximumBarWidth(0.2);
    }

    @Override
    public Paint getItemPaint(int row, int column) {
      return new Style(bars.get(column).style()).fill();
    }
  }

  /** The name of each bar, and its value below it. */
  private static final class Names extends CategoryAxis {
    private static final long serialVersionUID = 1;

    private final transient List<Chart.Bar> bars;

    Names(List<Chart.Bar> bars) {
      this.bars = bars;
      setLowerMargin(GAP / bars.size());
      setUpperMargin(GAP / bars.size());
    }

    @Override
    protected TextBlock createLabel(
        @SuppressWarnings("rawtypes") Comparable category,
        float width,
        RectangleEdge edge,
        Graphics2D graphics) {
      TextBlock block = new TextBlock();
      block.setLineAlignment(HorizontalAlignment.RIGHT);
      Chart.Bar bar = bars.get((Integer) category);
      block.addLine(bar.name(), Style.TEXT, Color.BLACK);
      block.addLine(bar.text(), Style.SMALL, Color.BLACK);
      return block;
    }
  }
}
