# ---------------------------------------------------------------------------------------------
# Control: hold, go, step; and the virtual clock

def polling(*descriptors):
    """What tells which of them can be read."""
    poll = select.poll()
    for descriptor in descriptors:
        poll.register(descriptor, select.POLLIN)
    return poll.poll


class Control:
    """Commands from a socket. They are looked for between two handles, and while a loop idles. Where
    there are several threads, `LOCK` is held meanwhile, so that none goes on while one is held."""

    POLL_TIME = 200000          # nanoseconds between two looks at the socket while all runs

    def __init__(self, descriptor, is_held):
        self.descriptor = descriptor
        self.poll = polling(descriptor)
        self.permits = 0 if is_held else None       # handles that may run; None: any number
        self.received = b''
        self.is_leaving = False     # whether the recording is to be stopped
        self.next_look = 0

    def gate(self):
        """Returns when the next handle may run."""
        if self.is_leaving:
            return self.leave()
        if self.descriptor < 0:
            return
        if self.permits is None:
            moment = real_now()
            if moment < self.next_look:
                return
            self.next_look = moment + self.POLL_TIME
            self.look()
        if self.permits is not None:
            self.wait()
            if self.permits:
                self.permits -= 1

    def look(self):
        while self.descriptor >= 0 and self.poll(0):
            self.receive()
        if self.is_leaving:
            self.leave()

    def leave(self):
        self.is_leaving, self.permits = False, None
        stop()
        self.descriptor = -1

    def wait(self):
        """Holds the program while no command lets it go on. This time does not exist for it."""
        global _gap, _held
        self.look()
        if self.permits != 0:
            return
        emit(LH)
        flush()
        begun = real_now()
        try:
            while self.permits == 0 and self.descriptor >= 0:
                self.receive()
        finally:
            _held += real_now() - begun
            _gap = True
        if self.is_leaving:
            self.leave()

    def receive(self):
        try:
            data = posix.read(self.descriptor, 4096)
        except OSError:
            data = b''
        if not data:
            self.descriptor, self.permits = -1, None
            if options.is_attached:
                self.is_leaving = True
            if self.is_leaving:
                return
            # The screen is gone. As when a terminal is closed, what ran on it gets to know: all of it, where
            # it is this process's or, of one that the program has started, a session by itself.
            leader = posix.getsid(0) if options.door else posix.getpid()
            os.kill(0 if posix.getpgrp() == leader else posix.getpid(), 1)
            return
        lines = (self.received + data).split(b'\n')
        self.received = lines.pop()
        for line in lines:
            if line == b'hold':
                self.permits = 0
            elif line == b'go':
                self.permits = None
            elif line == b'step':
                self.permits = (self.permits or 0) + 1
            elif line == b'leave':
                self.is_leaving, self.permits = True, None


