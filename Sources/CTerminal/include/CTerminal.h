#ifndef LOOPSCOPE_CTERMINAL_H
#define LOOPSCOPE_CTERMINAL_H

/*
 * What must be safe inside a signal handler, and so cannot be Swift: giving the terminal back, and
 * telling the main thread that something happened. One terminal a process.
 */

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct pollfd;

/* ---- The screen: screen.c ---- */

/*
 * Remembers the modes of the terminal at `input`, and the bytes that leave the screen when they
 * are written to `output`. At most 512 bytes are kept.
 * Returns 0, or -1 with errno set when `input` is not a terminal.
 */
int terminal_save(int input, int output, const char *leave, size_t length);

/*
 * Says that the screen is taken: from now on terminal_restore() has something to do. When standard
 * error is a terminal too, what is written to it is kept aside until then, because it would be
 * printed into the picture and lost with it.
 */
void terminal_enter(void);

/*
 * Gives the terminal back: writes the leaving bytes, sets the remembered modes, and prints what
 * standard error was told meanwhile. Does nothing when the screen is not taken. Never blocks for
 * more than a quarter of a second. Async-signal-safe; also runs at exit().
 */
void terminal_restore(void);

/*
 * Like terminal_restore(), but somebody else has written the leaving bytes already (endwin()).
 */
void terminal_restore_modes(void);

/* Keeps what is held of standard error below a mebibyte by forgetting the oldest. */
void terminal_trim_errors(void);

/*
 * The size of the terminal at `output`.
 * Returns 0, or -1 when it does not know its size.
 */
int terminal_size(int output, int *columns, int *rows);

/* ---- Signals: signals.c ---- */

enum {
  TERMINAL_RESIZED = 1,   /* SIGWINCH */
  TERMINAL_CONTINUED = 2, /* SIGCONT: the modes and the picture may be gone */
  TERMINAL_STOP = 4,      /* SIGTSTP from outside: terminal_stop() is wanted */
};

/*
 * Installs the handlers; call it before newterm(), which leaves installed ones alone.
 *
 * SIGINT, SIGTERM, SIGHUP and SIGQUIT are remembered and wake the main thread; the third of them
 * restores the terminal and ends the process at once, for a main thread that hangs. SIGWINCH,
 * SIGCONT and SIGTSTP are remembered and wake it too; SIGCHLD only wakes it. Crash signals restore
 * the terminal and then take their usual course. A signal that was ignored stays ignored.
 * Returns 0, or -1 with errno set.
 */
int terminal_catch_signals(void);

/* The TERMINAL_ bits of what has happened since the last call. */
int terminal_take_events(void);

/* The first signal that asked the process to end; 0 when none did. */
int terminal_ending_signal(void);

/*
 * Stops the process and its group as Ctrl-Z in a shell does; returns when it is continued. The
 * terminal must have been restored. In a group that no shell watches it returns at once.
 */
void terminal_stop(void);

/* Restores the terminal and ends the process by the signal, so that a parent sees the reason. */
_Noreturn void terminal_end_by_signal(int signal);

/* ---- Waking: wake.c ---- */

/*
 * Makes the pipe that wakes terminal_poll(). Its ends are not inherited by other programs.
 * Returns 0, or -1 with errno set.
 */
int terminal_open_wake_pipe(void);

/* Wakes the main thread out of terminal_poll(), now or at the next call. Any thread or handler. */
void terminal_wake(void);

/* The end of the wake pipe that becomes readable; terminal_forget_wakes() empties it. */
int terminal_wake_descriptor(void);

/* Forgets the wakes until now. */
void terminal_forget_wakes(void);

/*
 * poll() with nanoseconds; a negative timeout waits for ever.
 * Returns the number of descriptors with something to say, 0 in time, or -1 with errno set.
 */
int terminal_poll(struct pollfd *descriptors, unsigned count, int64_t timeout_nanoseconds);

#endif
