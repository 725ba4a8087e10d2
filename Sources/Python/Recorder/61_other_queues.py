# ---------------------------------------------------------------------------------------------
# Ready queues in other circumstances: where there are several threads, all that is noted is noted
# under one lock; and where nothing is recorded any more, handles just pass

class SharedQueue(ReadyQueue):
    """A ready queue where there is more than one thread. Others may put handles into it, too, and one
    may stop the recording: once we have the lock, this may be another kind of queue."""

    __slots__ = ()

    def append(self, handle):
        with LOCK:
            if not recording and isinstance(self, PassingQueue):
                return self.append(handle)
            if _open is not None and (_open is not self or self.thread != get_ident()):
                open_up()
            ReadyQueue.append(self, handle)

    def popleft(self):
        global _queue
        with LOCK:
            if not recording and isinstance(self, PassingQueue):
                return self.popleft()
            if _open is not None and _open is not self:
                open_up()
            _queue = self
            return ReadyQueue.popleft(self)

    def end_tick(self):
        with LOCK:
            if recording or not isinstance(self, PassingQueue):
                THREADS.add(get_ident())
                ReadyQueue.end_tick(self)

    def __len__(self):
        with LOCK:
            if not recording and isinstance(self, PassingQueue):
                return len(self)
            return ReadyQueue.__len__(self)

    def end(self):
        if _open is not self and len(THREADS) > 1:
            self.resumed = None             # no short way: the line that ends it has to name it
        ReadyQueue.end(self)

    def close(self):
        with LOCK:
            ReadyQueue.close(self)


THREADS = set()             # where there are several: those that run loops, or make coroutines
has_threads = False
_only_thread = 0            # as long as there is only one
MEETING = _thread.allocate_lock()


def watch_threads():
    """Before another thread starts, all is changed to the ways of several threads. Nobody can be in
    the middle of anything then, but where C code has started one: see `meet_thread`."""
    global _only_thread, _put_back
    import threading
    is_main = get_ident() == threading.main_thread().ident
    if _thread._count() or not is_main or options.stacks or not HAS_GIL or VERSION < (3, 8):
        return share()                  # up to 3.7 code cannot be changed
    _only_thread = get_ident()
    _put_back = watch_hand_in()
    for name in 'start_new_thread', 'start_new', 'start_joinable_thread':
        for module, its_name in (_thread, name), (threading, '_' + name):
            if hasattr(module, its_name):
                watch_start(module, its_name, getattr(module, its_name))


def watch_start(module, name, start_thread):
    def start_first(*arguments, **named):
        if getattr(module, name) is start_first:
            setattr(module, name, start_thread)
        if _only_thread:
            meet_thread()
        return start_thread(*arguments, **named)
    replace(module, name, start_first)


def watch_hand_in():
    """A thread that C code has started passes nothing of that, but this, if it hands in a handle. So
    that no exception in it passes a frame of ours, it is given another name for what it asks first."""
    base = base_events.BaseEventLoop
    function = base.call_soon_threadsafe
    code = function.__code__
    base._check_closed_in_thread = property(hand_in)
    function.__code__ = code.replace(co_names=tuple(
        '_check_closed_in_thread' if name == '_check_closed' else name for name in code.co_names))

    def put_back():
        function.__code__ = code
    return put_back


def hand_in(loop):
    meet_thread_of_c()
    return loop._check_closed


def meet_thread_of_c():
    if _only_thread and get_ident() != _only_thread:
        meet_thread()


def meet_thread():
    """There is a second thread, or there will be in a moment. If it runs already, it goes on once the
    first one is not in the middle of anything."""
    global _only_thread
    with MEETING:
        if not _only_thread:
            return
        share()
        if _only_thread != get_ident():
            for loop in list(LOOPS):
                if type(loop._ready) is SharedQueue:
                    loop._ready.__class__ = MeetingQueue
            latest = real_now() + LONG_WAIT * 1000000000
            while is_noting(_only_thread) and (
                    real_now() < latest or CONTROL is not None and CONTROL.permits == 0):
                real_sleep(0.001)
        _only_thread = 0
        _put_back()


def is_noting(thread):
    """Whether a thread is in the middle of something of ours that lets no other one run."""
    return any(is_ours(caller) and caller.f_code.co_name not in LETTING
               for caller in callers(sys._current_frames().get(thread)))


LETTING = ('main', 'run', 'select', 'wait_or_listen', 'write', 'preceded', 'succeeded', 'meet_thread',
           'start_first')


class MeetingQueue(SharedQueue):
    """That of the first thread's loop, until it comes by, and is not in the middle of anything."""

    __slots__ = ()

    def popleft(self):
        global _only_thread
        self.__class__, _only_thread = SharedQueue, 0
        return self.popleft()


def say_ended(queue):
    """In several threads, another handle may have begun since this one did."""
    if len(THREADS) > 1:
        emit(HE_OF, queue.handle)
    else:
        emit(HE)


def share():
    global has_threads, is_plain, QUEUE
    has_threads, is_plain = True, False
    for name in ('emit', 'defer', 'put_aside', 'take_up', 'set_timer', 'number_in_queue', 'make_lane',
                 'introduce', 'start_lane', 'find_coroutines', 'drop_lost', 'notice', 'task_begins',
                 'task_ended', 'tell_new_task', 'meet_new', 'revive'):
        GLOBALS[name] = locked(GLOBALS[name])
    if QUEUE is ReadyQueue:
        QUEUE = SharedQueue
    for loop in list(LOOPS):
        if type(loop._ready) is ReadyQueue:
            loop._ready.__class__ = SharedQueue


def locked(function):
    """What it takes it takes by place: this is called often."""
    def with_lock(*arguments):
        with LOCK:      # not `acquire` and `finally`, between which a Ctrl-C may come
            return function(*arguments)
    return with_lock


class PassingQueue(ReadyQueue):
    """What the ready queues become when nothing is recorded any more."""

    __slots__ = ()
    append = put

    def popleft(self):
        if CONTROL is not None and CONTROL.is_leaving:
            CONTROL.leave()
            return self.popleft()
        handle = take(self)
        if _is_over and not handle._cancelled:
            count_lost()
        return handle

    def __bool__(self):
        return length(self) > 0

    __len__ = length


class Left:
    """What is left of a ready queue once its loop has a plain one again. The loop may be about to use
    it, and a thread to put a handle there."""

    __slots__ = ()

    def append(self, handle):
        loop = self.loop()
        if loop is not None:
            loop._ready.append(handle)

    def popleft(self):
        return self.loop()._ready.popleft()

    def __bool__(self):
        return bool(self.loop()._ready)

    def __len__(self):
        return len(self.loop()._ready)


class LeftReadyQueue(Left, PassingQueue):
    __slots__ = ()


def give_back_queues():
    """All loops get plain ready queues, with what ours have in them."""
    for loop in list(LOOPS):
        queue = vars(loop).get('_ready')
        if type(queue) in QUEUES:
            loop._ready = fresh = deque()
            queue.__class__ = LeftTaskQueue if type(queue) is TaskQueue else LeftReadyQueue
            while length(queue):
                fresh.append(take(queue))
        unwatch_selector(loop)


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


