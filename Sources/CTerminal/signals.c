#include "CTerminal.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

enum { endings_until_forced = 3 };

static const int ending_signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
static const int crash_signals[] = {SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGBUS, SIGSEGV, SIGSYS};
enum { crash_signal_count = sizeof crash_signals / sizeof crash_signals[0] };

static atomic_uint events;
static atomic_int endings;
static atomic_int ending_signal;
/* What was installed before us, in the order of crash_signals: the runtime's backtraces. */
static struct sigaction former_actions[crash_signal_count];

static void set_action(int signal, void (*handler)(int)) {
  struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART | SA_ONSTACK};
  sigemptyset(&action.sa_mask);
  sigaction(signal, &action, NULL);
}

/* Unblocks and raises with the default action: the handler itself may be blocking the signal. */
static void raise_by_default(int signal) {
  set_action(signal, SIG_DFL);
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, signal);
  pthread_sigmask(SIG_UNBLOCK, &set, NULL);
  raise(signal);
}

static void on_ending(int signal) {
  int none = 0;
  atomic_compare_exchange_strong(&ending_signal, &none, signal);
  if (atomic_fetch_add(&endings, 1) + 1 >= endings_until_forced) {
    terminal_restore();
    raise_by_default(signal);
  }
  terminal_wake();
}

static void on_event(int signal) {
  unsigned bit = signal == SIGWINCH ? TERMINAL_RESIZED
                 : signal == SIGCONT ? TERMINAL_CONTINUED
                                     : TERMINAL_STOP;
  atomic_fetch_or(&events, bit);
  terminal_wake();
}

/* A child that ends may have nothing open that would tell. */
static void on_child(int signal) {
  (void)signal;
  terminal_wake();
}

static void on_crash(int signal, siginfo_t *info, void *context) {
  (void)context;
  terminal_restore();
  for (int i = 0; i < crash_signal_count; i++) {
    if (crash_signals[i] == signal) sigaction(signal, &former_actions[i], NULL);
  }
  /* A fault happens again when we return, now with the former action and the right context. What
     was sent with raise() or kill() does not. */
  if (info->si_code <= 0) raise(signal);
}

/* A stack overflow leaves no stack to handle it on. The main thread's only. */
static void use_own_stack(void) {
  static int is_set;
  if (is_set) return;
  stack_t former;
  if (sigaltstack(NULL, &former) == 0 && !(former.ss_flags & SS_DISABLE)) {
    is_set = 1;
    return;
  }
  size_t size = 64 * 1024;
  void *memory = malloc(size);
  if (memory == NULL) return;
  stack_t stack = {.ss_sp = memory, .ss_size = size};
  is_set = sigaltstack(&stack, NULL) == 0;
}

int terminal_catch_signals(void) {
  static int is_done;
  if (is_done) return 0;
  is_done = 1;
  use_own_stack();
  for (size_t i = 0; i < sizeof ending_signals / sizeof ending_signals[0]; i++) {
    struct sigaction former;
    if (sigaction(ending_signals[i], NULL, &former) != 0) return -1;
    /* nohup means it. */
    if (former.sa_handler != SIG_IGN) set_action(ending_signals[i], on_ending);
  }
  set_action(SIGWINCH, on_event);
  set_action(SIGCONT, on_event);
  set_action(SIGCHLD, on_child);
  struct sigaction former_stop;
  if (sigaction(SIGTSTP, NULL, &former_stop) != 0) return -1;
  if (former_stop.sa_handler != SIG_IGN) set_action(SIGTSTP, on_event);

  struct sigaction crash = {.sa_sigaction = on_crash, .sa_flags = SA_SIGINFO | SA_ONSTACK};
  sigemptyset(&crash.sa_mask);
  for (int i = 0; i < crash_signal_count; i++) {
    if (sigaction(crash_signals[i], &crash, &former_actions[i]) != 0) return -1;
  }
  return 0;
}

int terminal_take_events(void) { return (int)atomic_exchange(&events, 0u); }

int terminal_ending_signal(void) { return atomic_load(&ending_signal); }

void terminal_stop(void) {
  struct sigaction former;
  sigaction(SIGTSTP, NULL, &former);
  /* The others of the group first, or a shell that waits for a script's leader would not see it
     stop; then this process, by a signal to this thread, which cannot run on before it stops. */
  set_action(SIGTSTP, SIG_IGN);
  kill(0, SIGTSTP);
  set_action(SIGTSTP, SIG_DFL);
  raise(SIGTSTP);
  sigaction(SIGTSTP, &former, NULL);
  atomic_fetch_and(&events, ~(unsigned)(TERMINAL_STOP | TERMINAL_CONTINUED));
}

void terminal_end_by_signal(int signal) {
  terminal_restore();
  raise_by_default(signal);
  /* Only a signal that does not end a process comes here. */
  _exit(128 + signal);
}
