/**
 * Typed calls of POSIX inter-process communication.
 *
 * <p>Each public method is one system call, or names the few that it makes. What it adds is what
 * Java programmers expect: descriptors with an owner, errors with a type, buffers that go to the
 * kernel without a copy, and a close that is safe from any thread.
 *
 * <ul>
 *   <li>Who calls a method named {@code open}, {@code accept}, {@code duplicate} or {@code take}
 *       owns what it returns, and closes it. A plain parameter is borrowed.
 *   <li>Every descriptor made here is close-on-exec.
 *   <li>A failed call throws {@link org.posixipc.PosixException}; an interrupted one (EINTR) is
 *       made again; a write to nobody is EPIPE, and no signal ends the JVM.
 * </ul>
 */
@NullMarked
package org.posixipc;

import org.jspecify.annotations.NullMarked;
