/* A Unix socket that listens at a path in a folder of its own. */
#ifndef UNIX_PATH_H
#define UNIX_PATH_H

#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "measure.h"

static const char SOCKET[] = "/socket";

/* In the folder where Java makes its own: looking a path up costs by its length. */
static inline int listen_unix(struct sockaddr_un *address) {
    memset(address, 0, sizeof *address);
    address->sun_family = AF_UNIX;
    strcpy(address->sun_path, "/tmp/posixipcXXXXXX");
    check(mkdtemp(address->sun_path) != NULL, "mkdtemp");
    strcat(address->sun_path, SOCKET);
    int listener = socket(AF_UNIX, SOCK_STREAM, 0);
    check(listener >= 0, "socket");
    check(bind(listener, (struct sockaddr *)address, sizeof *address) == 0, "bind");
    check(listen(listener, 1) == 0, "listen");
    return listener;
}

static inline void remove_unix(struct sockaddr_un *address) {
    check(unlink(address->sun_path) == 0, "unlink");
    address->sun_path[strlen(address->sun_path) - strlen(SOCKET)] = '\0';
    check(rmdir(address->sun_path) == 0, "rmdir");
}

#endif
