package org.posixipc.jmh;

import java.util.List;

/** Something to measure, and the table that answers it. */
interface Question {
  /** The measurements of one round, in their order. */
  List<Step> round();

  /** What all rounds so far have given, as a table. */
  String answer();

  /** What all rounds so far have given: a figure for each cell that has been measured. */
  List<Figure> figures();
}
