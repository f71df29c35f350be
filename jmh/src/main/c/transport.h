/*
 * What carries the bytes, by the names that Transport.java has, with both ends open here.
 * A channel is one direction of an end; a socket is both channels of its end.
 */
#ifndef TRANSPORT_H
#define TRANSPORT_H

#include <netinet/tcp.h>
#include <sys/stat.h>

#include "shared_file.h"
#include "tcp_port.h"
#include "unix_path.h"

enum kind { DESCRIPTOR, STREAM_SOCKET, MESSAGE_SOCKET, SHARED_FILE };

struct channel {
    enum kind kind;
    int fd;
    struct shared_file file;
};

struct end {
    struct channel in;
    struct channel out;
};

struct connection {
    struct end near; /* measures */
    struct end far;  /* writes, or gives back */
    char folder[PREFIX_SIZE];
};

/* 0 leaves each of them to the kernel. */
struct settings {
    int capacity;
    int sndbuf;
    int rcvbuf;
    int nodelay;
};

static inline ssize_t channel_read(struct channel *channel, char *bytes, size_t count) {
    return channel->kind == SHARED_FILE ? file_read(&channel->file, bytes, count)
                                        : read(channel->fd, bytes, count);
}

static inline ssize_t channel_write(struct channel *channel, const char *bytes, size_t count) {
    return channel->kind == SHARED_FILE ? file_write(&channel->file, bytes, count)
                                        : write(channel->fd, bytes, count);
}

/* Nothing more comes: the reader gets 0. Datagrams have no end, so an empty one says it. */
static inline void channel_finish(struct channel *channel) {
    if (channel->kind == SHARED_FILE) {
        file_finish(&channel->file);
    } else if (channel->kind == MESSAGE_SOCKET) {
        check(send(channel->fd, "", 0, 0) == 0, "send");
    } else if (channel->kind == STREAM_SOCKET) {
        check(shutdown(channel->fd, SHUT_WR) == 0, "shutdown");
    } else {
        check(close(channel->fd) == 0, "close");
    }
}

/* A process keeps one end of the two; descriptors alone keep the other side from its end. */
static inline void close_end(struct end *end) {
    if (end->in.kind != SHARED_FILE) {
        close(end->in.fd);
        close(end->out.fd);
    }
}

static inline void remove_connection(struct connection *connection) {
    if (connection->folder[0] != '\0') {
        file_remove(&connection->near.in.file);
        file_remove(&connection->far.in.file);
        check(rmdir(connection->folder) == 0, "rmdir");
    }
}

static inline void set(int fd, int level, int option, int value, const char *name) {
    check(value == 0 || setsockopt(fd, level, option, &value, sizeof value) == 0, name);
}

static inline struct end socket_end(int fd, enum kind kind, const struct settings *settings) {
    set(fd, SOL_SOCKET, SO_SNDBUF, settings->sndbuf, "SO_SNDBUF");
    set(fd, SOL_SOCKET, SO_RCVBUF, settings->rcvbuf, "SO_RCVBUF");
    struct channel channel = {.kind = kind, .fd = fd};
    return (struct end){channel, channel};
}

static inline struct connection join(int there[2], int back[2]) {
    return (struct connection){
        .near = {{.fd = there[0]}, {.fd = back[1]}},
        .far = {{.fd = back[0]}, {.fd = there[1]}},
    };
}

static inline void new_pipe(int fds[2], int capacity) {
    check(pipe(fds) == 0, "pipe");
    if (capacity > 0) {
#ifdef F_SETPIPE_SZ
        check(fcntl(fds[1], F_SETPIPE_SZ, capacity) >= 0, "fcntl(F_SETPIPE_SZ)");
#else
        fprintf(stderr, "this system can't set a pipe's capacity\n");
        exit(1);
#endif
    }
}

static inline struct connection open_pipes(int capacity) {
    int there[2];
    int back[2];
    new_pipe(there, capacity);
    new_pipe(back, capacity);
    return join(there, back);
}

static inline void new_folder(char *path, const char *parent) {
    /* By the process: SharedFolders.java deletes what one that was killed has left. */
    snprintf(path, PREFIX_SIZE, "%s/posixipc-%ld-XXXXXX", parent, (long)getpid());
    check(mkdtemp(path) != NULL, "mkdtemp");
}

/* Whoever opens one end waits for the other; a third that has both lets them go on. */
static inline void new_fifo(int fds[2], const char *folder) {
    char path[PREFIX_SIZE + 8];
    snprintf(path, sizeof path, "%s/fifo", folder);
    check(mkfifo(path, 0600) == 0, "mkfifo");
    int both = open(path, O_RDWR);
    fds[0] = open(path, O_RDONLY);
    fds[1] = open(path, O_WRONLY);
    check(both >= 0 && fds[0] >= 0 && fds[1] >= 0, path);
    close(both);
    check(unlink(path) == 0, path);
}

static inline struct connection open_fifos(void) {
    char folder[PREFIX_SIZE];
    int there[2];
    int back[2];
    new_folder(folder, "/tmp");
    new_fifo(there, folder);
    new_fifo(back, folder);
    check(rmdir(folder) == 0, folder);
    return join(there, back);
}

static inline struct end file_end(const char *folder, const char *in, const char *out) {
    return (struct end){{.kind = SHARED_FILE, .file = shared_file(folder, in)},
                        {.kind = SHARED_FILE, .file = shared_file(folder, out)}};
}

static inline struct connection open_files(const char *parent) {
    struct connection connection;
    new_folder(connection.folder, parent);
    connection.near = file_end(connection.folder, "near", "far");
    connection.far = file_end(connection.folder, "far", "near");
    return connection;
}

static inline struct connection open_pair(int type, const struct settings *settings) {
    int fds[2];
    check(socketpair(AF_UNIX, type, 0, fds) == 0, "socketpair");
    enum kind kind = type == SOCK_DGRAM ? MESSAGE_SOCKET : STREAM_SOCKET;
    return (struct connection){.near = socket_end(fds[0], kind, settings),
                               .far = socket_end(fds[1], kind, settings)};
}

static inline struct connection accepted(int listener, const struct sockaddr *address,
                                         socklen_t length, const struct settings *settings) {
    int far = socket(address->sa_family, SOCK_STREAM, 0);
    check(far >= 0, "socket");
    check(connect(far, address, length) == 0, "connect");
    int near = accept(listener, NULL, NULL);
    check(near >= 0, "accept");
    close(listener);
    if (address->sa_family != AF_UNIX) {
        set(far, IPPROTO_TCP, TCP_NODELAY, settings->nodelay, "TCP_NODELAY");
        set(near, IPPROTO_TCP, TCP_NODELAY, settings->nodelay, "TCP_NODELAY");
    }
    return (struct connection){.near = socket_end(near, STREAM_SOCKET, settings),
                               .far = socket_end(far, STREAM_SOCKET, settings)};
}

static inline struct connection open_unix(const struct settings *settings) {
    struct sockaddr_un address;
    int listener = listen_unix(&address);
    struct connection connection =
        accepted(listener, (struct sockaddr *)&address, sizeof address, settings);
    remove_unix(&address);
    return connection;
}

static inline struct connection open_tcp(struct sockaddr *address, socklen_t length,
                                         const struct settings *settings) {
    int listener = listen_tcp(address, length);
    return accepted(listener, address, length, settings);
}

static inline struct connection open_tcp4(const struct settings *settings) {
    struct sockaddr_in address = {.sin_family = AF_INET};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return open_tcp((struct sockaddr *)&address, sizeof address, settings);
}

static inline struct connection open_tcp6(const struct settings *settings) {
    struct sockaddr_in6 address = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    return open_tcp((struct sockaddr *)&address, sizeof address, settings);
}

#define TRANSPORTS                                                                               \
    "pipe|pipe-1m|fifo|socketpair|unix|dgram|seqpacket|tcp|tcp6|file|file-tmpfs"

static inline int open_transport(struct connection *connection, const char *name,
                                 const struct settings *settings) {
    if (strcmp(name, "pipe") == 0) {
        *connection = open_pipes(settings->capacity);
    } else if (strcmp(name, "pipe-1m") == 0) {
        *connection = open_pipes(1 << 20);
    } else if (strcmp(name, "fifo") == 0) {
        *connection = open_fifos();
    } else if (strcmp(name, "socketpair") == 0) {
        *connection = open_pair(SOCK_STREAM, settings);
    } else if (strcmp(name, "unix") == 0) {
        *connection = open_unix(settings);
    } else if (strcmp(name, "dgram") == 0) {
        *connection = open_pair(SOCK_DGRAM, settings);
    } else if (strcmp(name, "seqpacket") == 0) {
        *connection = open_pair(SOCK_SEQPACKET, settings);
    } else if (strcmp(name, "tcp") == 0) {
        *connection = open_tcp4(settings);
    } else if (strcmp(name, "tcp6") == 0) {
        *connection = open_tcp6(settings);
    } else if (strcmp(name, "file") == 0) {
        *connection = open_files("/var/tmp");
    } else if (strcmp(name, "file-tmpfs") == 0) {
        *connection = open_files("/dev/shm");
    } else {
        return 0;
    }
    return 1;
}

#endif
