/**
 * Servers over {@link org.posixipc}: the few ways to serve connections that there are, one class
 * each.
 *
 * <p>A {@link org.posixipc.server.SocketServer} accepts the connections of a {@link
 * org.posixipc.Listener} and has them served as its {@link org.posixipc.server.ServerModel} says:
 * one after the other, by threads, by processes. What serves one is a {@link
 * org.posixipc.server.ConnectionHandler}, or a program. There is no protocol here.
 */
@NullMarked
package org.posixipc.server;

import org.jspecify.annotations.NullMarked;
