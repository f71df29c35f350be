/**
 * Constants and struct layouts of the systems, as values: each system's can be asked for on any.
 */
@NullMarked
package org.posixipc.internal.abi;

import org.jspecify.annotations.NullMarked;
