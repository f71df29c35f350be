/* A child that does as it is told: child WHAT [NUMBER]. */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* Copies 0 to 1. */
static int copy(void)
{
    char bytes[65536];
    ssize_t count;

    while ((count = read(0, bytes, sizeof bytes)) > 0)
        if (write(1, bytes, (size_t) count) != count)
            return 1;
    return count == 0 ? 0 : 1;
}

/* Leaves a process behind that keeps what it inherited until its 0 ends. */
static int leave_grandchild(int code)
{
    char byte;

    if (fork() == 0) {
        while (read(0, &byte, 1) > 0)
            ;
        _exit(0);
    }
    return code;
}

static int die(int signal, rlim_t core)
{
    struct rlimit limit;
    sigset_t all;

    getrlimit(RLIMIT_CORE, &limit);
    limit.rlim_cur = core < limit.rlim_max ? core : limit.rlim_max;
    setrlimit(RLIMIT_CORE, &limit);
    sigfillset(&all);
    sigprocmask(SIG_UNBLOCK, &all, NULL);
    kill(getpid(), signal);
    return 97;
}

int main(int argc, char **argv)
{
    const char *what = argc > 1 ? argv[1] : "";
    int number = argc > 2 ? atoi(argv[2]) : 0;

    if (strcmp(what, "exit") == 0)
        return number;
    if (strcmp(what, "die") == 0)
        return die(number, 0);
    if (strcmp(what, "die-with-core") == 0)
        return die(number, RLIM_INFINITY);
    if (strcmp(what, "copy") == 0)
        return copy();
    if (strcmp(what, "leave-grandchild") == 0)
        return leave_grandchild(number);
    if (strcmp(what, "close-stdin") == 0) {
        close(0);
        if (write(1, "closed", 6) != 6)
            return 96;
    }
    if (strcmp(what, "close-stdin") == 0 || strcmp(what, "pause") == 0)
        for (;;)
            pause();
    return 95;
}
