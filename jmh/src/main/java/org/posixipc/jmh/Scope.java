package org.posixipc.jmh;

import java.util.List;

/** What is measured of all that could be, over transports. */
record Scope(
    List<Transport> transports,
    List<Between> betweens,
    List<Library> libraries,
    Settings settings) {}
