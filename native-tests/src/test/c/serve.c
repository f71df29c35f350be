/*
 * What a server starts to serve its clients. Each client writes, ends its output, and gets its
 * bytes back; but "kill" and "segv" are the end of the process that serves it.
 *
 *   serve connection   descriptors 0 and 1 are the connection, as inetd has it
 *   serve worker       descriptor 0 is a listener, shared with other workers
 */
#include <sys/resource.h>

#include "peer.h"

static void end_by(int number) {
  struct rlimit no_core = {0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  kill(getpid(), number);
}

static void serve(int in, int out) {
  char text[65536];
  size_t count = 0;
  ssize_t n;
  while (count < sizeof text && (n = read(in, text + count, sizeof text - count)) > 0) {
    count += n;
  }
  if (count == 4 && memcmp(text, "kill", 4) == 0) {
    end_by(SIGKILL);
  }
  if (count == 4 && memcmp(text, "segv", 4) == 0) {
    end_by(SIGSEGV);
  }
  for (size_t done = 0; done < count && (n = write(out, text + done, count - done)) > 0; done += n) {
  }
}

int main(int argc, char **argv) {
  begin();
  REQUIRE(argc == 2);
  if (strcmp(argv[1], "connection") == 0) {
    serve(0, 1);
    return 0;
  }
  for (;;) {
    int fd = accept(0, NULL, NULL);
    CHECK(fd);
    serve(fd, fd);
    close(fd);
  }
}
