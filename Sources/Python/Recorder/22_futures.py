# ---------------------------------------------------------------------------------------------
# Identities: futures and tasks, and what is said of one that is met for the first time
#
# Lanes and records are defined before this; what asyncio's types are, in `31_arrivals.py`.

KINDS = {}                  # id of a type -> Kind
forget_kind, forget_future, forget_task = forgetting(KINDS), forgetting(FUTURES), forgetting(TASKS)


class Kind(weakref.ref):
    """What sort of future a type is: its word is 'task', 'gather', 'future' or None."""

    __slots__ = 'key', 'word'


def future_kind(kind):
    """What sort of future a type is. Only types are looked at, and neither compared nor hashed: a
    callback's argument may be any object, and nothing of it or of its class may run."""
    known = KINDS.get(id(kind)) or meet_kind(kind)
    return known.word


bases_of = type.__dict__['__mro__'].__get__


def meet_kind(kind):
    known = Kind(kind, forget_kind)
    known.key = id(kind)
    known.word = next(filter(None, map(FUTURE_WORDS.get, map(id, bases_of(kind) or ()))), None)
    KINDS[known.key] = known
    return known


def future_id(future, word=''):
    """The number of a task or future, made known if it is new; 0 for what is neither."""
    kind = future_kind(type(future))
    if kind is None:
        return 0
    if kind == 'task':
        return (TASKS.get(id(future)) or make_task(future, getframe(1))).id
    return (FUTURES.get(id(future)) or make_future(future, word, kind)).id


def know_future(future, word):
    """The record of a future that was met for the first time. Whoever asks for it tells of it."""
    record = FutureRecord(future, forget_future)
    record.key, record.word, record.is_resolved = id(future), word, False
    FUTURES[record.key] = record
    return record


def make_future(future, word, kind='future', purpose=0, resource=0):
    """A future was met for the first time. What it is for is a text."""
    if HEARD:
        tell_heard()
        if id(future) in FUTURES:           # by somebody who waits for it
            return FUTURES[id(future)]
    record = know_future(future, word or ('gather' if kind == 'gather' else ''))
    if record.key in WAITED:
        waiting = WAITED.pop(record.key)
        waiting.waits, record.id, record.word = 0, waiting.wait, waiting.word
        return record
    with LOCK:
        record.id = new_future()
        purpose = purpose or text(record.word or 'future')
        if resource:
            emit(FN_OF, record.id, purpose, resource)
        else:
            emit(FN, record.id, purpose)
    if kind == 'gather':
        add_members(record.id, future._children)
    return record


def make_task(task, by, is_started=False, has_step=False):
    """A task was met for the first time, maybe as its first step was scheduled."""
    maker = notice(by) if finds_by_scanning else lane_that_runs(by)
    coroutine = task._coro
    if type(coroutine) is DEBUG_WRAPPER:
        coroutine = coroutine.gen
    lane = lane_of(coroutine, by)
    if lane is None or lane.task is not None or lane.awaiter is not None:
        lane = make_lane(UnknownCode(coroutine, task), by)
        if not exact:
            meet_closer(coroutine)
    # A library's eager one, which has given up its turn in its first step.
    has_yielded = has_step and exact and type(coroutine) is CoroutineType and coroutine.cr_suspended
    has_step = has_step and not has_yielded
    record = TaskRecord(task, task_gone)
    record.key = id(task)
    record.lane = record.leaf = lane
    record.by = maker
    record.leaves = None if is_started else ()      # the lanes to resume if there are several
    record.mixed, record.lanes = False, (lane,)
    record.is_started, record.is_resolved = is_started, False
    record.waits = 0            # the id of a future in WAITED; then `wait` is its number
    record.step = record.first = 0      # the handle of its next step, and of the first if that is told
    record.again = None         # the place where it stands, if `hy` or `hz` told that it gave up its
                                # turn; ~place, if `hw` or `ha` told of a future made for its wait
    record.name = None
    lane.task = record
    TASKS[record.key] = record
    introduce(record, task, has_step)
    if (not has_step and lane.state == PENDING and type(coroutine) in (CoroutineType, type(None))
            and (not lane.is_exact or coroutine.cr_suspended)):
        say_begun(record, task, coroutine)
    return enter_step(record) if has_yielded else record


def meet_closer(closer):
    """Before 3.12: a task is to close an async generator that had died, and lives once more."""
    for thing in referents(closer):
        if type(thing) is AsyncGeneratorType:
            watch_closing(thing)


def watch_closing(generator):
    lane = LANES.get(id(generator.ag_frame))
    if lane is not None and lane.coroutine is None:
        lane.watch(generator)
        lane.coroutine.is_closing = True


def task_name(task, number):
    try:
        return str(GET_NAME(task)) if task is not None else 'Task-?'
    except (AttributeError, TypeError):         # up to 3.7 they have none
        return 'Task-%d' % number


def say_begun(record, task, coroutine):
    """A task that had begun before it was met: an eager one of a library, or we came later."""
    if coroutine is not None and not has_begun(coroutine):
        return
    record.is_started = True
    if coroutine is None or coroutine.cr_running or coroutine.cr_frame is None:
        record.lane.state = STARTED
        emit(CS, record.lane.id)
        if task._state != 'PENDING':
            end_task(record, task)
        elif exact and takes_eager_step(task):
            begin_eager_step(record)
    else:
        say_wait(record, task._fut_waiter, *follow_late(record, coroutine))


def follow_late(record, coroutine):
    """Follows a chain of awaits that had begun before we came."""
    found = follow(record, coroutine)
    if exact:
        begin_new(record, record.lanes, 0)
    return found


def meet_loop(loop, queue):
    """We come later than the loop: there are tasks and handles, and one of them runs."""
    global _queue
    running = task_of_loop(loop)
    for task in in_order_of_making(all_tasks(loop)):
        if (task is not running and future_kind(type(task)) == 'task' and task._state == 'PENDING'
                and id(task) not in TASKS):
            make_task(task, None)
    for timer in sorted(handle for handle in loop._scheduled if not handle._cancelled):
        set_timer(timer, timer._when, timer._callback, timer._args)
    queue.coming.clear()
    for handle in list(islice(queue, length(queue))):
        put(queue.coming, None if handle._cancelled else queue.meet(handle))
    queue.polling = not runs_handle(getframe(1))
    if future_kind(type(running)) == 'task':
        _queue = queue
        record = queue.record = TASKS.get(id(running)) or make_task(running, None)
        queue.task, queue.handle, queue.resumed = running, new_handle(), None
        emit(HS_YIELDED, queue.handle, record.id)
        emit(HB, queue.handle)
        record.is_started = True
        if record.lane.state == PENDING:
            follow_late(record, running._coro)
        if exact:
            begin_running(getframe(1))


def in_order_of_making(things):
    """As far as the garbage collector's lists tell: it keeps what is young by itself."""
    known, found = dict(zip(map(id, things), things)), []
    for generation in ((2,), (1,), (0,)) if VERSION >= (3, 8) else ((),):
        numbers = map(id, objects_alive(*generation))      # in C: there may be millions
        found += map(known.pop, filter(known.__contains__, numbers))
    return found + list(known.values())


def runs_handle(frame):
    """Whether a loop is in a handle, not looking for what the outside has to say."""
    while frame is not None and frame.f_code.co_name != '_run_once':     # a loop may have one of its own
        if frame.f_code is Handle._run.__code__:
            return True
        frame = frame.f_back
    return False


def begin_running(frame):
    """Coroutines that run already, one within the other."""
    frames = []
    while frame is not None and frame.f_code is not RUN_ONCE:
        if frame.f_code.co_flags & COROUTINE and code_of(frame.f_code).is_watched:
            frames.append(frame)
        frame = frame.f_back
    for frame in reversed(frames):
        if not is_told(frame):
            start_lane(frame, code_of(frame.f_code))


def is_told(frame):
    """Whether a coroutine that runs was told to have started."""
    lane = LANES.get(id(frame))
    return lane is not None and lane.state == STARTED


def introduce(record, task, has_step):
    """A task, and its first step if that is scheduled, in one line."""
    record.id = new_future()
    if has_step:
        record.step = record.first = new_handle()
    if VERSION < (3, 13):
        return defer(record)            # it gets its name a moment later
    record.name = task_name(task, record.id)
    record.text_id = rare_text(record.name)
    template, number, lane, name, by = record.event()
    emit(template, number, lane, name, by)


class UnknownCode:
    """Stands for the code of a coroutine that has none, such as one of Cython's, or of a call of an
    async generator's."""

    co_firstlineno = co_flags = 0
    is_watched, wait = False, ''
    arguments = ()
    site = '0,0'

    def __init__(self, coroutine, task=None):
        self.code = self
        self.name = name = type_name(type(coroutine))
        told = told_in_c(coroutine, '__qualname__')
        if type(told) is str:
            self.name = told
        if coroutine is None:               # it has ended in its first step
            given = task_name(task, 0)
            self.name = 'eager task' if given.startswith(('Task-', 'None')) else given
        elif name.startswith('async_generator_a'):
            for thing in referents(coroutine):
                if type(thing) is AsyncGeneratorType:
                    call = 'asend' if name.endswith('asend') else 'aclose'
                    self.name = '%s.%s' % (code_of(thing.ag_code).name, call)


def task_gone(record):
    forget_task(record)
    if WAITED.get(record.waits) is record:
        del WAITED[record.waits]
    if record.is_resolved:              # no circle is left to the garbage collector
        record.lane.task, record.leaf = None, record.lane
    LATE.append(record)


LATE = deque(maxlen=16)     # tasks that died last: asyncio complains of some a moment later


