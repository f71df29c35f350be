package org.posixipc;

/**
 * {@code SO_PEERCRED}, {@code SCM_CREDENTIALS}: the process at the other end of a Unix socket, as
 * the kernel knows it: from the moment it connected, or sent.
 *
 * @param pid its process number; it may have ended since, and the number may be another's
 * @param uid its effective user's number
 * @param gid its effective group's number
 * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7)</a>
 */
public record PeerCredentials(int pid, int uid, int gid) {}
