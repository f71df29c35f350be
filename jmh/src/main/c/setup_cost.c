/*
 * What does it cost to make a pipe, or a pair of sockets, and to close both ends? SetupCost.java
 * does the same calls. What a connection costs is connection_rate.c's question.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "measure.h"

static inline void close_both(int fds[2]) {
    check(close(fds[0]) == 0, "close");
    check(close(fds[1]) == 0, "close");
}

#ifdef __linux__
static inline void one_pipe(void *unused) {
    int fds[2];
    (void)unused;
    check(pipe2(fds, O_CLOEXEC) == 0, "pipe2");
    close_both(fds);
}

static inline void one_pair(void *unused) {
    int fds[2];
    (void)unused;
    check(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) == 0, "socketpair");
    close_both(fds);
}
#else
static inline void close_on_exec(int fds[2]) {
    for (int i = 0; i < 2; i++) {
        check(fcntl(fds[i], F_SETFD, FD_CLOEXEC) == 0, "fcntl(F_SETFD)");
    }
}

static inline void one_pipe(void *unused) {
    int fds[2];
    (void)unused;
    check(pipe(fds) == 0, "pipe");
    close_on_exec(fds);
    close_both(fds);
}

static inline void one_pair(void *unused) {
    int fds[2];
    (void)unused;
    check(socketpair(AF_UNIX, SOCK_STREAM, 0, fds) == 0, "socketpair");
    close_on_exec(fds);
    close_both(fds);
}
#endif

int main(int argc, char **argv) {
    if (argc == 5 && strcmp(argv[1], "pipe") == 0) {
        measure(argv + 2, one_pipe, NULL);
        return 0;
    }
    if (argc == 5 && strcmp(argv[1], "socketpair") == 0) {
        measure(argv + 2, one_pair, NULL);
        return 0;
    }
    fprintf(stderr, "usage: %s pipe|socketpair SAMPLES MILLISECONDS CPU|-1\n", argv[0]);
    return 2;
}
