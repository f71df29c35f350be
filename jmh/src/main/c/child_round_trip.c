/*
 * How long is a byte's way to a child and back, by two pipes? ChildRoundTrip.java does the same
 * with the same child.
 */
#define _GNU_SOURCE
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "measure.h"

extern char **environ;

struct child {
    pid_t pid;
    int to;
    int from;
};

static inline void round_trip(void *subject) {
    struct child *child = subject;
    char byte = 0;
    check(write(child->to, &byte, 1) == 1, "write");
    check(read(child->from, &byte, 1) == 1, "read");
}

static struct child start(char *program) {
    int to[2];
    int from[2];
    check(pipe(to) == 0 && pipe(from) == 0, "pipe");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, to[0], 0);
    posix_spawn_file_actions_adddup2(&actions, from[1], 1);
    posix_spawn_file_actions_addclose(&actions, to[1]);
    char *arguments[] = {program, NULL};
    struct child child = {.to = to[1], .from = from[0]};
    check(posix_spawn(&child.pid, program, &actions, NULL, arguments, environ) == 0, "posix_spawn");
    posix_spawn_file_actions_destroy(&actions);
    close(to[0]);
    close(from[1]);
    return child;
}

int main(int argc, char **argv) {
    if (argc != 6) {
        fprintf(stderr, "usage: %s PROGRAM CHILDS_CPU|-1 SAMPLES MILLISECONDS CPU|-1\n", argv[0]);
        return 2;
    }
    pin(atoi(argv[2]));
    struct child child = start(argv[1]);
    measure(argv + 3, round_trip, &child);
    close(child.to);
    int status;
    check(waitpid(child.pid, &status, 0) == child.pid && status == 0, "waitpid");
    return 0;
}
