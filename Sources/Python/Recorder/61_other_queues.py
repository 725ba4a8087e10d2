# ---------------------------------------------------------------------------------------------
# Ready queues in other circumstances: where several threads hand in work or run loops, all that is
# noted of handles is noted under one lock; and where nothing is recorded any more, they just pass

class ThreadsQueue(ReadyQueue):
    """A ready queue into which other threads put handles too. Each of those has its number, and its
    place in `coming`, before the loop or another thread goes on; and no number is held back."""

    __slots__ = ()

    def append(self, handle):
        with LOCK:
            ReadyQueue.append(self, handle)
            if self.woken is not None:
                open_up()

    def popleft(self):
        with LOCK:
            return ReadyQueue.popleft(self)

    def __bool__(self):
        with LOCK:
            return ReadyQueue.__bool__(self)

    __nonzero__ = __bool__


class SharedQueue(ThreadsQueue):
    """A ready queue where several threads run loops."""

    __slots__ = ()

    def popleft(self):
        global _queue
        with LOCK:
            _queue = self
            handle = ReadyQueue.popleft(self)
            if _open is self:
                open_up()
            return handle


class Threadsafe(object):
    """BaseEventLoop.call_soon_threadsafe. Whoever asks for it is about to hand in a handle, or lets
    another thread do so; none of our frames is on the stack when that is done."""

    def __init__(self, function):
        self.function = function

    def __get__(self, loop, owner=None):
        queue = vars(loop).get('_ready') if loop is not None else None
        if type(queue) is ReadyQueue:
            with LOCK:
                queue.__class__ = ThreadsQueue
                if _open is queue:
                    tell_begun(queue)
        return self.function.__get__(loop, owner)


def watch_threads():
    base = base_events.BaseEventLoop
    base.call_soon_threadsafe = Threadsafe(base.call_soon_threadsafe)


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


class PassingQueue(ReadyQueue):
    """What the ready queues become when nothing is recorded any more."""

    __slots__ = ()
    append = put

    def popleft(self):
        handle = take(self)
        if _is_over and not handle._cancelled:
            count_lost()
        return handle

    def __bool__(self):
        return length(self) > 0

    __nonzero__ = __bool__
    __len__ = length


def let_pass():
    global _open, QUEUE
    _open = None
    if QUEUE is not TaskQueue:
        QUEUE = PassingQueue
        for loop in list(LOOPS):
            queue = loop._ready
            if isinstance(queue, ReadyQueue):
                queue.forget()
                queue.polling = True        # it may be at the end of a handle
                queue.__class__ = PassingQueue


