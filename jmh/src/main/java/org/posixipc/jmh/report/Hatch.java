package org.posixipc.jmh.report;

import java.awt.Color;
import java.awt.Paint;
import java.awt.PaintContext;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.ColorModel;
import org.apache.batik.svggen.DefaultExtensionHandler;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGPaintDescriptor;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Lines over a ground, for areas that are to be told apart without colours. In SVG it is a pattern:
 * lines, where a texture would be a picture of dots that each printer and screen scales its own
 * way.
 *
 * @param ground the colour between the lines
 * @param line their colour
 * @param path the lines through a tile of {@link #TILE}, as SVG writes them; none if it is empty
 */
record Hatch(Color ground, Color line, String path) implements Paint {
  /** A tile's width and height. */
  static final int TILE = 8;

  private static final String WIDTH = "1.6";

  /** On anything but SVG. */
  @Override
  public PaintContext createContext(
      ColorModel model,
      Rectangle device,
      Rectangle2D user,
      AffineTransform transform,
      RenderingHints hints) {
    return ground.createContext(model, device, user, transform, hints);
  }

  @Override
  public int getTransparency() {
    return OPAQUE;
  }

  private Element pattern(Document document, String id) {
    Element pattern = element(document, "pattern");
    pattern.setAttribute("id", id);
    pattern.setAttribute("patternUnits", "userSpaceOnUse");
    Element tile = element(document, "rect");
    for (Element sized : new Element[] {pattern, tile}) {
      sized.setAttribute("width", Integer.toString(TILE));
      sized.setAttribute("height", Integer.toString(TILE));
    }
    tile.setAttribute("fill", hex(ground));
    // The graphics around it says that lines are none.
    tile.setAttribute("stroke", "none");
    pattern.appendChild(tile);
    Element lines = element(document, "path");
    lines.setAttribute("d", path);
    lines.setAttribute("fill", "none");
    lines.setAttribute("stroke", hex(line));
    lines.setAttribute("stroke-width", WIDTH);
    pattern.appendChild(lines);
    return pattern;
  }

  private static Element element(Document document, String name) {
    return document.createElementNS(Svg.NAMESPACE, name);
  }

  private static String hex(Color colour) {
    return String.format("#%06x", colour.getRGB() & 0xffffff);
  }

  /** How Batik writes them. */
  static final class Handler extends DefaultExtensionHandler {
    @Override
    public SVGPaintDescriptor handlePaint(Paint paint, SVGGeneratorContext context) {
      if (!(paint instanceof Hatch hatch)) {
        return super.handlePaint(paint, context);
      }
      String id = context.getIDGenerator().generateID("hatch");
      Element pattern = hatch.pattern(context.getDOMFactory(), id);
      return new SVGPaintDescriptor("url(#" + id + ")", "1", pattern);
    }
  }
}
