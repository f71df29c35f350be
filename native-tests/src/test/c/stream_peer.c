/*
 * The other end of a stream.
 *
 *   stream_peer echo ADDRESS        serves one connection: gives back what comes, until its end
 *   stream_peer send ADDRESS COUNT  connects, sends the pattern, shuts down, wants it back
 *   stream_peer hash ADDRESS        serves one connection: says the count and hash of what comes
 *   stream_peer pour ADDRESS COUNT  connects, sends the pattern, and wants nothing back
 *   stream_peer hold ADDRESS COUNT  connects, sends the pattern, reads nothing, and stays
 *   stream_peer sink ADDRESS N      serves N connections at once: reads, and stays
 */
#include <poll.h>

#include "peer.h"

static unsigned char buffer[1 << 16];

static void echo(int fd) {
  uint64_t total = 0;
  ssize_t n;
  while ((n = read(fd, buffer, sizeof buffer)) > 0) {
    write_all(fd, buffer, n);
    total += n;
  }
  CHECK(n);
  printf("ok %llu\n", (unsigned long long)total);
}

static void say_hash(int fd) {
  uint64_t total = 0;
  uint64_t so_far = HASH_BEGIN;
  ssize_t n;
  while ((n = read(fd, buffer, sizeof buffer)) > 0) {
    so_far = hash(so_far, buffer, n);
    total += n;
  }
  CHECK(n);
  printf("ok %llu %llx\n", (unsigned long long)total, (unsigned long long)so_far);
}

static void pour(int fd, uint64_t count) {
  uint64_t sent = 0;
  while (sent < count) {
    size_t piece = count - sent < sizeof buffer ? count - sent : sizeof buffer;
    fill_pattern(buffer, sent, piece);
    write_all(fd, buffer, piece);
    sent += piece;
  }
}

/* The count must fit what the two sockets hold: the peer reads all before it answers. */
static void want_back(int fd, uint64_t count) {
  CHECK(shutdown(fd, SHUT_WR));
  uint64_t total = 0;
  ssize_t n;
  while ((n = read(fd, buffer, sizeof buffer)) > 0) {
    for (ssize_t i = 0; i < n; i++) {
      REQUIRE(buffer[i] == pattern(total + i));
    }
    total += n;
  }
  CHECK(n);
  REQUIRE(total == count);
  printf("ok %llu\n", (unsigned long long)total);
}

static void sink(const char *address, int count) {
  struct pollfd fds[16];
  REQUIRE(count > 0 && count <= 16);
  int listener = listen_at(SOCK_STREAM, address);
  say_ready(listener, address);
  for (int i = 0; i < count; i++) {
    fds[i].fd = accept(listener, NULL, NULL);
    fds[i].events = POLLIN;
    CHECK(fds[i].fd);
  }
  while (poll(fds, count, -1) > 0) {
    for (int i = 0; i < count; i++) {
      if (fds[i].revents != 0 && read(fds[i].fd, buffer, sizeof buffer) <= 0) {
        fds[i].fd = -1;
      }
    }
  }
}

int main(int argc, char **argv) {
  begin();
  REQUIRE(argc >= 3);
  const char *mode = argv[1];
  uint64_t count = argc > 3 ? strtoull(argv[3], NULL, 10) : 0;
  if (strcmp(mode, "echo") == 0) {
    echo(accept_one(SOCK_STREAM, argv[2]));
  } else if (strcmp(mode, "hash") == 0) {
    say_hash(accept_one(SOCK_STREAM, argv[2]));
  } else if (strcmp(mode, "sink") == 0) {
    sink(argv[2], (int)count);
  } else {
    int fd = connected(SOCK_STREAM, argv[2]);
    pour(fd, count);
    if (strcmp(mode, "send") == 0) {
      want_back(fd, count);
    } else if (strcmp(mode, "hold") == 0) {
      printf("ready\n");
      pause();
    } else {
      printf("ok\n");
    }
  }
  return 0;
}
