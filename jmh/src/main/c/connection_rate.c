/*
 * How many connections a second, over Unix or TCP, can be made, accepted and closed at both ends,
 * by one thread on one listener? ConnectionRate.java does the same calls in the same order.
 */
#define _GNU_SOURCE
#include "close_on_exec.h"
#include "tcp_port.h"
#include "unix_path.h"

struct place {
    int listener;
    int family;
    struct sockaddr *address;
    socklen_t length;
};

static inline void connection(void *subject) {
    struct place *place = subject;
    int client = new_socket(place->family);
    check(client >= 0, "socket");
    check(connect(client, place->address, place->length) == 0, "connect");
    int accepted = next_connection(place->listener);
    check(accepted >= 0, "accept");
    check(close(accepted) == 0, "close");
    check(close(client) == 0, "close");
}

static void over_unix(char **arguments) {
    struct sockaddr_un address;
    struct place place = {.listener = listen_unix(&address),
                          .family = AF_UNIX,
                          .address = (struct sockaddr *)&address,
                          .length = sizeof address};
    measure(arguments, connection, &place);
    remove_unix(&address);
}

static void over_tcp(char **arguments) {
    struct sockaddr_in address = {.sin_family = AF_INET};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    struct place place = {.listener = listen_tcp((struct sockaddr *)&address, sizeof address),
                          .family = AF_INET,
                          .address = (struct sockaddr *)&address,
                          .length = sizeof address};
    measure(arguments, connection, &place);
}

int main(int argc, char **argv) {
    if (argc == 5 && strcmp(argv[1], "unix") == 0) {
        over_unix(argv + 2);
        return 0;
    }
    if (argc == 5 && strcmp(argv[1], "tcp") == 0) {
        over_tcp(argv + 2);
        return 0;
    }
    fprintf(stderr, "usage: %s unix|tcp SAMPLES MILLISECONDS CPU|-1\n", argv[0]);
    return 2;
}
