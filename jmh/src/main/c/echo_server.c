/*
 * Gives each client its bytes back, as the servers of EchoServers.java do.
 *
 *   echo_server threads PATH   a thread for each connection
 *   echo_server fork PATH      a process for each connection
 *   echo_server connection     descriptors 0 and 1 are a connection
 *   echo_server worker         descriptor 0 is a listener, shared with other workers
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "close_on_exec.h"

static void echo(int in, int out) {
    char bytes[4096];
    ssize_t count;
    while ((count = read(in, bytes, sizeof bytes)) > 0 && write(out, bytes, count) == count) {
    }
}

static void *serve(void *fd) {
    echo((int)(intptr_t)fd, (int)(intptr_t)fd);
    close((int)(intptr_t)fd);
    return NULL;
}

static void in_a_thread(int fd) {
    pthread_t thread;
    check(pthread_create(&thread, NULL, serve, (void *)(intptr_t)fd) == 0, "pthread_create");
    pthread_detach(thread);
}

static void in_a_process(int listener, int fd) {
    pid_t child = fork();
    check(child >= 0, "fork");
    if (child == 0) {
        close(listener);
        serve((void *)(intptr_t)fd);
        _exit(0);
    }
    close(fd);
    while (waitpid(-1, NULL, WNOHANG) > 0) {
    }
}

static int listen_at(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    check(strlen(path) < sizeof address.sun_path, "path");
    strcpy(address.sun_path, path);
    int listener = new_socket(AF_UNIX);
    check(listener >= 0, "socket");
    check(bind(listener, (struct sockaddr *)&address, sizeof address) == 0, "bind");
    check(listen(listener, SOMAXCONN) == 0, "listen");
    printf("ready\n");
    fflush(stdout);
    return listener;
}

int main(int argc, char **argv) {
    const char *how = argc > 1 ? argv[1] : "";
    int worker = strcmp(how, "worker") == 0;
    int forks = strcmp(how, "fork") == 0;
    signal(SIGPIPE, SIG_IGN);
    if (strcmp(how, "connection") == 0) {
        echo(0, 1);
        return 0;
    }
    if (!worker && argc != 3) {
        fprintf(stderr, "usage: %s threads|fork PATH | connection | worker\n", argv[0]);
        return 2;
    }
    int listener = worker ? 0 : listen_at(argv[2]);
    for (;;) {
        int fd = next_connection(listener);
        check(fd >= 0, "accept");
        if (worker) {
            serve((void *)(intptr_t)fd);
        } else if (forks) {
            in_a_process(listener, fd);
        } else {
            in_a_thread(fd);
        }
    }
}
