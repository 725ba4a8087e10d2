#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE 1 /* memfd_create */
#endif
#include "CTerminal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <termios.h>
#include <unistd.h>

enum { most_leaving_bytes = 512, most_held = 1 << 20, kept_when_trimmed = 1 << 16 };

static struct {
  int input, output;
  struct termios modes;
  char leave[most_leaving_bytes];
  size_t length;
  /* Standard error as it was, and the file that stands in for it; -1 when it is left alone. */
  int errors, held;
} saved = {.errors = -1, .held = -1};

/* Handlers of several threads may want to restore at once: one does. */
static atomic_int is_entered;

int terminal_save(int input, int output, const char *leave, size_t length) {
  if (tcgetattr(input, &saved.modes) != 0) return -1;
  saved.input = input;
  saved.output = output;
  saved.length = length < sizeof saved.leave ? length : sizeof saved.leave;
  memcpy(saved.leave, leave, saved.length);
  static int is_registered;
  if (!is_registered) is_registered = atexit(terminal_restore) == 0;
  return 0;
}

/* An unnamed file that no other program inherits; -1 when there is none to be had. */
static int open_unnamed(void) {
#ifdef __linux__
  return memfd_create("loopscope-stderr", MFD_CLOEXEC);
#else
  char path[] = "/tmp/loopscope-stderr-XXXXXX";
  int file = mkstemp(path);
  if (file < 0) return -1;
  unlink(path);
  fcntl(file, F_SETFD, FD_CLOEXEC);
  return file;
#endif
}

static void hold_errors(void) {
  if (!isatty(STDERR_FILENO)) return;
  int held = open_unnamed();
  if (held < 0) return;
  int errors = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  if (errors < 0 || dup2(held, STDERR_FILENO) < 0) {
    if (errors >= 0) close(errors);
    close(held);
    return;
  }
  saved.errors = errors;
  saved.held = held;
}

void terminal_enter(void) {
  hold_errors();
  atomic_store(&is_entered, 1);
}

/* Writes what can be written in a quarter of a second: a terminal that nobody reads must not keep
   a process from ending. */
static void write_bounded(int file, const char *bytes, size_t length) {
  int flags = fcntl(file, F_GETFL);
  if (flags >= 0) fcntl(file, F_SETFL, flags | O_NONBLOCK);
  for (int tries = 0; length > 0 && tries < 25;) {
    ssize_t written = write(file, bytes, length);
    if (written > 0) {
      bytes += written;
      length -= (size_t)written;
    } else if (written < 0 && (errno == EAGAIN || errno == EINTR)) {
      struct pollfd ready = {.fd = file, .events = POLLOUT};
      poll(&ready, 1, 10);
      tries++;
    } else {
      break;
    }
  }
  if (flags >= 0) fcntl(file, F_SETFL, flags);
}

static void replay_errors(void) {
  if (saved.held < 0) return;
  dup2(saved.errors, STDERR_FILENO);
  char bytes[4096];
  off_t offset = 0;
  for (;;) {
    ssize_t length = pread(saved.held, bytes, sizeof bytes, offset);
    if (length <= 0) break;
    write_bounded(STDERR_FILENO, bytes, (size_t)length);
    offset += length;
  }
  close(saved.held);
  close(saved.errors);
  saved.held = saved.errors = -1;
}

static void restore(int writes_leave) {
  if (!atomic_exchange(&is_entered, 0)) return;
  int error = errno;
  /* A background process that is killed must end, not stop because it wants to write. */
  sigset_t terminal_output, former;
  sigemptyset(&terminal_output);
  sigaddset(&terminal_output, SIGTTOU);
  pthread_sigmask(SIG_BLOCK, &terminal_output, &former);
  if (writes_leave) write_bounded(saved.output, saved.leave, saved.length);
  /* In the background the modes are the shell's, which has set its own. Not TCSADRAIN: it waits
     for whoever reads the terminal. */
  pid_t foreground = tcgetpgrp(saved.input);
  if (foreground == -1 || foreground == getpgrp()) {
    tcsetattr(saved.input, TCSANOW, &saved.modes);
  }
  replay_errors();
  pthread_sigmask(SIG_SETMASK, &former, NULL);
  errno = error;
}

void terminal_restore(void) { restore(1); }

void terminal_restore_modes(void) { restore(0); }

void terminal_trim_errors(void) {
  if (saved.held < 0) return;
  off_t length = lseek(saved.held, 0, SEEK_CUR);
  if (length <= most_held) return;
  static const char note[] = "(earlier lines were dropped)\n";
  char *tail = malloc(kept_when_trimmed);
  if (tail == NULL) return;
  ssize_t kept = pread(saved.held, tail, kept_when_trimmed, length - kept_when_trimmed);
  lseek(saved.held, 0, SEEK_SET);
  if (ftruncate(saved.held, 0) == 0 && kept > 0) {
    ssize_t ignored = write(saved.held, note, sizeof note - 1);
    ignored = write(saved.held, tail, (size_t)kept);
    (void)ignored;
  }
  free(tail);
}

int terminal_size(int output, int *columns, int *rows) {
  struct winsize size;
  if (ioctl(output, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) return -1;
  *columns = size.ws_col;
  *rows = size.ws_row;
  return 0;
}
