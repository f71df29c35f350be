/*
 * What does close(2) cost, of a descriptor that nobody waits for? CloseCost.java does the same:
 * many are opened, and the time is that of closing them.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <unistd.h>

#include "measure.h"

enum { BATCH = 256 };

static void sample(uint64_t nanos, int print) {
    int fds[BATCH];
    uint64_t closed = 0;
    uint64_t passed = 0;
    uint64_t first = now();
    do {
        for (int i = 0; i < BATCH; i++) {
            fds[i] = open("/dev/null", O_RDONLY | O_CLOEXEC);
            check(fds[i] >= 0, "open");
        }
        uint64_t start = now();
        for (int i = 0; i < BATCH; i++) {
            check(close(fds[i]) == 0, "close");
        }
        passed += now() - start;
        closed += BATCH;
    } while (now() - first < nanos);
    if (print) {
        print_sample(closed, passed);
    }
}

int main(int argc, char **argv) {
    if (argc != 4) {
        fprintf(stderr, "usage: %s SAMPLES MILLISECONDS CPU|-1\n", argv[0]);
        return 2;
    }
    int samples = atoi(argv[1]);
    uint64_t nanos = strtoull(argv[2], NULL, 10) * 1000000u;
    pin(atoi(argv[3]));
    for (int i = 0; i <= samples; i++) {
        sample(nanos, i > 0);
    }
    return 0;
}
