package org.posixipc.jmh;

import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** What is written to {@code writer} comes out of {@code reader}. */
record OneWay(ReadableByteChannel reader, WritableByteChannel writer) {}
