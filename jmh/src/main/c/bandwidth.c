/*
 * How many messages a second arrive, by transport and size, when one side writes and one reads?
 * Bandwidth.java does the same: a message is one write(2) of its size, and as many read(2) as it
 * takes to have that many bytes. Time is taken at the receiver. At the end the writer closes, the
 * reader drains, and both counts of bytes are printed: they must be equal.
 */
#define _GNU_SOURCE
#include "work.h"

static uint64_t received;

/* Looks at the clock after 64 KiB or one message, so that small messages don't pay for it. */
static void receive(struct far *far, char *buffer, uint64_t nanos, int print) {
    struct channel *in = &far->connection.near.in;
    uint64_t batch = far->size < 65536 ? 65536 / far->size : 1;
    uint64_t messages = 0;
    uint64_t start = now();
    uint64_t end;
    do {
        for (uint64_t i = 0; i < batch; i++) {
            check(read_message(in, buffer, far->size), "the writer ended");
        }
        messages += batch;
        end = now();
    } while (end - start < nanos);
    received += messages * far->size;
    if (print) {
        print_sample(messages, end - start);
    }
}

static void drain(struct far *far, char *buffer) {
    ssize_t n;
    while ((n = channel_read(&far->connection.near.in, buffer, far->size)) > 0) {
        received += (uint64_t)n;
    }
    check(n == 0, "read");
}

int main(int argc, char **argv) {
    struct far *far = argc == 3 + WORK_ARGUMENTS ? parse_work(argv + 1) : NULL;
    if (far == NULL) {
        usage(argv[0], "SAMPLES MILLISECONDS");
    }
    int samples = atoi(argv[1 + WORK_ARGUMENTS]);
    uint64_t nanos = strtoull(argv[2 + WORK_ARGUMENTS], NULL, 10) * 1000000u;
    start_far(far, far_writer);
    pin(atoi(argv[WORK_ARGUMENTS]));
    char *buffer = message_buffer(far->size);
    receive(far, buffer, nanos, 0);
    for (int i = 0; i < samples; i++) {
        receive(far, buffer, nanos, 1);
    }
    atomic_store(&far->stop, 1);
    drain(far, buffer);
    join_far(far);
    printf("total %" PRIu64 " %" PRIu64 "\n", far->sent, received);
    free(buffer);
    return far->sent == received ? 0 : 1;
}
