/* What this system's compiler and headers say: one "name,value" a line. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>

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
    CONSTANT(POLLPRI);
    CONSTANT(EAGAIN);
    CONSTANT(EINTR);
    CONSTANT(ENOENT);
    CONSTANT(EPERM);
    CONSTANT(EDEADLK);
    CONSTANT(EOPNOTSUPP);
    CONSTANT(EADDRINUSE);
    CONSTANT(ECONNREFUSED);
    CONSTANT(ENOTCONN);
    CONSTANT(ENETUNREACH);
    CONSTANT(EHOSTUNREACH);
    CONSTANT(EHOSTDOWN);
    CONSTANT(ENOPROTOOPT);
    CONSTANT(EPROTO);
    CONSTANT(ENETDOWN);
    CONSTANT(ECONNABORTED);
    CONSTANT(EINPROGRESS);
    CONSTANT(ENOTSOCK);
    CONSTANT(ESRCH);
}

static void socket_constants(void)
{
    CONSTANT(SOCK_STREAM);
    CONSTANT(SOCK_DGRAM);
    CONSTANT(SOCK_SEQPACKET);
    CONSTANT(SHUT_RD);
    CONSTANT(SHUT_WR);
    CONSTANT(SOMAXCONN);
    CONSTANT(SOL_SOCKET);
    CONSTANT(IPPROTO_TCP);
    CONSTANT(IPPROTO_IPV6);
    CONSTANT(SCM_RIGHTS);
    CONSTANT(MSG_CTRUNC);
    CONSTANT(MSG_DONTWAIT);
    CONSTANT(MSG_EOR);
    CONSTANT(MSG_NOSIGNAL);
    CONSTANT(MSG_OOB);
    CONSTANT(MSG_PEEK);
    CONSTANT(MSG_TRUNC);
    CONSTANT(MSG_WAITALL);
#ifdef __linux__
    CONSTANT(SOCK_CLOEXEC);
    CONSTANT(SCM_CREDENTIALS);
    CONSTANT(MSG_CMSG_CLOEXEC);
    CONSTANT(MSG_MORE);
    CONSTANT(POLLRDHUP);
#else
    CONSTANT(SOL_LOCAL);
#endif
}

static void socket_options(void)
{
    CONSTANT(SO_ACCEPTCONN);
    CONSTANT(SO_BROADCAST);
    CONSTANT(SO_ERROR);
    CONSTANT(SO_KEEPALIVE);
    CONSTANT(SO_LINGER);
    CONSTANT(SO_RCVBUF);
    CONSTANT(SO_RCVTIMEO);
    CONSTANT(SO_REUSEADDR);
    CONSTANT(SO_REUSEPORT);
    CONSTANT(SO_SNDBUF);
    CONSTANT(SO_SNDTIMEO);
    CONSTANT(SO_TYPE);
    CONSTANT(IPV6_V6ONLY);
    CONSTANT(TCP_FASTOPEN);
    CONSTANT(TCP_KEEPCNT);
    CONSTANT(TCP_KEEPINTVL);
    CONSTANT(TCP_NODELAY);
#ifdef __linux__
    CONSTANT(SO_PASSCRED);
    CONSTANT(SO_PEERCRED);
    CONSTANT(TCP_KEEPIDLE);
    CONSTANT(TCP_QUICKACK);
    CONSTANT(TCP_USER_TIMEOUT);
#else
    CONSTANT(LOCAL_PEERCRED);
    CONSTANT(LOCAL_PEERPID);
#endif
}

static void processes(void)
{
    CONSTANT(POSIX_SPAWN_SETPGROUP);
    CONSTANT(POSIX_SPAWN_SETSIGDEF);
    CONSTANT(POSIX_SPAWN_SETSIGMASK);
    CONSTANT(WEXITED);
    CONSTANT(WNOHANG);
    CONSTANT(WNOWAIT);
#ifdef __linux__
    CONSTANT(POSIX_SPAWN_SETSID);
#else
    CONSTANT(POSIX_SPAWN_SETSID);
    CONSTANT(POSIX_SPAWN_CLOEXEC_DEFAULT);
#endif
}

static void socket_structs(void)
{
    SIZE(struct sockaddr_storage);
    SIZE(struct sockaddr_un);
    OFFSET(struct sockaddr_un, sun_family);
    OFFSET(struct sockaddr_un, sun_path);
    SIZE(struct sockaddr_in);
    OFFSET(struct sockaddr_in, sin_port);
    OFFSET(struct sockaddr_in, sin_addr);
    SIZE(struct sockaddr_in6);
    OFFSET(struct sockaddr_in6, sin6_port);
    OFFSET(struct sockaddr_in6, sin6_addr);
    OFFSET(struct sockaddr_in6, sin6_scope_id);
    SIZE(struct msghdr);
    OFFSET(struct msghdr, msg_name);
    OFFSET(struct msghdr, msg_namelen);
    OFFSET(struct msghdr, msg_iov);
    OFFSET(struct msghdr, msg_iovlen);
    OFFSET(struct msghdr, msg_control);
    OFFSET(struct msghdr, msg_controllen);
    OFFSET(struct msghdr, msg_flags);
    SIZE(struct cmsghdr);
    OFFSET(struct cmsghdr, cmsg_len);
    OFFSET(struct cmsghdr, cmsg_level);
    OFFSET(struct cmsghdr, cmsg_type);
    CONSTANT(CMSG_LEN(4));
    CONSTANT(CMSG_LEN(12));
    CONSTANT(CMSG_SPACE(4));
    CONSTANT(CMSG_SPACE(12));
    SIZE(struct linger);
    OFFSET(struct linger, l_linger);
    SIZE(struct timeval);
    OFFSET(struct timeval, tv_usec);
#ifdef __linux__
    SIZE(struct ucred);
    OFFSET(struct ucred, pid);
    OFFSET(struct ucred, uid);
    OFFSET(struct ucred, gid);
#endif
}

static void structs(void)
{
    SIZE(size_t);
    SIZE(sigset_t);
    SIZE(posix_spawn_file_actions_t);
    SIZE(posix_spawnattr_t);
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
    socket_constants();
    socket_options();
    processes();
    socket_structs();
    structs();
    return 0;
}
