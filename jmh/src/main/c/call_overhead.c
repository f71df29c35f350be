/*
 * One byte there and back, in one thread: what does C pay for two calls when the kernel has almost
 * nothing to do? CallOverhead.java does them on a pipe, SocketOverhead.java on a pair of sockets,
 * in the same loop. The calls that take several buffers move two, of a byte each.
 */
#define _GNU_SOURCE
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "measure.h"

#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0 /* older macOS */
#endif

static char bytes[2] = "xy";

static inline void write_read(void *subject) {
    int *fds = subject;
    check(write(fds[1], bytes, 1) == 1, "write");
    check(read(fds[0], bytes, 1) == 1, "read");
}

static inline void writev_readv(void *subject) {
    int *fds = subject;
    struct iovec both[2] = {{bytes, 1}, {bytes + 1, 1}};
    check(writev(fds[1], both, 2) == 2, "writev");
    check(readv(fds[0], both, 2) == 2, "readv");
}

static inline void send_recv(void *subject) {
    int *fds = subject;
    check(send(fds[1], bytes, 1, MSG_NOSIGNAL) == 1, "send");
    check(recv(fds[0], bytes, 1, 0) == 1, "recv");
}

static int open_transport(const char *name, int fds[2]) {
    if (strcmp(name, "pipe") == 0) {
        check(pipe(fds) == 0, "pipe");
    } else if (strcmp(name, "socketpair") == 0) {
        check(socketpair(AF_UNIX, SOCK_STREAM, 0, fds) == 0, "socketpair");
    } else {
        return 0;
    }
    return 1;
}

int main(int argc, char **argv) {
    int fds[2];
    if (argc == 6 && open_transport(argv[1], fds)) {
        if (strcmp(argv[2], "write/read") == 0) {
            measure(argv + 3, write_read, fds);
            return 0;
        }
        if (strcmp(argv[2], "writev/readv") == 0) {
            measure(argv + 3, writev_readv, fds);
            return 0;
        }
        if (strcmp(argv[2], "send/recv") == 0) {
            measure(argv + 3, send_recv, fds);
            return 0;
        }
    }
    fprintf(stderr,
            "usage: %s pipe|socketpair write/read|writev/readv|send/recv"
            " SAMPLES MILLISECONDS CPU|-1\n",
            argv[0]);
    return 2;
}
