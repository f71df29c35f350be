/* The arguments that the programs over a transport have in common. */
#ifndef WORK_H
#define WORK_H

#include "far.h"

#define WORK_USAGE                                                                               \
    TRANSPORTS " SIZE threads|processes CAPACITY|0 SNDBUF|0 RCVBUF|0 NODELAY(0|1)"               \
               " FAR_CPU|-1 NEAR_CPU|-1"

enum { WORK_ARGUMENTS = 9 };

/* The far end, not yet started; NULL if the arguments aren't such. Keeps this thread on its CPU. */
static inline struct far *parse_work(char **arguments) {
    struct far *far = new_far();
    struct settings settings = {
        .capacity = atoi(arguments[3]),
        .sndbuf = atoi(arguments[4]),
        .rcvbuf = atoi(arguments[5]),
        .nodelay = atoi(arguments[6]),
    };
    far->size = strtoull(arguments[1], NULL, 10);
    far->processes = strcmp(arguments[2], "processes") == 0;
    far->cpu = atoi(arguments[7]);
    if (far->size == 0 || (!far->processes && strcmp(arguments[2], "threads") != 0)
        || !open_transport(&far->connection, arguments[0], &settings)) {
        return NULL;
    }
    return far;
}

static inline void usage(const char *program, const char *more) {
    fprintf(stderr, "usage: %s " WORK_USAGE " %s\n", program, more);
    exit(2);
}

#endif
