/* What the C programs beside the benchmarks share: the clock, the placement, the way out. */
#ifndef MEASURE_H
#define MEASURE_H

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#ifdef __linux__
#include <sched.h>
#endif

static inline void check(int ok, const char *call) {
    if (!ok) {
        perror(call);
        exit(1);
    }
}

static inline uint64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* Keeps the calling thread on one CPU; -1 leaves it to the kernel. */
static inline void pin(int cpu) {
    if (cpu < 0) {
        return;
    }
#ifdef __linux__
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(cpu, &set);
    check(sched_setaffinity(0, sizeof set, &set) == 0, "sched_setaffinity");
#else
    fprintf(stderr, "this system can't keep a thread on one CPU\n");
    exit(1);
#endif
}

/* One sample: how many operations, in how many nanoseconds. */
static inline void print_sample(uint64_t operations, uint64_t nanos) {
    printf("sample %" PRIu64 " %" PRIu64 "\n", operations, nanos);
}

/* With the operation in it: call_depth.c shows what a function around a system call may cost. */
#define INLINED static inline __attribute__((always_inline))

/* Reads the clock once in 256 operations: it would be a third of the smallest otherwise. */
INLINED void take_sample(void (*operation)(void *), void *subject, uint64_t nanos, int print) {
    uint64_t operations = 0;
    uint64_t start = now();
    uint64_t end;
    do {
        for (int i = 0; i < 256; i++) {
            operation(subject);
        }
        operations += 256;
        end = now();
    } while (end - start < nanos);
    if (print) {
        print_sample(operations, end - start);
    }
}

/* Takes the arguments SAMPLES MILLISECONDS CPU|-1, and one sample more, to warm up. */
INLINED void measure(char **arguments, void (*operation)(void *), void *subject) {
    int samples = atoi(arguments[0]);
    uint64_t nanos = strtoull(arguments[1], NULL, 10) * 1000000u;
    pin(atoi(arguments[2]));
    take_sample(operation, subject, nanos, 0);
    for (int i = 0; i < samples; i++) {
        take_sample(operation, subject, nanos, 1);
    }
}

#endif
