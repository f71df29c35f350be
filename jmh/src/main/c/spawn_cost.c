/*
 * What does it cost to start a child and to wait for its end? SpawnCost.java does the same with the
 * same child.
 */
#define _GNU_SOURCE
#include <spawn.h>
#include <sys/wait.h>

#include "measure.h"

extern char **environ;

static inline void spawn_and_wait(void *subject) {
    char *arguments[] = {subject, NULL};
    pid_t pid;
    int status;
    check(posix_spawn(&pid, subject, NULL, NULL, arguments, environ) == 0, "posix_spawn");
    check(waitpid(pid, &status, 0) == pid && status == 0, "waitpid");
}

int main(int argc, char **argv) {
    if (argc != 5) {
        fprintf(stderr, "usage: %s PROGRAM SAMPLES MILLISECONDS CPU|-1\n", argv[0]);
        return 2;
    }
    measure(argv + 2, spawn_and_wait, argv[1]);
    return 0;
}
