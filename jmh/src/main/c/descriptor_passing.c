/*
 * What does it cost to pass a descriptor: to send it with a byte, to receive both, and to close
 * what came? DescriptorPassing.java does the same calls, in one thread.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "measure.h"

#ifndef MSG_CMSG_CLOEXEC
#define MSG_CMSG_CLOEXEC 0 /* macOS */
#endif
#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0 /* older macOS */
#endif

struct place {
    int pair[2];
    int passed;
};

union control {
    char bytes[CMSG_SPACE(sizeof(int))];
    struct cmsghdr aligned;
};

static inline struct msghdr message(struct iovec *byte, union control *control) {
    return (struct msghdr){.msg_iov = byte,
                           .msg_iovlen = 1,
                           .msg_control = control->bytes,
                           .msg_controllen = sizeof control->bytes};
}

static inline void pass(void *subject) {
    struct place *place = subject;
    char x = 'x';
    struct iovec byte = {&x, 1};
    union control control = {.bytes = {0}};
    struct msghdr out = message(&byte, &control);
    struct cmsghdr *header = CMSG_FIRSTHDR(&out);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(header), &place->passed, sizeof(int));
    check(sendmsg(place->pair[1], &out, MSG_NOSIGNAL) == 1, "sendmsg");

    struct msghdr in = message(&byte, &control);
    int received;
    check(recvmsg(place->pair[0], &in, MSG_CMSG_CLOEXEC) == 1, "recvmsg");
    header = CMSG_FIRSTHDR(&in);
    check(header != NULL && header->cmsg_type == SCM_RIGHTS, "SCM_RIGHTS");
    memcpy(&received, CMSG_DATA(header), sizeof received);
    check(close(received) == 0, "close");
}

int main(int argc, char **argv) {
    if (argc != 4) {
        fprintf(stderr, "usage: %s SAMPLES MILLISECONDS CPU|-1\n", argv[0]);
        return 2;
    }
    struct place place;
    check(socketpair(AF_UNIX, SOCK_STREAM, 0, place.pair) == 0, "socketpair");
    place.passed = open("/dev/null", O_RDONLY);
    check(place.passed >= 0, "open");
    measure(argv + 1, pass, &place);
    return 0;
}
