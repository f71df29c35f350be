/* What this system's compiler and headers say: one "name,value" a line. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/types.h>
#include <sys/uio.h>

#define VALUE(name, value) printf("%s,%lld\n", name, (long long) (value))
#define CONSTANT(name) VALUE(#name, name)
#define SIZE(type) VALUE(#type, sizeof(type))
#define OFFSET(type, member) VALUE(#type "." #member, offsetof(type, member))

static void descriptors(void)
{
    CONSTANT(F_GETFD);
    CONSTANT(F_SETFD);
    CONSTANT(F_GETFL);
    CONSTANT(F_SETFL);
    CONSTANT(F_DUPFD_CLOEXEC);
    CONSTANT(FD_CLOEXEC);
    CONSTANT(FIONREAD);
    CONSTANT(PIPE_BUF);
#ifdef __linux__
    CONSTANT(F_GETPIPE_SZ);
    CONSTANT(F_SETPIPE_SZ);
    CONSTANT(IOV_MAX);
#endif
}

static void open_flags(void)
{
    CONSTANT(O_RDONLY);
    CONSTANT(O_WRONLY);
    CONSTANT(O_RDWR);
    CONSTANT(O_APPEND);
    CONSTANT(O_CREAT);
    CONSTANT(O_EXCL);
    CONSTANT(O_TRUNC);
    CONSTANT(O_NONBLOCK);
    CONSTANT(O_DIRECTORY);
    CONSTANT(O_NOFOLLOW);
    CONSTANT(O_NOCTTY);
    CONSTANT(O_SYNC);
    CONSTANT(O_DSYNC);
    CONSTANT(O_CLOEXEC);
}

static void events_and_errors(void)
{
    CONSTANT(POLLIN);
    CONSTANT(POLLOUT);
    CONSTANT(POLLERR);
    CONSTANT(POLLHUP);
    CONSTANT(POLLNVAL);
    CONSTANT(EAGAIN);
    CONSTANT(EINTR);
    CONSTANT(EDEADLK);
    CONSTANT(EOPNOTSUPP);
}

static void structs(void)
{
    SIZE(size_t);
    SIZE(ssize_t);
    SIZE(struct iovec);
    OFFSET(struct iovec, iov_base);
    OFFSET(struct iovec, iov_len);
    SIZE(struct pollfd);
    OFFSET(struct pollfd, fd);
    OFFSET(struct pollfd, events);
    OFFSET(struct pollfd, revents);
}

int main(void)
{
    descriptors();
    open_flags();
    events_and_errors();
    structs();
    return 0;
}
