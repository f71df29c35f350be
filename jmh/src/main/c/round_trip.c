/*
 * How long is a message's way to the other side and back, by transport and size? RoundTrip.java
 * does the same calls. Each trip is timed by itself: a sample is the trips' percentiles.
 */
#define _GNU_SOURCE
#include "work.h"

static const char *const NAMES[] = {"50", "90", "99", "99.9"};
static const double PARTS[] = {0.5, 0.9, 0.99, 0.999};
enum { PERCENTILES = sizeof PARTS / sizeof PARTS[0] };

static uint64_t *trips;
static size_t room;

static int ascending(const void *left, const void *right) {
    uint64_t a = *(const uint64_t *)left;
    uint64_t b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

static void note(size_t count, uint64_t nanos) {
    if (count == room) {
        room = room == 0 ? 65536 : 2 * room;
        trips = realloc(trips, room * sizeof *trips);
        check(trips != NULL, "realloc");
    }
    trips[count] = nanos;
}

static void print_percentiles(size_t count) {
    qsort(trips, count, sizeof *trips, ascending);
    for (int i = 0; i < PERCENTILES; i++) {
        size_t rank = (size_t)(PARTS[i] * (double)count);
        printf("percentile %s %" PRIu64 "\n", NAMES[i], trips[rank < count ? rank : count - 1]);
    }
}

static uint64_t sample(struct far *far, char *buffer, uint64_t nanos, int print) {
    struct end *near = &far->connection.near;
    size_t count = 0;
    uint64_t start = now();
    uint64_t end = start;
    do {
        uint64_t before = now();
        write_message(&near->out, buffer, far->size);
        check(read_message(&near->in, buffer, far->size), "the other side ended");
        end = now();
        note(count++, end - before);
    } while (end - start < nanos);
    if (print) {
        print_percentiles(count);
    }
    return count * far->size;
}

int main(int argc, char **argv) {
    struct far *far = argc == 3 + WORK_ARGUMENTS ? parse_work(argv + 1) : NULL;
    if (far == NULL) {
        usage(argv[0], "SAMPLES MILLISECONDS");
    }
    int samples = atoi(argv[1 + WORK_ARGUMENTS]);
    uint64_t nanos = strtoull(argv[2 + WORK_ARGUMENTS], NULL, 10) * 1000000u;
    start_far(far, far_echo);
    pin(atoi(argv[WORK_ARGUMENTS]));
    char *buffer = message_buffer(far->size);
    uint64_t bytes = 0;
    for (int i = 0; i <= samples; i++) {
        bytes += sample(far, buffer, nanos, i > 0);
    }
    channel_finish(&far->connection.near.out);
    join_far(far);
    printf("total %" PRIu64 " %" PRIu64 "\n", far->sent, bytes);
    free(buffer);
    free(trips);
    return far->sent == bytes ? 0 : 1;
}
