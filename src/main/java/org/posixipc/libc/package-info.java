/**
 * The C library as it stands: C names, the man pages' order of parameters, -1 and errno.
 *
 * <p>Nothing here checks an argument, retries a call or owns a descriptor. An address is a {@code
 * long}: {@link org.posixipc.libc.Native#address(java.nio.ByteBuffer)} gives a direct buffer's, and
 * the caller keeps that buffer reachable until the call is back.
 */
@NullMarked
package org.posixipc.libc;

import org.jspecify.annotations.NullMarked;
