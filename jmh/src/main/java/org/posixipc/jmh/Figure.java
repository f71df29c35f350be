package org.posixipc.jmh;

import java.util.Map;

/**
 * One thing that was measured: a cell of a table, a point of a plot, an entry of the results' file.
 *
 * @param question what was asked, such as {@code bandwidth}
 * @param parameters of what: {@code transport}, {@code size} in bytes, {@code between} (threads or
 *     processes), {@code percentile}, {@code way}; those that the question has
 * @param who through which library or program: {@code posix-ipc}, {@code C}, {@code java.nio}
 * @param unit of the samples, such as {@code ns} or {@code 1/s}; of a rate more is better, of a
 *     time less
 * @param samples what was measured
 */
record Figure(
    String question, Map<String, String> parameters, String who, String unit, Samples samples) {}
