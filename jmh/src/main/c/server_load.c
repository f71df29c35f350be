/*
 * Clients of an echo server at a Unix path, each a thread that waits for its answers:
 *
 *   server_load PATH kept|fresh CLIENTS WARMUPS SAMPLES MILLISECONDS
 *
 * With kept, each has one connection and sends request after request; with fresh, each request has
 * a connection of its own. For each sample it prints
 *
 *   sample REQUESTS NANOSECONDS
 *   percentile 50 NANOSECONDS
 *   percentile 99 NANOSECONDS
 *
 * An answer that is not the request ends it with an error.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "measure.h"

#define REQUEST 64
#define LATENCIES (1 << 20)

static struct sockaddr_un address = {.sun_family = AF_UNIX};
static int kept;
static pthread_barrier_t start;
static atomic_int enough;

struct client {
    pthread_t thread;
    uint64_t requests;
    uint32_t *latencies;
};

static int connected(void) {
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    check(fd >= 0, "socket");
    check(connect(fd, (struct sockaddr *)&address, sizeof address) == 0, "connect");
    return fd;
}

static void exchange(int fd, uint64_t number) {
    char request[REQUEST] = {0};
    char answer[REQUEST];
    memcpy(request, &number, sizeof number);
    check(write(fd, request, REQUEST) == REQUEST, "write");
    for (int count = 0; count < REQUEST;) {
        int n = (int)read(fd, answer + count, (size_t)(REQUEST - count));
        check(n > 0, "read");
        count += n;
    }
    check(memcmp(request, answer, REQUEST) == 0, "the answer");
}

static void *run(void *subject) {
    struct client *client = subject;
    int fd = kept ? connected() : -1;
    if (kept) {
        exchange(fd, 0);
    }
    pthread_barrier_wait(&start);
    while (!atomic_load_explicit(&enough, memory_order_relaxed)) {
        uint64_t began = now();
        int used = kept ? fd : connected();
        exchange(used, client->requests);
        if (!kept) {
            close(used);
        }
        client->latencies[client->requests++ % LATENCIES] = (uint32_t)(now() - began);
    }
    if (kept) {
        close(fd);
    }
    return NULL;
}

static int by_size(const void *a, const void *b) {
    uint32_t left = *(const uint32_t *)a;
    uint32_t right = *(const uint32_t *)b;
    return left < right ? -1 : left > right;
}

static void print(struct client *clients, int count, uint64_t nanos) {
    static uint32_t *all;
    uint64_t requests = 0;
    size_t size = 0;
    all = all != NULL ? all : malloc(sizeof *all * LATENCIES * (size_t)count);
    check(all != NULL, "malloc");
    for (int i = 0; i < count; i++) {
        uint64_t here = clients[i].requests < LATENCIES ? clients[i].requests : LATENCIES;
        memcpy(all + size, clients[i].latencies, here * sizeof *all);
        size += here;
        requests += clients[i].requests;
    }
    check(requests > 0, "no request in a sample");
    qsort(all, size, sizeof *all, by_size);
    print_sample(requests, nanos);
    printf("percentile 50 %u\npercentile 99 %u\n", all[size / 2], all[size * 99 / 100]);
}

static void sample(struct client *clients, int count, int millis, int printed) {
    atomic_store(&enough, 0);
    pthread_barrier_init(&start, NULL, (unsigned)count + 1);
    for (int i = 0; i < count; i++) {
        clients[i].requests = 0;
        check(pthread_create(&clients[i].thread, NULL, run, &clients[i]) == 0, "pthread_create");
    }
    pthread_barrier_wait(&start);
    uint64_t began = now();
    usleep((useconds_t)millis * 1000);
    atomic_store(&enough, 1);
    for (int i = 0; i < count; i++) {
        pthread_join(clients[i].thread, NULL);
    }
    if (printed) {
        print(clients, count, now() - began);
    }
    pthread_barrier_destroy(&start);
}

int main(int argc, char **argv) {
    if (argc != 7 || strlen(argv[1]) >= sizeof address.sun_path) {
        fprintf(stderr, "usage: %s PATH kept|fresh CLIENTS WARMUPS SAMPLES MILLISECONDS\n",
                argv[0]);
        return 2;
    }
    strcpy(address.sun_path, argv[1]);
    kept = strcmp(argv[2], "kept") == 0;
    int count = atoi(argv[3]);
    int warmups = atoi(argv[4]);
    struct client *clients = calloc((size_t)count, sizeof *clients);
    check(clients != NULL, "calloc");
    for (int i = 0; i < count; i++) {
        clients[i].latencies = malloc(sizeof(uint32_t) * LATENCIES);
        check(clients[i].latencies != NULL, "malloc");
    }
    for (int i = 0; i < warmups + atoi(argv[5]); i++) {
        sample(clients, count, atoi(argv[6]), i >= warmups);
    }
    return 0;
}
