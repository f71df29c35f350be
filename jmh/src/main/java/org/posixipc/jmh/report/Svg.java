package org.posixipc.jmh.report;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.io.StringWriter;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGIDGenerator;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.Axis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.text.TextUtils;
import org.jfree.chart.ui.RectangleInsets;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Charts as SVG elements, for a page or for a file of their own. */
final class Svg {
  static final String NAMESPACE = "http://www.w3.org/2000/svg";
  private static final String FONTS = "DejaVu Sans, Verdana, Geneva, sans-serif";
  private static final int WIDTH = 480;
  private static final int HEIGHT = 400;
  private static final int BAR_HEIGHT = 36;
  private static final int AROUND_BARS = 140;

  /** Half of the last tick's label stands out of the plot. */
  private static final int PADDING = 16;

  static {
    // Otherwise text that runs upwards is drawn, not written.
    TextUtils.setUseDrawRotatedStringWorkaround(false);
  }

  private Svg() {}

  /** The element; ids in it begin with the chart's name, so that a page may hold many. */
  static String of(Chart chart) {
    Document document = document();
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
    context.setComment(chart.title());
    context.setExtensionHandler(new Hatch.Handler());
    context.setIDGenerator(
        new SVGIDGenerator() {
          @Override
          public String generateID(String prefix) {
            return chart.name() + "-" + super.generateID(prefix);
          }
        });
    SVGGraphics2D graphics = new SVGGraphics2D(context, false);
    int height = height(chart);
    jfree(chart).draw(graphics, new Rectangle2D.Double(0, 0, WIDTH, height));
    Element root = graphics.getRoot();
    adjust(root);
    root.setAttribute("viewBox", "0 0 " + WIDTH + " " + height);
    root.setAttribute("role", "img");
    root.insertBefore(document.createElementNS(NAMESPACE, "title"), root.getFirstChild())
        .setTextContent(chart.title());
    return text(root);
  }

  /**
   * For a page with many of them, on other machines: Batik's one id that is the same in all, to
   * which nothing refers, is taken away, and the font is asked for by names whose letters are about
   * as wide as those that it was laid out with.
   */
  private static void adjust(Element root) {
    NodeList elements = root.getElementsByTagName("*");
    for (int i = 0; i < elements.getLength(); i++) {
      Element element = (Element) elements.item(i);
      if (element.getAttribute("id").equals("genericDefs")) {
        element.removeAttribute("id");
      }
      if (element.hasAttribute("font-family")) {
        element.setAttribute("font-family", FONTS);
      }
    }
    root.setAttribute("font-family", FONTS);
  }

  private static int height(Chart chart) {
    return chart instanceof Chart.Bars bars ? AROUND_BARS + BAR_HEIGHT * bars.all().size() : HEIGHT;
  }

  private static JFreeChart jfree(Chart chart) {
    Plot plot =
        chart instanceof Chart.Lines lines ? LinePlot.of(lines) : BarPlot.of((Chart.Bars) chart);
    plot.setBackgroundPaint(Color.WHITE);
    if (plot instanceof XYPlot xy) {
      font(xy.getDomainAxis());
      font(xy.getRangeAxis());
    } else if (plot instanceof CategoryPlot categories) {
      font(categories.getDomainAxis());
      font(categories.getRangeAxis());
    }
    JFreeChart jfree = new JFreeChart(chart.title(), Style.TITLE, plot, true);
    jfree.setBackgroundPaint(Color.WHITE);
    jfree.setPadding(new RectangleInsets(0, 0, 0, PADDING));
    jfree.getLegend().setItemFont(Style.TEXT);
    jfree.getLegend().setFrame(BlockBorder.NONE);
    return jfree;
  }

  private static void font(Axis axis) {
    axis.setLabelFont(Style.TEXT);
    axis.setTickLabelFont(Style.TEXT);
  }

  private static Document document() {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .getDOMImplementation()
          .createDocument(NAMESPACE, "svg", null);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("this JDK's XML parser lacks its default settings", e);
    }
  }

  private static String text(Element root) {
    try {
      StringWriter text = new StringWriter();
      Transformer transformer = TransformerFactory.newInstance().newTransformer();
      transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
      transformer.transform(new DOMSource(root), new StreamResult(text));
      return text.toString();
    } catch (TransformerException e) {
      throw new IllegalStateException("an element that can't be written", e);
    }
  }
}
