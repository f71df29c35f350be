/*
 * How many messages a second arrive, by transport and size, when one thread writes and one reads?
 * Bandwidth.java does the same: a message is one write(2) of its size, and as many read(2) as it
 * takes to have that many bytes. Time is taken at the receiver. At the end the writer closes, the
 * reader drains, and both counts of bytes are printed: they must be equal.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "measure.h"
#include "unix_path.h"

static size_t size;
static int writer_fd;
static int reader_fd;
static int writer_cpu;
static atomic_bool stop;
static uint64_t sent;
static uint64_t received;

/* Touched memory: pages that nobody wrote are all the same page of zeros, and copy faster. */
static char *message_buffer(void) {
    char *buffer = malloc(size);
    check(buffer != NULL, "malloc");
    memset(buffer, 'x', size);
    return buffer;
}

static void open_pipe(int capacity) {
    int fds[2];
    check(pipe(fds) == 0, "pipe");
    if (capacity > 0) {
#ifdef F_SETPIPE_SZ
        check(fcntl(fds[1], F_SETPIPE_SZ, capacity) >= 0, "fcntl(F_SETPIPE_SZ)");
#else
        fprintf(stderr, "this system can't set a pipe's capacity\n");
        exit(1);
#endif
    }
    reader_fd = fds[0];
    writer_fd = fds[1];
}

static void open_socketpair(void) {
    int fds[2];
    check(socketpair(AF_UNIX, SOCK_STREAM, 0, fds) == 0, "socketpair");
    reader_fd = fds[0];
    writer_fd = fds[1];
}

static void open_connection(int listener, const struct sockaddr *address, socklen_t length) {
    writer_fd = socket(address->sa_family, SOCK_STREAM, 0);
    check(writer_fd >= 0, "socket");
    check(connect(writer_fd, address, length) == 0, "connect");
    reader_fd = accept(listener, NULL, NULL);
    check(reader_fd >= 0, "accept");
    close(listener);
}

static void open_unix(void) {
    struct sockaddr_un address;
    int listener = listen_unix(&address);
    open_connection(listener, (struct sockaddr *)&address, sizeof address);
    remove_unix(&address);
}

static void open_tcp(void) {
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t length = sizeof address;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    check(listener >= 0, "socket");
    check(bind(listener, (struct sockaddr *)&address, sizeof address) == 0, "bind");
    check(listen(listener, 1) == 0, "listen");
    check(getsockname(listener, (struct sockaddr *)&address, &length) == 0, "getsockname");
    open_connection(listener, (struct sockaddr *)&address, length);
}

static int open_transport(const char *name, int capacity) {
    if (strcmp(name, "pipe") == 0) {
        open_pipe(capacity);
    } else if (strcmp(name, "socketpair") == 0) {
        open_socketpair();
    } else if (strcmp(name, "unix") == 0) {
        open_unix();
    } else if (strcmp(name, "tcp") == 0) {
        open_tcp();
    } else {
        return 0;
    }
    return 1;
}

static void *write_until_stopped(void *unused) {
    char *buffer = message_buffer();
    pin(writer_cpu);
    while (!atomic_load_explicit(&stop, memory_order_relaxed)) {
        size_t done = 0;
        while (done < size) {
            ssize_t n = write(writer_fd, buffer + done, size - done);
            check(n > 0, "write");
            done += (size_t)n;
        }
        sent += size;
    }
    close(writer_fd);
    free(buffer);
    return unused;
}

static void receive_message(char *buffer) {
    size_t done = 0;
    while (done < size) {
        ssize_t n = read(reader_fd, buffer + done, size - done);
        check(n > 0, "read");
        done += (size_t)n;
    }
    received += size;
}

/* Looks at the clock after 64 KiB or one message, so that small messages don't pay for it. */
static void receive(char *buffer, uint64_t nanos, int print) {
    uint64_t batch = size < 65536 ? 65536 / size : 1;
    uint64_t messages = 0;
    uint64_t start = now();
    uint64_t end;
    do {
        for (uint64_t i = 0; i < batch; i++) {
            receive_message(buffer);
        }
        messages += batch;
        end = now();
    } while (end - start < nanos);
    if (print) {
        print_sample(messages, end - start);
    }
}

static void drain(char *buffer) {
    ssize_t n;
    while ((n = read(reader_fd, buffer, size)) > 0) {
        received += (uint64_t)n;
    }
    check(n == 0, "read");
}

int main(int argc, char **argv) {
    if (argc != 8 || (size = strtoull(argv[2], NULL, 10)) == 0
        || !open_transport(argv[1], atoi(argv[3]))) {
        fprintf(stderr,
                "usage: %s pipe|socketpair|unix|tcp SIZE CAPACITY|0 SAMPLES MILLISECONDS"
                " WRITER_CPU|-1 READER_CPU|-1\n",
                argv[0]);
        return 2;
    }
    int samples = atoi(argv[4]);
    uint64_t nanos = strtoull(argv[5], NULL, 10) * 1000000u;
    writer_cpu = atoi(argv[6]);
    pthread_t writer;
    check(pthread_create(&writer, NULL, write_until_stopped, NULL) == 0, "pthread_create");
    pin(atoi(argv[7]));
    char *buffer = message_buffer();
    receive(buffer, nanos, 0);
    for (int i = 0; i < samples; i++) {
        receive(buffer, nanos, 1);
    }
    atomic_store(&stop, 1);
    drain(buffer);
    check(pthread_join(writer, NULL) == 0, "pthread_join");
    printf("total %" PRIu64 " %" PRIu64 "\n", sent, received);
    free(buffer);
    return sent == received ? 0 : 1;
}
