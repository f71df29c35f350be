package org.posixipc.jmh;

import java.io.IOException;
import java.util.List;

/** Something to measure. */
interface Question {
  /** The measurements of one round, in their order. */
  List<Step> round() throws IOException;

  /** What is asked, for people. */
  String title();

  /** What all rounds so far have given: a figure for each cell that has been measured. */
  List<Figure> figures();

  /** What isn't measured and why, a sentence each. */
  List<String> absences() throws IOException;
}
