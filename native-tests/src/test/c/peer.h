/*
 * What the peers have in common. An address is written as the library writes it: unix:/path,
 * unix:@name, 127.0.0.1:80, [::1]:80. A peer says "ready ADDRESS" when others may connect, and
 * "ok ..." when all went as it should; it ends by SIGALRM if it hangs.
 */
#ifndef PEER_H
#define PEER_H

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define PATIENCE_SECONDS 40

#define FAIL(...) (printf(__VA_ARGS__), printf(": %s\n", strerror(errno)), fflush(stdout), exit(1))
#define CHECK(call) ((long)(call) < 0 ? FAIL("%s", #call) : (void)0)
#define REQUIRE(condition) ((condition) ? (void)0 : FAIL("not %s", #condition))

struct address {
  struct sockaddr_storage storage;
  socklen_t length;
};

static inline void begin(void) {
  alarm(PATIENCE_SECONDS);
  signal(SIGPIPE, SIG_IGN);
  setvbuf(stdout, NULL, _IOLBF, 0);
}

static inline struct address parse_unix(const char *path) {
  struct address result = {.length = 0};
  struct sockaddr_un *un = (struct sockaddr_un *)&result.storage;
  size_t length = strlen(path);
  REQUIRE(length < sizeof un->sun_path);
  un->sun_family = AF_UNIX;
  memcpy(un->sun_path, path, length);
  result.length = offsetof(struct sockaddr_un, sun_path) + length + 1;
  if (path[0] == '@') {
    un->sun_path[0] = '\0';
    result.length--;
  }
  return result;
}

static inline struct address parse(const char *text) {
  struct address result = {.length = 0};
  char host[64] = "";
  int port = 0;
  if (strncmp(text, "unix:", 5) == 0) {
    return parse_unix(text + 5);
  }
  if (sscanf(text, "[%63[^]]]:%d", host, &port) == 2) {
    struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)&result.storage;
    in6->sin6_family = AF_INET6;
    in6->sin6_port = htons(port);
    REQUIRE(inet_pton(AF_INET6, host, &in6->sin6_addr) == 1);
    result.length = sizeof *in6;
  } else {
    struct sockaddr_in *in = (struct sockaddr_in *)&result.storage;
    REQUIRE(sscanf(text, "%63[^:]:%d", host, &port) == 2);
    in->sin_family = AF_INET;
    in->sin_port = htons(port);
    REQUIRE(inet_pton(AF_INET, host, &in->sin_addr) == 1);
    result.length = sizeof *in;
  }
  return result;
}

static inline int type_of(const char *name) {
  return strcmp(name, "dgram") == 0 ? SOCK_DGRAM
         : strcmp(name, "seqpacket") == 0 ? SOCK_SEQPACKET
                                          : SOCK_STREAM;
}

/* The port that the kernel chose stands in place of 0. */
static inline void say_ready(int fd, const char *text) {
  struct address own = {.length = sizeof own.storage};
  CHECK(getsockname(fd, (struct sockaddr *)&own.storage, &own.length));
  if (strncmp(text, "unix:", 5) == 0) {
    printf("ready %s\n", text);
  } else {
    int port = ntohs(((struct sockaddr_in *)&own.storage)->sin_port);
    printf("ready %.*s%d\n", (int)(strrchr(text, ':') + 1 - text), text, port);
  }
}

static inline int bind_to(int type, const char *text) {
  struct address at = parse(text);
  int fd = socket(at.storage.ss_family, type, 0);
  CHECK(fd);
  CHECK(bind(fd, (struct sockaddr *)&at.storage, at.length));
  return fd;
}

static inline int listen_at(int type, const char *text) {
  int fd = bind_to(type, text);
  CHECK(listen(fd, 16));
  return fd;
}

static inline int accept_one(int type, const char *text) {
  int listener = listen_at(type, text);
  say_ready(listener, text);
  int fd = accept(listener, NULL, NULL);
  CHECK(fd);
  close(listener);
  return fd;
}

static inline void connect_to(int fd, const char *text) {
  struct address at = parse(text);
  CHECK(connect(fd, (struct sockaddr *)&at.storage, at.length));
}

static inline int connected(int type, const char *text) {
  int fd = socket(parse(text).storage.ss_family, type, 0);
  CHECK(fd);
  connect_to(fd, text);
  return fd;
}

static inline void write_all(int fd, const unsigned char *bytes, size_t count) {
  while (count > 0) {
    ssize_t n = write(fd, bytes, count);
    CHECK(n);
    bytes += n;
    count -= n;
  }
}

/* Byte number i of what a peer sends; the tests have the same formula. */
static inline unsigned char pattern(uint64_t i) { return (unsigned char)((i * 2654435761u) >> 13); }

static inline void fill_pattern(unsigned char *bytes, uint64_t from, size_t count) {
  for (size_t i = 0; i < count; i++) {
    bytes[i] = pattern(from + i);
  }
}

/* FNV-1a. */
#define HASH_BEGIN 0xcbf29ce484222325u

static inline uint64_t hash(uint64_t so_far, const unsigned char *bytes, size_t count) {
  for (size_t i = 0; i < count; i++) {
    so_far = (so_far ^ bytes[i]) * 0x100000001b3u;
  }
  return so_far;
}

#endif
