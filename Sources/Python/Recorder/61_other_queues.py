# ---------------------------------------------------------------------------------------------
# Ready queues in other circumstances: where there are several threads, all that is noted is noted
# under one lock; and where nothing is recorded any more, handles just pass

class SharedQueue(ReadyQueue):
    """A ready queue where there is more than one thread. Others may put handles into it, too."""

    __slots__ = ()

    def append(self, handle):
        with LOCK:
            if _open is not None and (_open is not self or self.thread != get_ident()):
                open_up()
            ReadyQueue.append(self, handle)

    def popleft(self):
        global _queue
        with LOCK:
            if _open is not None and _open is not self:
                open_up()
            _queue = self
            return ReadyQueue.popleft(self)

    def __bool__(self):
        with LOCK:
            THREADS.add(get_ident())
            return ReadyQueue.__bool__(self)

    __nonzero__ = __bool__

    def __len__(self):
        with LOCK:
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


def watch_threads():
    """Before another thread starts, and nobody can be in the middle of anything, all is changed to
    the ways of several threads."""
    import threading
    if _thread._count():
        return share()
    for name in 'start_new_thread', 'start_new', 'start_joinable_thread':
        for module, its_name in (_thread, name), (threading, '_' + name):
            if hasattr(module, its_name):
                watch_start(module, its_name, getattr(module, its_name))


def watch_start(module, name, start_thread):
    def start_first(*arguments, **named):
        if getattr(module, name) is start_first:
            setattr(module, name, start_thread)
        if not has_threads:
            share()
        return start_thread(*arguments, **named)
    setattr(module, name, start_first)


def say_ended(queue):
    """In several threads, another handle may have begun since this one did."""
    if len(THREADS) > 1:
        emit(HE_OF, queue.handle)
    else:
        emit(HE)


def share():
    global has_threads, is_plain, QUEUE
    has_threads, is_plain = True, False
    for name in ('emit', 'defer', 'run_within', 'set_timer', 'number_in_queue', 'start_lane', 'find_coroutines', 'drop_lost',
                 'notice', 'task_begins', 'task_ended', 'tell_new_task', 'meet_task'):
        GLOBALS[name] = locked(GLOBALS[name])
    if options.detail == 'tasks':
        enlist.__self__.add = meet_task
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


