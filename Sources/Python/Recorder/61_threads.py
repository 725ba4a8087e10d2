# ---------------------------------------------------------------------------------------------
# Loops in several threads: then all that is noted is noted under one lock

class SharedQueue(ReadyQueue):
    """A ready queue where several threads run loops: then numbers are given out under a lock."""

    __slots__ = ()

    def append(self, handle):
        with LOCK:
            ReadyQueue.append(self, handle)

    def popleft(self):
        global _queue
        with LOCK:
            _queue = self
            handle = ReadyQueue.popleft(self)
            if _open is self:
                open_up()
            return handle

    def __bool__(self):
        with LOCK:
            return ReadyQueue.__bool__(self)

    __nonzero__ = __bool__


def meet_thread(thread):
    """A loop runs in a thread: the first, or one more."""
    global _first_thread, QUEUE
    if not _first_thread:
        _first_thread = thread
        return
    _first_thread = None
    if _open is not None:
        tell_begun(_open)           # the other thread's: from now on nothing is held back
    QUEUE = SharedQueue
    for loop in list(LOOPS):
        loop._ready.__class__ = SharedQueue


_first_thread = 0


