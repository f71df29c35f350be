/*
 * Starts a program with sockets, as supervisors do; the program has this process's id.
 *
 *   activate listeners N ADDRESS... PROGRAM ARGUMENT...
 *       listens at N addresses, passes them as descriptors 3 and up with LISTEN_FDS, LISTEN_PID and
 *       LISTEN_FDNAMES (first, second, ...); an address "fifo" stands for a pipe's read end
 *   activate inetd 1 ADDRESS PROGRAM ARGUMENT...
 *       accepts one connection and passes it as descriptor 0
 */
#include <fcntl.h>

#include "peer.h"

static const char *const names[] = {"first", "second", "third", "fourth"};

static int passed(const char *address) {
  int ends[2];
  if (strcmp(address, "fifo") == 0) {
    CHECK(pipe(ends));
    return ends[0];
  }
  int fd = listen_at(SOCK_STREAM, address);
  say_ready(fd, address);
  return fd;
}

static void listeners(char **addresses, int count) {
  char text[64] = "";
  int fds[4];
  for (int i = 0; i < count; i++) {
    /* Out of the way of the numbers that they get in the end. */
    fds[i] = fcntl(passed(addresses[i]), F_DUPFD_CLOEXEC, 100);
    CHECK(fds[i]);
  }
  for (int i = 0; i < count; i++) {
    CHECK(dup2(fds[i], 3 + i));
    strcat(text, i == 0 ? "" : ":");
    strcat(text, names[i]);
  }
  setenv("LISTEN_FDNAMES", text, 1);
  snprintf(text, sizeof text, "%d", count);
  setenv("LISTEN_FDS", text, 1);
  snprintf(text, sizeof text, "%d", (int)getpid());
  setenv("LISTEN_PID", text, 1);
}

int main(int argc, char **argv) {
  begin();
  REQUIRE(argc >= 5);
  int count = atoi(argv[2]);
  REQUIRE(count >= 1 && count <= 4 && argc > 3 + count);
  if (strcmp(argv[1], "inetd") == 0) {
    int fd = accept_one(SOCK_STREAM, argv[3]);
    CHECK(dup2(fd, 0));
    close(fd);
  } else {
    listeners(argv + 3, count);
  }
  fflush(stdout);
  execvp(argv[3 + count], argv + 3 + count);
  FAIL("exec %s", argv[3 + count]);
}
