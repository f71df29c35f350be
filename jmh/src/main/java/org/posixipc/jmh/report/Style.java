package org.posixipc.jmh.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Polygon;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/**
 * How a thing looks in all charts. Markers, dashes and hatches tell things apart where colours
 * don't: they are those of Okabe and Ito, for eyes that miss some.
 */
record Style(int number) {
  static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
  static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
  static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 15);
  static final Color GRID = new Color(0xcccccc);
  static final Stroke THIN = new BasicStroke(1);

  private static final List<Color> COLOURS =
      List.of(
          new Color(0x0072b2),
          new Color(0x000000),
          new Color(0xe69f00),
          new Color(0x009e73),
          new Color(0xcc79a7),
          new Color(0xd55e00),
          new Color(0x56b4e9),
          new Color(0x777777),
          new Color(0x8a6d00));

  private static final List<Shape> MARKERS =
      List.of(
          new Ellipse2D.Double(-4, -4, 8, 8),
          new Rectangle2D.Double(-4, -4, 8, 8),
          polygon(0, -5, 5, 4, -5, 4),
          polygon(0, -6, 6, 0, 0, 6, -6, 0),
          polygon(0, 5, 5, -4, -5, -4),
          polygon(
              -5, -1, -1, -1, -1, -5, 1, -5, 1, -1, 5, -1, 5, 1, 1, 1, 1, 5, -1, 5, -1, 1, -5, 1),
          polygon(-5, -5, 0, -2, 5, -5, 2, 0, 5, 5, 0, 2, -5, 5, -2, 0));

  private static final List<float[]> DASHES =
      List.of(new float[] {1, 0}, new float[] {8, 4}, new float[] {2, 3}, new float[] {9, 3, 2, 3});

  /** Lines through a {@link Hatch}'s tile; what goes through a corner goes on in the next tiles. */
  private static final List<String> HATCHES =
      List.of(
          "",
          "M-2,2 L2,-2 M0,8 L8,0 M6,10 L10,6",
          "M0,4 H8",
          "M-2,6 L2,10 M0,0 L8,8 M6,-2 L10,2",
          "M4,0 V8",
          "M0,8 L8,0 M0,0 L8,8",
          "M1,2 h2 M5,6 h2",
          "M0,4 H8 M4,0 V8",
          "M0,2 H8 M0,6 H8");

  Color colour() {
    return COLOURS.get(number % COLOURS.size());
  }

  Shape marker() {
    return MARKERS.get(number % MARKERS.size());
  }

  /** Every second marker is hollow; with seven shapes no two of the first fourteen are alike. */
  boolean filled() {
    return number % 2 == 0;
  }

  Stroke line() {
    float[] dash = DASHES.get(number % DASHES.size());
    return new BasicStroke(1.8f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dash, 0);
  }

  /** Of a bar: light enough for its lines and for the error bar. */
  Hatch fill() {
    return new Hatch(lighter(colour()), colour(), HATCHES.get(number % HATCHES.size()));
  }

  private static Color lighter(Color colour) {
    return new Color(
        lighter(colour.getRed()), lighter(colour.getGreen()), lighter(colour.getBlue()));
  }

  private static int lighter(int part) {
    return part + (255 - part) * 2 / 3;
  }

  private static Polygon polygon(int... xy) {
    Polygon polygon = new Polygon();
    for (int i = 0; i < xy.length; i += 2) {
      polygon.addPoint(xy[i], xy[i + 1]);
    }
    return polygon;
  }
}
