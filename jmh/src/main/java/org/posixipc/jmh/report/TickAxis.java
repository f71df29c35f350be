package org.posixipc.jmh.report;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/** An axis with ticks where it is told to have them, and words on them. */
final class TickAxis extends NumberAxis {
  private static final long serialVersionUID = 1;

  private final transient List<Chart.Tick> ticks;

  TickAxis(String label, List<Chart.Tick> ticks) {
    super(label);
    this.ticks = List.copyOf(ticks);
  }

  /** From {@code margin} before the first tick to as much behind the last. */
  TickAxis spanningTicks(double margin) {
    setRange(ticks.get(0).at() - margin, ticks.get(ticks.size() - 1).at() + margin);
    return this;
  }

  @Override
  public List<NumberTick> refreshTicks(
      Graphics2D graphics, AxisState state, Rectangle2D area, RectangleEdge edge) {
    TextAnchor anchor =
        RectangleEdge.isTopOrBottom(edge) ? TextAnchor.TOP_CENTER : TextAnchor.CENTER_RIGHT;
    return ticks.stream()
        .filter(tick -> getRange().contains(tick.at()))
        .map(tick -> new NumberTick(tick.at(), tick.label(), anchor, TextAnchor.CENTER, 0))
        .toList();
  }
}
