/** The library with the real kernel and with peers that are not our own code. */
@NullMarked
package org.posixipc.it;

import org.jspecify.annotations.NullMarked;
