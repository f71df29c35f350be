package org.posixipc.jmh;

import java.util.List;

/** Something to measure. */
interface Question {
  /** The measurements of one round, in their order. */
  List<Step> round();

  /** What is asked, for people. */
  String title();

  /** What all rounds so far have given: a figure for each cell that has been measured. */
  List<Figure> figures();
}
