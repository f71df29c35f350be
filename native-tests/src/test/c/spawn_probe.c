/*
 * What a process finds at its start, written to the file that the first argument names: one fact a
 * line, fields apart by a tab. Bytes that would break a line are written as \xx.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define DESCRIPTORS 4096

extern char **environ;

static struct {
    int flags;
    struct stat stat;
} found[DESCRIPTORS];

static void text(FILE *out, const char *bytes)
{
    for (; *bytes != 0; bytes++) {
        unsigned char c = (unsigned char) *bytes;
        if (c < ' ' || c == '\\' || c > '~')
            fprintf(out, "\\%02x", c);
        else
            fputc(c, out);
    }
    fputc('\n', out);
}

static void descriptor(FILE *out, int number)
{
    char link[64], target[PATH_MAX + 1];
    ssize_t length;

    snprintf(link, sizeof link, "/proc/self/fd/%d", number);
    length = readlink(link, target, sizeof target - 1);
    target[length < 0 ? 0 : length] = 0;
    fprintf(out, "fd\t%d\t%s\t%llu\t", number,
            found[number].flags & FD_CLOEXEC ? "cloexec" : "kept",
            (unsigned long long) found[number].stat.st_ino);
    text(out, target);
}

static void signals(FILE *out)
{
    sigset_t mask;
    int number;

    sigprocmask(SIG_BLOCK, NULL, &mask);
    for (number = 1; number < NSIG; number++) {
        struct sigaction action;
        if (sigismember(&mask, number) == 1)
            fprintf(out, "blocked\t%d\n", number);
        if (sigaction(number, NULL, &action) == 0 && action.sa_handler != SIG_DFL)
            fprintf(out, "%s\t%d\n", action.sa_handler == SIG_IGN ? "ignored" : "handled", number);
    }
}

int main(int argc, char **argv)
{
    char directory[PATH_MAX];
    FILE *out;
    int i;

    for (i = 0; i < DESCRIPTORS; i++) {
        found[i].flags = fcntl(i, F_GETFD);
        if (found[i].flags >= 0)
            fstat(i, &found[i].stat);
    }
    if (argc < 2 || (out = fopen(argv[1], "w")) == NULL)
        return 99;
    for (i = 0; i < DESCRIPTORS; i++)
        if (found[i].flags >= 0)
            descriptor(out, i);
    signals(out);
    fprintf(out, "pid\t%d\npgid\t%d\nsid\t%d\n", getpid(), getpgrp(), getsid(0));
    fprintf(out, "cwd\t");
    text(out, getcwd(directory, sizeof directory) == NULL ? "" : directory);
    for (i = 0; i < argc; i++) {
        fprintf(out, "arg\t");
        text(out, argv[i]);
    }
    for (i = 0; environ[i] != NULL; i++) {
        fprintf(out, "env\t");
        text(out, environ[i]);
    }
    return fclose(out) == 0 ? 0 : 98;
}
