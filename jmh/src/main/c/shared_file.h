/*
 * The naive way: one appends to a file, the other asks for more until there is some.
 * SharedFile.java does the same, and can be the other side.
 *
 * A file has SEGMENT bytes at most, then the next one follows: PREFIX0, PREFIX1, ... The reader
 * deletes what it has read, and the writer is never more than a file ahead of it, so that the two
 * take no more than 2 * SEGMENT bytes. A file PREFIXend says that nothing more comes.
 */
#ifndef SHARED_FILE_H
#define SHARED_FILE_H

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <string.h>
#include <unistd.h>

#include "measure.h"

enum { SEGMENT = 16 << 20, POLLS = 1024, PREFIX_SIZE = 64, SEGMENT_PATH_SIZE = PREFIX_SIZE + 24 };

struct shared_file {
    char prefix[PREFIX_SIZE];
    long number; /* of the open file; none yet at -1 */
    size_t at;   /* bytes of it that went or came; SEGMENT makes both sides go on to the next */
    int fd;
    pid_t parent; /* whoever started this process: without it nobody is at the other side */
};

static inline struct shared_file shared_file(const char *folder, const char *direction) {
    struct shared_file file = {.number = -1, .at = SEGMENT, .fd = -1, .parent = getppid()};
    int length = snprintf(file.prefix, sizeof file.prefix, "%s/%s-", folder, direction);
    check(length < (int)sizeof file.prefix, "snprintf");
    return file;
}

static inline const char *segment_path(const struct shared_file *file, long number, char *path) {
    snprintf(path, SEGMENT_PATH_SIZE, "%s%ld", file->prefix, number);
    return path;
}

static inline const char *end_path(const struct shared_file *file, char *path) {
    snprintf(path, SEGMENT_PATH_SIZE, "%send", file->prefix);
    return path;
}

static inline int ended(const struct shared_file *file) {
    char path[SEGMENT_PATH_SIZE];
    return access(end_path(file, path), F_OK) == 0;
}

/* Lets others run; a process that lost its parent ends. */
static inline void wait_a_little(const struct shared_file *file, unsigned polls) {
    if (polls % POLLS == 0 && getppid() != file->parent) {
        exit(1);
    }
    sched_yield();
}

static inline void next_to_write(struct shared_file *file) {
    char path[SEGMENT_PATH_SIZE];
    if (file->fd >= 0) {
        close(file->fd);
    }
    if (file->number > 0) {
        segment_path(file, file->number - 1, path);
        for (unsigned polls = 1; access(path, F_OK) == 0; polls++) {
            wait_a_little(file, polls);
        }
    }
    file->number++;
    file->at = 0;
    file->fd = open(segment_path(file, file->number, path), O_WRONLY | O_CREAT | O_EXCL, 0600);
    check(file->fd >= 0, path);
}

static inline ssize_t file_write(struct shared_file *file, const char *bytes, size_t count) {
    if (file->at == SEGMENT) {
        next_to_write(file);
    }
    size_t room = SEGMENT - file->at;
    ssize_t n = write(file->fd, bytes, count < room ? count : room);
    file->at += n > 0 ? (size_t)n : 0;
    return n;
}

static inline void file_finish(struct shared_file *file) {
    char path[SEGMENT_PATH_SIZE];
    int fd = open(end_path(file, path), O_WRONLY | O_CREAT, 0600);
    check(fd >= 0, path);
    close(fd);
}

/* 0 if the writer ended before it began the next one. */
static inline int next_to_read(struct shared_file *file) {
    char path[SEGMENT_PATH_SIZE];
    if (file->fd >= 0) {
        close(file->fd);
        check(unlink(segment_path(file, file->number, path)) == 0, path);
        file->fd = -1;
    }
    segment_path(file, file->number + 1, path);
    for (unsigned polls = 1; access(path, F_OK) != 0; polls++) {
        if (polls % POLLS == 0 && ended(file) && access(path, F_OK) != 0) {
            return 0;
        }
        wait_a_little(file, polls);
    }
    file->number++;
    file->at = 0;
    file->fd = open(path, O_RDONLY);
    check(file->fd >= 0, path);
    return 1;
}

/* Looks for the end once in POLLS times: what was appended before it is read first. */
static inline ssize_t file_read(struct shared_file *file, char *bytes, size_t count) {
    if (file->at == SEGMENT && !next_to_read(file)) {
        return 0;
    }
    int last = 0;
    for (unsigned polls = 1;; polls++) {
        ssize_t n = read(file->fd, bytes, count);
        if (n != 0 || last) {
            file->at += n > 0 ? (size_t)n : 0;
            return n;
        }
        last = polls % POLLS == 0 && ended(file);
        wait_a_little(file, polls);
    }
}

/* What the writer left, of which there are two at most. */
static inline void file_remove(struct shared_file *file) {
    char path[SEGMENT_PATH_SIZE];
    if (file->fd >= 0) {
        close(file->fd);
    }
    for (long number = file->number < 0 ? 0 : file->number; number <= file->number + 1; number++) {
        unlink(segment_path(file, number, path));
    }
    unlink(end_path(file, path));
}

#endif
