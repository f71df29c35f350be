/*
 * Does every byte arrive, and as it was sent? Both sides count and take a checksum of pseudo-random
 * messages. Verification.java does the same.
 */
#define _GNU_SOURCE
#include "work.h"

int main(int argc, char **argv) {
    struct far *far = argc == 2 + WORK_ARGUMENTS ? parse_work(argv + 1) : NULL;
    if (far == NULL) {
        usage(argv[0], "MESSAGES");
    }
    far->messages = strtoull(argv[1 + WORK_ARGUMENTS], NULL, 10);
    char *buffer = message_buffer(far->size);
    uint64_t received = 0;
    uint32_t crc = 0;
    ssize_t n;
    start_far(far, far_checked);
    while ((n = channel_read(&far->connection.near.in, buffer, far->size)) > 0) {
        received += (uint64_t)n;
        crc = crc32c(crc, buffer, (size_t)n);
    }
    check(n == 0, "read");
    join_far(far);
    printf("checked %" PRIu64 " %" PRIu32 " %" PRIu64 " %" PRIu32 "\n", far->sent, far->crc,
           received, crc);
    free(buffer);
    return far->sent == received && far->crc == crc ? 0 : 1;
}
