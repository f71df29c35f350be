/*
 * How much does a function around a system call cost? One byte through a pipe and back as in
 * call_overhead.c, from within 0, 1, 2, 4, 8 and 16 nested functions, and the same functions
 * without the calls. Where the kernel leaves the CPU's predictor of returns as it was, both
 * columns grow alike.
 */
#define _GNU_SOURCE
#include <unistd.h>

#include "measure.h"

enum { ROUNDS = 15, OPERATIONS = 20000 };
enum call { NOTHING, READ, WRITE };

static long nested(enum call call, int fd, char *byte, int depth);

/* Through a pointer that may change, so that the compiler neither inlines nor loops. */
static long (*volatile next)(enum call, int, char *, int) = nested;

static long nested(enum call call, int fd, char *byte, int depth) {
    long result = 1;
    if (depth > 0) {
        result = next(call, fd, byte, depth - 1);
    } else if (call == READ) {
        result = read(fd, byte, 1);
    } else if (call == WRITE) {
        result = write(fd, byte, 1);
    }
    __asm__ volatile("" : "+r"(result)); /* no tail call: each returns by itself */
    return result;
}

/* The best of some rounds: an interrupt only ever adds. */
static double nanos(enum call there, enum call back, int fds[2], int depth) {
    char byte = 'x';
    uint64_t best = UINT64_MAX;
    for (int round = 0; round < ROUNDS; round++) {
        uint64_t start = now();
        for (int i = 0; i < OPERATIONS; i++) {
            check(next(there, fds[1], &byte, depth) == 1, "write");
            check(next(back, fds[0], &byte, depth) == 1, "read");
        }
        uint64_t passed = now() - start;
        best = passed < best ? passed : best;
    }
    return (double)best / OPERATIONS;
}

int main(void) {
    int fds[2];
    check(pipe(fds) == 0, "pipe");
    printf("functions  write and read, ns  without them, ns\n");
    for (int depth = 0; depth <= 16; depth = depth == 0 ? 1 : 2 * depth) {
        printf("%9d  %18.1f  %16.1f\n", depth, nanos(WRITE, READ, fds, depth),
               nanos(NOTHING, NOTHING, fds, depth));
    }
    return 0;
}
