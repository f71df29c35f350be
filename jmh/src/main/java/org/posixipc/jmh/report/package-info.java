/**
 * What becomes of the figures of a run: tables for the terminal, and a folder with a page, plots
 * and files for other programs.
 */
@NullMarked
package org.posixipc.jmh.report;

import org.jspecify.annotations.NullMarked;
