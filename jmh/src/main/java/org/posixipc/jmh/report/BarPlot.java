package org.posixipc.jmh.report;

import java.awt.Color;
import java.awt.Paint;
import java.util.List;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.labels.StandardCategoryItemLabelGenerator;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.renderer.category.StatisticalBarRenderer;
import org.jfree.data.category.CategoryDataset;
import org.jfree.data.statistics.DefaultStatisticalCategoryDataset;

/** {@link Chart.Bars} as JFreeChart has them. */
final class BarPlot {
  /** Room behind the longest bar, as a part of it, for the value's text. */
  private static final double MARGIN = 0.4;

  private BarPlot() {}

  static CategoryPlot of(Chart.Bars chart) {
    DefaultStatisticalCategoryDataset data = new DefaultStatisticalCategoryDataset();
    for (Chart.Bar bar : chart.all()) {
      Chart.Point value = bar.value();
      data.add(value.value(), (value.high() - value.low()) / 2, "", bar.name());
    }
    CategoryAxis names = new CategoryAxis();
    names.setMaximumCategoryLabelLines(3);
    names.setMaximumCategoryLabelWidthRatio(0.9f);
    NumberAxis values = new NumberAxis(chart.x());
    values.setRange(0, longest(chart) * (1 + MARGIN));
    CategoryPlot plot = new CategoryPlot(data, names, values, new Renderer(chart.all()));
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
      setDefaultItemLabelFont(Style.TEXT);
      setDefaultItemLabelGenerator(new Texts(bars));
      setDefaultItemLabelsVisible(true);
    }

    @Override
    public Paint getItemPaint(int row, int column) {
      return new Style(bars.get(column).style()).fill();
    }
  }

  /** What stands behind a bar. */
  private static final class Texts extends StandardCategoryItemLabelGenerator {
    private static final long serialVersionUID = 1;

    private final transient List<Chart.Bar> bars;

    Texts(List<Chart.Bar> bars) {
      this.bars = bars;
    }

    @Override
    public String generateLabel(CategoryDataset data, int row, int column) {
      return bars.get(column).text();
    }
  }
}
