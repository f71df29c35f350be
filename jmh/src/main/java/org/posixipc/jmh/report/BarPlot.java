package org.posixipc.jmh.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.CategoryItemRendererState;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.text.TextBlock;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.data.category.CategoryDataset;
import org.jfree.data.category.DefaultCategoryDataset;

/** {@link Chart.Bars} as JFreeChart has them. */
final class BarPlot {
  /** Room behind the longest bar, as a part of it. */
  private static final double MARGIN = 0.05;

  /** Room before the first bar and behind the last, as a part of a bar's. */
  private static final double GAP = 0.1;

  /** Of an interval's ends, to each side of it. */
  private static final double WHISKER = 4;

  private static final Stroke LINE = new BasicStroke(1.5f);

  /** Keeps a bar's hatch off its interval. */
  private static final Stroke HALO = new BasicStroke(5);

  /** In the legend: large enough for two tiles of a hatch. */
  private static final Shape SAMPLE =
      new Rectangle2D.Double(-Hatch.TILE, -Hatch.TILE / 2.0, 3.0 * Hatch.TILE, 1.5 * Hatch.TILE);

  /** Between a name and its bar: a browser's letters are a little wider than ours. */
  private static final int OFFSET = 12;

  private BarPlot() {}

  static CategoryPlot of(Chart.Bars chart) {
    DefaultCategoryDataset data = new DefaultCategoryDataset();
    for (int i = 0; i < chart.all().size(); i++) {
      data.addValue(chart.all().get(i).value().value(), "", Integer.valueOf(i));
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
      LegendItem item =
          new LegendItem(
              series.name(),
              null,
              null,
              null,
              SAMPLE,
              new Style(series.style()).fill(),
              Style.THIN,
              Color.BLACK);
      item.setLabelFont(Style.TEXT);
      items.add(item);
    }
    return items;
  }

  /** One series, each bar of which has its own style and its interval across its end. */
  private static final class Renderer extends BarRenderer {
    private static final long serialVersionUID = 1;

    private final transient List<Chart.Bar> bars;

    Renderer(List<Chart.Bar> bars) {
      this.bars = bars;
      setBarPainter(new StandardBarPainter());
      setShadowVisible(false);
      setDrawBarOutline(true);
      setDefaultOutlinePaint(Color.BLACK);
      setMaximumBarWidth(0.2);
    }

    @Override
    public void drawItem(
        Graphics2D graphics,
        CategoryItemRendererState state,
        Rectangle2D area,
        CategoryPlot plot,
        CategoryAxis names,
        ValueAxis values,
        CategoryDataset data,
        int row,
        int column,
        int pass) {
      super.drawItem(graphics, state, area, plot, names, values, data, row, column, pass);
      Chart.Point value = bars.get(column).value();
      RectangleEdge edge = plot.getRangeAxisEdge();
      double low = values.valueToJava2D(value.low(), area, edge);
      double high = values.valueToJava2D(value.high(), area, edge);
      double y = names.getCategoryMiddle(column, bars.size(), area, plot.getDomainAxisEdge());
      Path2D interval = new Path2D.Double();
      line(interval, low, y, high, y);
      line(interval, low, y - WHISKER, low, y + WHISKER);
      line(interval, high, y - WHISKER, high, y + WHISKER);
      draw(graphics, interval, Color.WHITE, HALO);
      draw(graphics, interval, Color.BLACK, LINE);
    }

    private static void line(Path2D path, double fromX, double fromY, double toX, double toY) {
      path.moveTo(fromX, fromY);
      path.lineTo(toX, toY);
    }

    private static void draw(Graphics2D graphics, Path2D path, Color colour, Stroke stroke) {
      graphics.setPaint(colour);
      graphics.setStroke(stroke);
      graphics.draw(path);
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
      setCategoryLabelPositionOffset(OFFSET);
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
