/* A TCP socket that listens at a port that the kernel chooses. */
#ifndef TCP_PORT_H
#define TCP_PORT_H

#include <netinet/in.h>
#include <sys/socket.h>

#include "measure.h"

/* The address is one of this host; its port is filled in. */
static inline int listen_tcp(struct sockaddr *address, socklen_t length) {
    int listener = socket(address->sa_family, SOCK_STREAM, 0);
    check(listener >= 0, "socket");
    check(bind(listener, address, length) == 0, "bind");
    check(listen(listener, 1) == 0, "listen");
    check(getsockname(listener, address, &length) == 0, "getsockname");
    return listener;
}

#endif
