/*
 * Passes descriptors over a Unix stream that it connects to.
 *
 *   rights_peer give ADDRESS N        makes N pipes, sends their write ends with one byte, closes
 *                                     its own, and wants pipe i to say i
 *   rights_peer take ADDRESS N        receives N read ends, and wants pipe i to say i
 *   rights_peer flood ADDRESS N TIMES sends N descriptors with one byte, TIMES times; waits for a
 *                                     byte after each; wants to have as many open as before
 *   rights_peer drain ADDRESS N TIMES receives with room for N descriptors, closes what came and
 *                                     answers a byte, TIMES times; as many open as before
 */
#include <dirent.h>
#include <fcntl.h>

#include "peer.h"

#define MOST 253

union control {
  struct cmsghdr header;
  char room[CMSG_SPACE(MOST * sizeof(int))];
};

static int count_open(void) {
  DIR *folder = opendir("/dev/fd");
  REQUIRE(folder != NULL);
  int count = 0;
  while (readdir(folder) != NULL) {
    count++;
  }
  closedir(folder);
  return count;
}

static void give(int socket, const int *fds, int count) {
  union control control;
  char byte = 'x';
  struct iovec iov = {.iov_base = &byte, .iov_len = 1};
  struct msghdr message = {.msg_iov = &iov, .msg_iovlen = 1};
  memset(&control, 0, sizeof control);
  message.msg_control = &control;
  message.msg_controllen = CMSG_SPACE(count * sizeof(int));
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(count * sizeof(int));
  memcpy(CMSG_DATA(header), fds, count * sizeof(int));
  REQUIRE(sendmsg(socket, &message, 0) == 1);
}

/* Returns how many descriptors came. */
static int take(int socket, int *fds, int room) {
  union control control;
  char byte;
  struct iovec iov = {.iov_base = &byte, .iov_len = 1};
  struct msghdr message = {.msg_iov = &iov, .msg_iovlen = 1, .msg_control = &control};
  message.msg_controllen = CMSG_LEN(room * sizeof(int));
  REQUIRE(recvmsg(socket, &message, 0) == 1);
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  if (header == NULL) {
    return 0;
  }
  REQUIRE(header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS);
  int count = (int)((header->cmsg_len - CMSG_LEN(0)) / sizeof(int));
  REQUIRE(count <= room);
  memcpy(fds, CMSG_DATA(header), count * sizeof(int));
  return count;
}

static void want_number(int fd, int number) {
  unsigned char byte;
  REQUIRE(read(fd, &byte, 1) == 1);
  REQUIRE(byte == number);
  REQUIRE(read(fd, &byte, 1) == 0);
  close(fd);
}

static void give_pipes(int socket, int count) {
  int ends[2];
  int readers[MOST];
  int writers[MOST] = {0};
  for (int i = 0; i < count; i++) {
    CHECK(pipe(ends));
    readers[i] = ends[0];
    writers[i] = ends[1];
  }
  give(socket, writers, count);
  for (int i = 0; i < count; i++) {
    close(writers[i]);
  }
  for (int i = 0; i < count; i++) {
    want_number(readers[i], i);
  }
}

static void take_pipes(int socket, int count) {
  int readers[MOST];
  REQUIRE(take(socket, readers, count) == count);
  for (int i = 0; i < count; i++) {
    want_number(readers[i], i);
  }
}

static void flood(int socket, int count, int times) {
  int fds[MOST];
  char byte;
  int file = open("/dev/null", O_RDONLY);
  CHECK(file);
  for (int i = 0; i < count; i++) {
    fds[i] = file;
  }
  int before = count_open();
  for (int i = 0; i < times; i++) {
    give(socket, fds, count);
    REQUIRE(read(socket, &byte, 1) == 1);
  }
  REQUIRE(count_open() == before);
}

static void drain(int socket, int room, int times) {
  int fds[MOST];
  int before = count_open();
  for (int i = 0; i < times; i++) {
    int count = take(socket, fds, room);
    REQUIRE(count == room);
    while (count > 0) {
      close(fds[--count]);
    }
    REQUIRE(write(socket, "y", 1) == 1);
  }
  REQUIRE(count_open() == before);
}

int main(int argc, char **argv) {
  begin();
  REQUIRE(argc >= 4);
  int socket = connected(SOCK_STREAM, argv[2]);
  int count = atoi(argv[3]);
  int times = argc > 4 ? atoi(argv[4]) : 1;
  REQUIRE(count >= 0 && count <= MOST);
  if (strcmp(argv[1], "give") == 0) {
    give_pipes(socket, count);
  } else if (strcmp(argv[1], "take") == 0) {
    take_pipes(socket, count);
  } else if (strcmp(argv[1], "flood") == 0) {
    flood(socket, count, times);
  } else {
    drain(socket, count, times);
  }
  printf("ok\n");
  return 0;
}
