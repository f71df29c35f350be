/*
 * How many Unix connections a second can be made, accepted and closed at both ends, by one thread
 * on one listener? ConnectionRate.java does the same calls in the same order.
 */
#define _GNU_SOURCE
#include "close_on_exec.h"
#include "unix_path.h"

struct place {
    int listener;
    struct sockaddr_un address;
};

static inline void connection(void *subject) {
    struct place *place = subject;
    int client = new_socket(AF_UNIX);
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
