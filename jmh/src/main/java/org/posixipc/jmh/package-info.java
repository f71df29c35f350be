/**
 * The benchmarks, each named after its question, and {@link org.posixipc.jmh.Compare}, which asks
 * them all and puts C and java.nio beside the answers.
 */
@NullMarked
package org.posixipc.jmh;

import org.jspecify.annotations.NullMarked;
