/*
 * The far side for a program that isn't in C: what comes from descriptor 0 and goes to 1, or to
 * files in a folder. SIGTERM makes a writer stop. At its end it says on descriptor 3 how many bytes
 * it has sent, and their checksum.
 */
#define _GNU_SOURCE
#include "far.h"

static struct far *far;

static void told_to_stop(int signal) {
    (void)signal;
    atomic_store(&far->stop, 1);
}

static struct end end_of(const char *kind) {
    enum kind number = strcmp(kind, "datagrams") == 0 ? MESSAGE_SOCKET
        : strcmp(kind, "stream") == 0                 ? STREAM_SOCKET
                                                      : DESCRIPTOR;
    if (kind[0] == '/') {
        return file_end(kind, "far", "near");
    }
    return (struct end){{.kind = number, .fd = 0}, {.kind = number, .fd = 1}};
}

int main(int argc, char **argv) {
    if (argc != 6) {
        fprintf(stderr,
                "usage: %s write|echo|check descriptors|stream|datagrams|/FOLDER SIZE MESSAGES"
                " CPU|-1\n",
                argv[0]);
        return 2;
    }
    end_with_parent();
    far = new_far();
    far->connection.far = end_of(argv[2]);
    far->size = strtoull(argv[3], NULL, 10);
    far->messages = strtoull(argv[4], NULL, 10);
    far->cpu = atoi(argv[5]);
    struct sigaction action = {.sa_handler = told_to_stop, .sa_flags = SA_RESTART};
    check(sigaction(SIGTERM, &action, NULL) == 0, "sigaction");
    if (strcmp(argv[1], "write") == 0) {
        far_writer(far);
    } else if (strcmp(argv[1], "echo") == 0) {
        far_echo(far);
    } else {
        far_checked(far);
    }
    check(dprintf(3, "%" PRIu64 " %" PRIu32 "\n", far->sent, far->crc) > 0, "dprintf");
    return 0;
}
