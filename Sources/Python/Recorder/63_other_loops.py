# ---------------------------------------------------------------------------------------------
# Loops of others. Those in Python, as Qt's are, keep what they are to call in places of their own: the
# ready queue that they do not use is ours, and goes along with that

ASK_TO_CALL = 'call_soon', 'call_soon_threadsafe', 'call_later', 'call_at'
KEEPS_CALLS = {}            # class of loops with a `call_soon` of their own -> whether they do


def watch_calls(loop):
    """Has a loop of another kind tell what it is asked to call. It may have asyncio's do that, after all."""
    for name in ASK_TO_CALL:
        owner = owner_of(type(loop), name)
        if owner is not base_events.BaseEventLoop and (owner, name) not in [entry[:2] for entry in REPLACED]:
            succeed(owner, name, functools.partial(asked_to_call, name))


def owner_of(kind, name):
    return next(base for base in bases_of(kind) if name in vars(base))


def asked_to_call(name, handle, loop, when=0, *_, **__):
    kind, queue = type(loop), vars(loop).get('_ready')
    if handle is None or not recording or type(queue) not in QUEUES:
        return
    if name == 'call_soon_threadsafe':
        meet_thread_of_c()
    with LOCK:
        if name == 'call_soon' and kind not in KEEPS_CALLS:
            KEEPS_CALLS[kind] = keeps_calls(loop, queue, handle)
        if type(handle) is Handle and KEEPS_CALLS.get(kind):
            keep_call(queue, handle, delay_asked(name, handle, when))


def keeps_calls(loop, queue, handle):
    """As the first handle shows that a loop of a class was asked for."""
    if any(one is handle for one in queue):
        return False
    watch_complaints(type(loop))
    if type(handle) is not Handle:
        say_unseen(loop)                # it has a class of its own, which may call itself in any way
    return True


def watch_complaints(kind):
    """Of a loop that does not hand them on to asyncio's."""
    name = 'call_exception_handler'
    owner = owner_of(kind, name)
    if owner is not base_events.BaseEventLoop and name not in vars(owner)[name].__code__.co_names:
        precede(owner, name, complain)


def delay_asked(name, handle, when):
    if name == 'call_at':
        return delay_until(when, handle)
    return int(min(when, LATEST) * 1e9) if name == 'call_later' and when > 0 else 0


def keep_call(queue, handle, delay):
    handle.__class__ = KeptHandle
    if not isinstance(queue, ReadyQueue):
        return
    queue.is_beside = True
    if delay > 0:
        return tell_timer(handle, delay, handle._callback, handle._args)
    if queue.polling and queue.thread == get_ident() and handle._args and future_kind(type(handle._args[0])):
        call_in(queue, handle)
    else:
        queue.append(handle)


def call_in(queue, handle):
    """Whoever runs the loop, such as a button of Qt's, has resolved a future. That call is a handle to us, which ends
    at once."""
    emit(LT, new_tick())
    queue.meet_outside(list(islice(queue, length(queue.coming), None)))
    caller = next(frame for frame in callers(getframe(1))
                  if not is_ours(frame) and frame.f_code.co_name not in ASK_TO_CALL)
    queue.polling, queue.handle = False, new_handle()
    emit(HS, queue.handle, 'function', text(code_of(caller.f_code).name), 'external')
    emit(HB, queue.handle)
    queue.append(handle)
    queue.end_tick()


class KeptHandle(Handle):
    """One that is kept by its loop, and tells when that calls it."""

    __slots__ = ()

    def _run(self):
        queue = self._loop._ready
        if not recording or type(queue) not in QUEUES:
            return Handle._run(self)
        begin_kept(queue, self)
        try:
            Handle._run(self)
        finally:                        # the loop may go on even after a `SystemExit`
            end_kept(queue)


KeptHandle.__name__ = KeptHandle.__qualname__ = 'Handle'


def begin_kept(queue, handle):
    """Its loop calls a handle, whichever it likes, as the only one of a tick."""
    global _queue
    try:
        queue.thread = get_ident()
        if isinstance(queue, ReadyQueue):
            _queue = queue
            with LOCK:
                bring_forward(queue, handle)
        else:
            put(queue, handle)
        queue.popleft()
    except Exception:
        fault()


def bring_forward(queue, handle):
    if queue.handle:
        put_aside(queue)                # it runs a loop, as a dialogue does
    queue.polling = True
    place = next((place for place, one in enumerate(queue) if one is handle), length(queue))
    if place == length(queue):
        put(queue, handle)              # a timer, or from before we came
    queue.begin_tick()
    known = queue.coming[place]
    del queue[place], queue.coming[place]
    queue.appendleft(handle)
    queue.coming.appendleft(known)


def end_kept(queue):
    try:
        queue.close()
        while length(queue) and queue[0]._cancelled:
            take(queue)
            take(queue.coming)
        if isinstance(queue, ReadyQueue) and queue.outer:
            take_up(queue)
        else:
            queue.end_tick()
    except Exception:
        fault()


# uvloop's is written in C, and passes none of the places that are watched

class UvloopFinder:
    """Notices when uvloop is imported."""

    def find_spec(self, name, path=None, target=None):
        if name != 'uvloop':
            return None
        import importlib.util
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.loader is not None:
            execute = spec.loader.exec_module

            def exec_module(module):
                execute(module)
                uvloop_imported(module)
            spec.loader.exec_module = exec_module
        return spec


def watch_uvloop():
    if 'uvloop' in sys.modules:
        uvloop_imported(sys.modules['uvloop'])
    else:
        sys.meta_path.insert(0, UvloopFinder())


def uvloop_imported(module):
    global UNWATCHED
    if options.keep_loop and _begin is not None:
        return _begin()                 # nobody hears of it when this one makes a loop
    if options.keep_loop:
        UNWATCHED = module.Loop
        if HIDES_TASKS:
            succeed(module.Loop, 'create_task', lambda task, *arguments, **named: meet_made(task))
        return
    own = asyncio.SelectorEventLoop

    class Loop(own):
        """asyncio's own loop, under uvloop's name."""

        def __init__(self, *arguments, **named):
            own.__init__(self, *arguments, **named)
            say_once('uvloop cannot be watched: asyncio\'s own loop runs in its place. '
                     '--keep-loop keeps it and records tasks only.')

    Loop.__module__ = 'uvloop'
    Loop.__qualname__ = 'Loop'
    replace(module, 'Loop', Loop)
    replace_function(module, 'new_event_loop', lambda: Loop())


def let_uvloop_run():
    """In a process that is not recorded, uvloop's own loop is as good as ever."""
    sys.meta_path[:] = [one for one in sys.meta_path if type(one) is not UvloopFinder]
    if 'uvloop' in sys.modules:
        put_back(lambda owner, name: owner is sys.modules['uvloop'])


def say_once(said):
    said = 'RecorderWarning: ' + said
    if recording and said not in TEXTS:
        emit(PW, text(said), 0)
        flush()


