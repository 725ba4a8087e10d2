# ---------------------------------------------------------------------------------------------
# Loops: every new one gets our ready queue, and timers tell that they are set and cancelled

LOOPS = weakref.WeakSet()
CANCELLED = {}              # id(timer) -> its number, as long as its address is not used again


def watch_loops():
    base = base_events.BaseEventLoop
    make_loop = base.__init__
    timer_init, cancel_handle = TimerHandle.__init__, Handle.cancel

    def __init__(self, *arguments, **named):
        make_loop(self, *arguments, **named)
        meet_thread_of_c()
        watch_loop(self)

    def timer(self, when, callback, args, loop, *context, **named):
        if _chance is not None:
            when = late(when, loop)
        timer_init(self, when, callback, args, loop, *context, **named)
        try:
            set_timer(self, when, callback, args)
        except Exception:
            fault()

    def cancel(self):
        if recording and not self._cancelled:
            number = HANDLES.pop(id(self), None)
            if number is None and READERS:
                number = number_in_queue(self)
            if number is not None:
                if options.clock == 'virtual':
                    CANCELLED[id(self)] = number
                emit(HC, number)
        return cancel_handle(self)

    replace_function(base, '__init__', __init__)
    precede(events, '_set_running_loop', set_running)
    if options.detail == 'all':
        replace_function(TimerHandle, '__init__', timer)
        replace_function(Handle, 'cancel', cancel)
    if options.clock == 'virtual' or CONTROL is not None:
        replace_function(base, 'time', loop_time)
        succeed(selector_events.BaseSelectorEventLoop, '__init__',
                lambda _, loop, *arguments, **named: watch_selector(loop))
    if options.clock == 'virtual':
        def less(self, other):
            """Equal deadlines: first set, first run."""
            if type(other) is not TimerHandle:
                return NotImplemented
            return (self._when, number_of(self)) < (other._when, number_of(other))

        def number_of(timer):
            # A cancelled one keeps its place in the heap.
            return HANDLES.get(id(timer)) or CANCELLED.get(id(timer), 0)
        replace(TimerHandle, '__lt__', less)


WATCHED = {}                # class of loops -> whether their handles are seen


def is_watched(task):
    """Whether its steps are seen."""
    loop = task._loop
    if type(loop) not in WATCHED:
        WATCHED[type(loop)] = True
        if type(getattr(loop, '__dict__', {}).get('_ready')) not in QUEUES + (deque,):
            say_unseen(loop)
    return WATCHED[type(loop)]


def say_unseen(loop):
    if recording and options.detail == 'all':
        WATCHED[type(loop)] = False
        say_once('%s cannot be watched: no handle of this loop is recorded.' % type_name(type(loop)))


def set_running(loop):
    """A loop is about to run, or has stopped: the last handle has ended, before the program goes on. Or
    it is put aside by a handle of its own, in which another one is to run, or itself."""
    global _queue
    queue = None
    if isinstance(loop, base_events.BaseEventLoop):
        watch_late(loop)
        queue = vars(loop).get('_ready')
        _queue = queue if isinstance(queue, ReadyQueue) else _queue
    if loop is not None and type(queue) not in QUEUES:
        say_unseen(loop)
    depth = sum(caller.f_code is Handle._run.__code__ for caller in callers(getframe(1)))
    if recording:
        end_or_put_aside(loop, queue, depth)
    if loop is None and not depth and _queue.thread == get_ident():
        _queue = NO_QUEUE           # what is left in that of the loop which stops may go with it


def end_or_put_aside(loop, queue, depth):
    """Of the handles that run in this thread, one within another, this many are still on the stack."""
    queues = [one._ready for one in list(LOOPS) if type(one._ready) in QUEUES]
    queues = [one for one in queues if one.thread == get_ident()]
    if depth <= sum(len(one.outer) for one in queues if isinstance(one, ReadyQueue)):
        for one in queues:
            if one.handle:
                one.close()
        if isinstance(queue, ReadyQueue) and queue.outer:
            take_up(queue)
    elif loop is not None:
        for one in queues:
            # Its own handle may have hidden a loop, and shows it again.
            if one.handle and isinstance(one, ReadyQueue) and (one is not queue or events._get_running_loop()):
                put_aside(one)


def put_aside(queue):
    """A loop is to run within a handle, as with nest_asyncio. What comes after that is a handle to us."""
    record, task, number = queue.record, queue.task, new_future()
    emit(FN, number, text('run_until_complete()'))
    queue.outer.append((record, task, number))
    if record is not None and not record.is_resolved:
        follow(record, task._coro)
        record.mixed, record.again = True, None
        for leaf in record.leaves or (record.leaf,):
            emit(CW, leaf.id, leaf.line_number(), 'future', number)
    say_ended(queue)
    queue.forget()


def take_up(queue):
    """That loop has run, and the handle goes on."""
    if length(queue) != length(queue.coming):
        queue.align()
    queue.polling = False
    record, queue.task, number = queue.outer.pop()
    emit(FD, number, 'result')
    queue.record, queue.handle, queue.resumed = record, new_handle(), None
    emit(HS_RESOLVED, queue.handle, 'function', text('run_until_complete'), number)
    emit(HB, queue.handle)
    if record is not None and not record.is_resolved:
        for leaf in record.leaves or (record.leaf,):
            emit(CR, leaf.id)


def watch_loop(loop):
    handles = loop.__dict__.get('_ready')
    if type(handles) is deque:
        loop._ready = queue = QUEUE((), loop)
        queue.extendleft(reversed(handles))     # another thread may have put one in by now
        LOOPS.add(loop)
        watch_calls(loop)


def watch_late(loop):
    """Whether a loop was made before we came. It is to run, or runs."""
    if not recording or type(loop.__dict__.get('_ready')) is not deque:
        return False
    with LOCK:
        watch_loop(loop)
        THREADS.add(get_ident())
        if (options.clock == 'virtual' or CONTROL is not None) and hasattr(loop, '_selector'):
            watch_selector(loop)
        try:
            if isinstance(loop._ready, ReadyQueue):
                meet_loop(loop, loop._ready)
            else:
                begin_late(loop)
        except Exception:
            fault()
            loop._ready.align()
    return True


def running_loops():
    """Those of all threads, as far as they say so; else that of this one."""
    own = events._get_running_loop()
    return [thing for thing in objects_alive() if issubclass(type(thing), base_events.BaseEventLoop)
            and (vars(thing).get('_thread_id') is not None or thing is own)]


def watch_in_its_thread(loop):
    """Between two handles of a loop that runs in another one."""
    try:
        loop.call_soon_threadsafe(watch_late, loop)
    except RuntimeError:
        pass                            # it was closed just now


