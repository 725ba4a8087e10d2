#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE 1 /* ppoll */
#endif
#include "CTerminal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <time.h>
#include <unistd.h>

/* Written once before the handlers are installed. */
static int wake_pipe[2] = {-1, -1};

int terminal_open_wake_pipe(void) {
  if (wake_pipe[0] >= 0) return 0;
  int ends[2];
  if (pipe(ends) != 0) return -1;
  for (int i = 0; i < 2; i++) {
    if (fcntl(ends[i], F_SETFD, FD_CLOEXEC) != 0 || fcntl(ends[i], F_SETFL, O_NONBLOCK) != 0) {
      int error = errno;
      close(ends[0]);
      close(ends[1]);
      errno = error;
      return -1;
    }
  }
  wake_pipe[0] = ends[0];
  wake_pipe[1] = ends[1];
  return 0;
}

void terminal_wake(void) {
  int error = errno;
  /* A full pipe is as awake as can be. */
  ssize_t ignored = write(wake_pipe[1], "", 1);
  (void)ignored;
  errno = error;
}

int terminal_wake_descriptor(void) { return wake_pipe[0]; }

void terminal_forget_wakes(void) {
  char bytes[256];
  while (read(wake_pipe[0], bytes, sizeof bytes) > 0) {
  }
}

int terminal_poll(struct pollfd *descriptors, unsigned count, int64_t timeout_nanoseconds) {
#ifdef __linux__
  struct timespec timeout = {
      .tv_sec = timeout_nanoseconds / 1000000000, .tv_nsec = timeout_nanoseconds % 1000000000};
  return ppoll(descriptors, count, timeout_nanoseconds < 0 ? NULL : &timeout, NULL);
#else
  /* Rounded up: waking before the time would be a busy loop. */
  int64_t milliseconds =
      timeout_nanoseconds / 1000000 + (timeout_nanoseconds % 1000000 > 0 ? 1 : 0);
  if (milliseconds > 86400000) milliseconds = 86400000;
  return poll(descriptors, count, timeout_nanoseconds < 0 ? -1 : (int)milliseconds);
#endif
}
