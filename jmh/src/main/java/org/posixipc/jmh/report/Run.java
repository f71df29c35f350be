package org.posixipc.jmh.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.posixipc.jmh.Figure;

/**
 * A run of the main job: what was measured, on what, and how.
 *
 * @param begin when it began
 * @param command the command line's words
 * @param host facts of the machine, by name, in the order to show
 * @param options what was chosen, or came by default, by name
 * @param absent what could not be measured here, and why, a sentence each
 * @param complete whether all that was planned has been measured
 * @param titles what each question asks, by its name
 * @param figures all that was measured
 */
public record Run(
    Instant begin,
    List<String> command,
    Map<String, String> host,
    Map<String, String> options,
    List<String> absent,
    boolean complete,
    Map<String, String> titles,
    List<Figure> figures) {
  /** What {@code question} asks. */
  String title(String question) {
    return titles.getOrDefault(question, question);
  }
}
