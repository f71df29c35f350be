/** Servers to start from: how the library's parts go together in a program of one's own. */
@NullMarked
package org.posixipc.example;

import org.jspecify.annotations.NullMarked;
