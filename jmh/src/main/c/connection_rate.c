/*
 * How many Unix connections a second can be made, accepted and closed at both ends, by one thread
 * on one listener? ConnectionRate.java does the same calls in the same order.
 */
#define _GNU_SOURCE
#include <fcntl.h>

#include "measure.h"
#include "unix_path.h"

#ifdef __linux__
static int new_socket(void) {
    return socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
}

static int next_connection(int listener) {
    return accept4(listener, NULL, NULL, SOCK_CLOEXEC);
}
#else
static int close_on_exec(int fd) {
    check(fcntl(fd, F_SETFD, FD_CLOEXEC) == 0, "fcntl(F_SETFD)");
    return fd;
}

static int new_socket(void) {
    return close_on_exec(socket(AF_UNIX, SOCK_STREAM, 0));
}

static int next_connection(int listener) {
    return close_on_exec(accept(listener, NULL, NULL));
}
#endif

struct place {
    int listener;
    struct sockaddr_un address;
};

static inline void connection(void *subject) {
    struct place *place = subject;
    int client = new_socket();
    check(client >= 0, "socket");
    check(connect(client, (struct sockaddr *)&place->address, sizeof place->address) == 0,
          "connect");
    int accepted = next_connection(place->listener);
    check(accepted >= 0, "accept");
    check(close(accepted) == 0, "close");
    check(close(client) == 0, "close");
}

int main(int argc, char **argv) {
    if (argc != 4) {
        fprintf(stderr, "usage: %s SAMPLES MILLISECONDS CPU|-1\n", argv[0]);
        return 2;
    }
    struct place place;
    place.listener = listen_unix(&place.address);
    measure(argv + 1, connection, &place);
    remove_unix(&place.address);
    return 0;
}
