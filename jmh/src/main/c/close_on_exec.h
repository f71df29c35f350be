/* Sockets as the library makes them: a child that is started meanwhile doesn't get them. */
#ifndef CLOSE_ON_EXEC_H
#define CLOSE_ON_EXEC_H

#include <fcntl.h>
#include <stddef.h>
#include <sys/socket.h>

#include "measure.h"

#ifdef __linux__
static inline int new_socket(int family) {
    return socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
}

static inline int next_connection(int listener) {
    return accept4(listener, NULL, NULL, SOCK_CLOEXEC);
}
#else
static inline int close_on_exec(int fd) {
    check(fcntl(fd, F_SETFD, FD_CLOEXEC) == 0, "fcntl(F_SETFD)");
    return fd;
}

static inline int new_socket(int family) {
    return close_on_exec(socket(family, SOCK_STREAM, 0));
}

static inline int next_connection(int listener) {
    return close_on_exec(accept(listener, NULL, NULL));
}
#endif

#endif
