package org.posixipc.jmh;

import java.util.Map;

/**
 * One thing that was measured: a cell of a table, a point of a plot, an entry of the results' file.
 *
 * <p>Figures of one question and unit whose parameters are equal, {@code way} aside, are of the
 * same work, and may be divided by each other.
 *
 * @param question what was asked, as {@code --only} has it, such as {@code bandwidth}
 * @param parameters of what, those that the question has: {@code transport}, {@code size} in bytes,
 *     {@code between} (threads or processes), {@code percentile} (50, 90, 99, 99.9), {@code calls}
 *     where a question has several kinds of them, {@code way} where one library has several, {@code
 *     metric} where a unit doesn't say what is measured
 * @param who through which library or program, such as {@code posix-ipc}, {@code C}
 * @param unit of the samples: {@code ns} for an operation, {@code 1/s} operations, {@code B/s} of
 *     messages that have arrived, {@code B/op} allocated; of the rates more is better, of the
 *     others less
 * @param samples what was measured
 */
public record Figure(
    String question, Map<String, String> parameters, String who, String unit, Samples samples) {
  /** The same with other samples. */
  Figure with(Samples others) {
    return new Figure(question, parameters, who, unit, others);
  }
}
