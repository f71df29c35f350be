/*
 * One byte through a pipe and back, in one thread: what does C pay for write(2) and read(2) when
 * the kernel has almost nothing to do? CallOverhead.java does the same two calls in the same loop.
 *
 * The clock is read once in 256 operations: it would be a third of the figure otherwise.
 */
#define _GNU_SOURCE
#include <unistd.h>

#include "measure.h"

static void measure(int fds[2], uint64_t nanos, int print) {
    char byte = 'x';
    uint64_t operations = 0;
    uint64_t start = now();
    uint64_t end;
    do {
        for (int i = 0; i < 256; i++) {
            check(write(fds[1], &byte, 1) == 1, "write");
            check(read(fds[0], &byte, 1) == 1, "read");
        }
        operations += 256;
        end = now();
    } while (end - start < nanos);
    if (print) {
        print_sample(operations, end - start);
    }
}

int main(int argc, char **argv) {
    if (argc != 4) {
        fprintf(stderr, "usage: %s SAMPLES MILLISECONDS CPU|-1\n", argv[0]);
        return 2;
    }
    int samples = atoi(argv[1]);
    uint64_t nanos = strtoull(argv[2], NULL, 10) * 1000000u;
    int fds[2];
    check(pipe(fds) == 0, "pipe");
    pin(atoi(argv[3]));
    measure(fds, nanos, 0);
    for (int i = 0; i < samples; i++) {
        measure(fds, nanos, 1);
    }
    return 0;
}
