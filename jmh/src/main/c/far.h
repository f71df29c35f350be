/*
 * The far end of a connection, and what is done there: in a thread of this process, in a child, or
 * in peer.c for a program that isn't in C.
 */
#ifndef FAR_H
#define FAR_H

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/wait.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "crc32c.h"
#include "transport.h"

/* In memory that both processes have. */
struct far {
    struct connection connection;
    size_t size;
    uint64_t messages; /* how many a checked writer sends */
    int cpu;
    int processes;
    atomic_bool stop;
    uint64_t sent;
    uint32_t crc;
    void (*role)(struct far *);
    pthread_t thread;
    pid_t child;
};

/* Touched memory: pages that nobody wrote are all the same page of zeros, and copy faster. */
static inline char *message_buffer(size_t size) {
    char *buffer = malloc(size);
    check(buffer != NULL, "malloc");
    memset(buffer, 'x', size);
    return buffer;
}

/* However many calls it takes; 0 at the end. */
static inline int read_message(struct channel *channel, char *buffer, size_t size) {
    size_t done = 0;
    while (done < size) {
        ssize_t n = channel_read(channel, buffer + done, size - done);
        if (n == 0 && done == 0) {
            return 0;
        }
        check(n > 0, "read");
        done += (size_t)n;
    }
    return 1;
}

static inline void write_message(struct channel *channel, const char *buffer, size_t size) {
    size_t done = 0;
    while (done < size) {
        ssize_t n = channel_write(channel, buffer + done, size - done);
        check(n > 0, "write");
        done += (size_t)n;
    }
}

/* Message after message without a pause, until it is told to stop. */
static inline void far_writer(struct far *far) {
    struct channel *out = &far->connection.far.out;
    char *buffer = message_buffer(far->size);
    pin(far->cpu);
    while (!atomic_load_explicit(&far->stop, memory_order_relaxed)) {
        write_message(out, buffer, far->size);
        far->sent += far->size;
    }
    channel_finish(out);
    free(buffer);
}

/* Gives back each message, until nobody sends any more. */
static inline void far_echo(struct far *far) {
    struct end *end = &far->connection.far;
    char *buffer = message_buffer(far->size);
    pin(far->cpu);
    while (read_message(&end->in, buffer, far->size)) {
        write_message(&end->out, buffer, far->size);
        far->sent += far->size;
    }
    free(buffer);
}

/* As many messages as it was told, of bytes that no mistake would repeat. */
static inline void far_checked(struct far *far) {
    struct channel *out = &far->connection.far.out;
    char *buffer = message_buffer(far->size);
    uint64_t random = 88172645463325252u;
    for (uint64_t i = 0; i < far->messages; i++) {
        for (size_t at = 0; at < far->size; at++) {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            buffer[at] = (char)random;
        }
        far->crc = crc32c(far->crc, buffer, far->size);
        write_message(out, buffer, far->size);
        far->sent += far->size;
    }
    channel_finish(out);
    free(buffer);
}

static inline struct far *new_far(void) {
    struct far *far = mmap(NULL, sizeof *far, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
                           -1, 0);
    check(far != MAP_FAILED, "mmap");
    return far;
}

/* Pipes and streams tell a child that its parent is gone; datagrams don't. */
static inline void end_with_parent(void) {
#ifdef __linux__
    check(prctl(PR_SET_PDEATHSIG, SIGKILL) == 0, "prctl");
#endif
}

static inline void *far_thread(void *far) {
    ((struct far *)far)->role(far);
    return far;
}

/* Nobody would answer any more, and what the child had to say it has said. */
static inline void child_ended(int signal) {
    siginfo_t end = {.si_code = CLD_EXITED};
    int found = waitid(P_ALL, 0, &end, WEXITED | WNOHANG | WNOWAIT);
    if (found == 0 && (end.si_code != CLD_EXITED || end.si_status != 0)) {
        _exit(signal);
    }
}

static inline void start_far(struct far *far, void (*role)(struct far *)) {
    far->role = role;
    if (!far->processes) {
        check(pthread_create(&far->thread, NULL, far_thread, far) == 0, "pthread_create");
        return;
    }
    struct sigaction action = {.sa_handler = child_ended, .sa_flags = SA_RESTART};
    check(sigaction(SIGCHLD, &action, NULL) == 0, "sigaction");
    pid_t child = fork();
    check(child >= 0, "fork");
    if (child == 0) {
        end_with_parent();
        close_end(&far->connection.near);
        struct shared_file *files[] = {&far->connection.far.in.file, &far->connection.far.out.file};
        files[0]->parent = files[1]->parent = getppid();
        role(far);
        exit(0);
    }
    far->child = child;
    close_end(&far->connection.far);
}

static inline void join_far(struct far *far) {
    if (far->processes) {
        int status;
        check(waitpid(far->child, &status, 0) == far->child, "waitpid");
        check(status == 0, "the child");
    } else {
        check(pthread_join(far->thread, NULL) == 0, "pthread_join");
    }
    remove_connection(&far->connection);
}

#endif
