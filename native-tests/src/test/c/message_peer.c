/*
 * The other end of messages, whose boundaries count.
 *
 *   message_peer echo TYPE OWN       binds (or serves one connection): gives each message back to
 *                                    whoever sent it, until one says "end"
 *   message_peer send TYPE OWN PEER  binds, and sends messages of several lengths, each of which
 *                                    must come back from PEER before the next; then "end"
 *
 * TYPE is dgram or seqpacket; OWN of a seqpacket that sends is not used.
 */
#include "peer.h"

static unsigned char sent[1 << 16];
static unsigned char buffer[1 << 16];
static const size_t lengths[] = {1, 2, 100, 1472, 9000, 60000};

static int echo(int type, const char *own) {
  int fd = type == SOCK_SEQPACKET ? accept_one(type, own) : bind_to(type, own);
  if (type == SOCK_DGRAM) {
    say_ready(fd, own);
  }
  for (int count = 0;; count++) {
    struct address from = {.length = sizeof from.storage};
    ssize_t n = recvfrom(
        fd, buffer, sizeof buffer, 0, (struct sockaddr *)&from.storage, &from.length);
    CHECK(n);
    if (n == 3 && memcmp(buffer, "end", 3) == 0) {
      printf("ok %d\n", count);
      return 0;
    }
    struct sockaddr *to = type == SOCK_DGRAM ? (struct sockaddr *)&from.storage : NULL;
    CHECK(sendto(fd, buffer, n, 0, to, to == NULL ? 0 : from.length));
  }
}

static int send_all(int type, const char *own, const char *peer) {
  int fd;
  if (type == SOCK_DGRAM) {
    fd = bind_to(type, own);
    connect_to(fd, peer);
  } else {
    fd = connected(type, peer);
  }
  for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
    fill_pattern(sent, i, lengths[i]);
    CHECK(send(fd, sent, lengths[i], 0));
    ssize_t n = recv(fd, buffer, sizeof buffer, MSG_TRUNC);
    CHECK(n);
    REQUIRE(n == (ssize_t)lengths[i] && memcmp(sent, buffer, n) == 0);
  }
  CHECK(send(fd, "end", 3, 0));
  printf("ok\n");
  return 0;
}

int main(int argc, char **argv) {
  begin();
  REQUIRE(argc >= 4);
  int type = type_of(argv[2]);
  return strcmp(argv[1], "echo") == 0 ? echo(type, argv[3]) : send_all(type, argv[3], argv[4]);
}
