# ---------------------------------------------------------------------------------------------
# Tasks only, for production: `--detail tasks`, and loops whose ready queue cannot be watched
#
# Every task enters a set of asyncio's as it is made; it is met there. Its first step is seen as it
# begins, its end as the loop goes on to the next handle, or as the task itself tells it. A task
# and its lane have the same number, and no other future has one.

NUMBERS = {}                # id of a task -> its number, negative once it has failed
UNSTARTED = {}              # id of a task that has not taken its first step -> its number
TASK_KINDS = {}             # id of a type of tasks -> that type
STEPS = set(ids(BuiltinType, STEP_TYPE))    # the types of callbacks that may be a task's step, and tell whose
HAS_EAGER = VERSION >= (3, 12)
HAS_HIDDEN_STEPS = WAKEUP_TYPE is not Handle    # whether there are others, which do not tell


class TaskQueue(LoopQueue):
    """A ready queue that notes only the first steps and the ends of tasks."""

    __slots__ = 'task',

    def __init__(self, handles=(), loop=None):
        LoopQueue.__init__(self, handles, loop)
        self.task = None                # whose step it is that runs

    @property
    def handle(self):
        return self.task is not None

    def popleft(self):
        task = self.task
        if task is not None and task._state != 'PENDING':
            task_ended(task)
        if CONTROL is not None:
            with LOCK:
                CONTROL.gate()
        try:
            handle = take(self)
        except IndexError:
            if isinstance(self, Left):      # the recording has just been stopped
                return self.popleft()
            raise
        callback = handle._callback
        if id(type(callback)) in STEPS:
            self.task = task = callback.__self__
            if HIDES_TASKS and type(callback) is STEP_TYPE and NUMBERS.get(id(task), 0) <= 0:
                meet_new(task)              # no loop's `create_task` has made it
            if id(type(task)) not in TASK_KINDS:
                self.task = None            # a method in C of something else
            elif UNSTARTED:
                number = UNSTARTED.pop(id(task), 0)
                if number:
                    task_begins(task, number)
        else:
            self.task = hidden_task(callback) if HAS_HIDDEN_STEPS else None
        return handle

    def end_tick(self):
        self.close()
        self.thread = get_ident()
        if recording and (HEARD or ENTRIES):
            if HEARD:
                tell_new_task()
            self.write_what_is_due()

    def close(self):
        """The running handle has ended."""
        task, self.task = self.task, None
        if task is not None and task._state != 'PENDING':
            task_ended(task)


def hidden_task(callback):
    """Up to 3.9: the task that goes on, if a callback is the wake-up of one that is written in C."""
    task = task_within(callback) if type(callback) is WAKEUP_TYPE else None
    return task if id(type(task)) in TASK_KINDS else None


UNWATCHED = ()              # the type of a loop that cannot be given our queue
current_task = getattr(tasks, 'current_task', None) or tasks.Task.current_task
PYTHON_TASKS = getattr(tasks, '_current_tasks', {})     # from 3.14 on, those of C are not in it


def task_of_loop(loop):
    if loop is None:
        return None
    task = PYTHON_TASKS.get(loop) if PYTHON_TASKS else None
    return task if task is not None and id(task) not in TASKS else current_task(loop) or task


if (3, 7) <= VERSION < (3, 14):
    task_of_loop = tasks._current_tasks.get
all_tasks = getattr(tasks, 'all_tasks', None) or tasks.Task.all_tasks


def living_tasks():
    """The weak set in which asyncio keeps all tasks, those that have ended too."""
    register = getattr(tasks, '_scheduled_tasks' if VERSION >= (3, 12) else '_all_tasks', None)
    if register is None:                # 3.6: a weak set to which nothing but C refers
        sets = [thing for thing in objects_alive() if type(thing) is weakref.WeakSet]
        register, = [one for one in sets if not any(
            type(referrer) is dict for referrer in gc.get_referrers(one))]
    return register


def watch_tasks(meet):
    global enlist
    register = living_tasks()
    enlist = register.add
    replace(register, 'add', meet)


def begin_late(loop):
    """Tasks that a loop has made before we came, or one in another thread since, and may have begun."""
    for task in in_order_of_making(all_tasks(loop)):
        if NUMBERS.get(id(task), 0) <= 0:
            meet_new(task, 0)           # nobody knows any more who has made it
        if id(task) in UNSTARTED and (type(task._coro) is not CoroutineType or has_begun(task._coro)):
            task_begins(task, UNSTARTED.pop(id(task)))
    running = task_of_loop(loop)
    if id(running) in NUMBERS:
        loop._ready.task = running


def is_new_kind(task):
    """Whether this is a task of a type that was not met before."""
    kind = type(task)
    if future_kind(kind) != 'task':
        return False
    TASK_KINDS[id(kind)] = kind
    if PYTHON_TASK in bases_of(kind):
        STEPS.update(ids(MethodType))
    return True


def meet_task(task):
    enlist(task)
    meet_new(task)


def meet_made(task):
    """From 3.14 on: a loop has made a task. Of one that has ended already nothing is told, as before.
    At its address there may have been one that nobody has seen to end."""
    if task._state != 'PENDING':
        NUMBERS.pop(id(task), None)
    elif NUMBERS.get(id(task), 0) <= 0 or PYTHON_TASK not in bases_of(type(task)):
        meet_new(task)


def meet_new(task, by=None):
    """A task is being made, by the one that runs or that of a number."""
    global _last
    if not recording:
        return
    try:
        if id(type(task)) not in TASK_KINDS and not is_new_kind(task) or task._state != 'PENDING':
            return
        if HEARD:
            tell_new_task()
        key, loop, coroutine = id(task), task._loop, task._coro
        is_coroutine = type(coroutine) is CoroutineType
        code = coroutine.cr_code if is_coroutine else parts(coroutine)[1]
        site = SITES.get(id(code)) or site_of(coroutine, code)
        if by is None:
            by = max(NUMBERS.get(id(task_of_loop(loop)), 0), 0)     # or it is an eager one not met yet
        NUMBERS[key] = number = new_lane()
        if HAS_EAGER and is_coroutine and coroutine.cr_suspended:
            site = f'{site}]\n["tw",0,{number}'         # it has taken its first step
        elif UNWATCHED and isinstance(loop, UNWATCHED):
            say_once('Of a loop of uvloop\'s, only its tasks are recorded.')
            site = f'{site}]\n["tw",0,{number}'
            task.add_done_callback(uvloop_task_ended)
        else:
            UNSTARTED[key] = number
        before, _last = _last, now()
        if VERSION < (3, 13):
            # It gets its name a moment later: it is told with what comes next.
            hear((weakref.ref(task), _last - before, number, by, site))
        else:
            tell_task(task, _last - before, number, by, site)
    except Exception:
        fault()


SITES = {}                  # id of a code object, which CODES keeps alive -> what `tl` says of it


def site_of(coroutine, code):
    if type(coroutine) is DEBUG_WRAPPER:
        return site_of(coroutine.gen, parts(coroutine.gen)[1])
    if code is None:
        return '%d' % text(UnknownCode(coroutine).name + '()')
    about = code_of(code)
    site = SITES[id(code)] = '%d,%s' % (text(about.name + '()'), about.site)
    return site


def tell_new_task():
    try:
        reference, delay, number, by, site = HEARD.pop()
    except IndexError:
        return                          # another thread has just told it
    tell_task(reference(), delay, number, by, site)


def tell_task(task, delay, number, by, site):
    name = rare_text(task_name(task, number))
    note((TL, delay, number, name, by, site))


def task_begins(task, number):
    """A task's first step is about to be taken. Cancelled before that, it is only told to be over."""
    global _last
    try:
        # Into the call of an async generator's, a cancellation is thrown as it begins.
        if recording and not (task._must_cancel and parts(task._coro)[1]):
            if HEARD:
                tell_new_task()
            before, _last = _last, now()
            note((TW, _last - before, number, '', '', ''))
    except Exception:
        fault()


def task_ended(task):
    global _last
    key = id(task)
    number = NUMBERS.get(key, 0)
    if not recording or number <= 0:
        return
    try:
        del NUMBERS[key]                # an eager one that nobody sees may come to its address
        if task._exception is None and task._state == 'FINISHED':
            if HEARD:
                tell_new_task()
            before, _last = _last, now()
            note((TE, _last - before, number, '', '', ''))
        elif task._state == 'CANCELLED':
            emit(CC_FD, number, number)
        else:
            NUMBERS[key] = -number      # asyncio may complain of it
            trace = text(trace_text(root_entry(task)))
            emit(CX_FD, number, text(exception_text(task._exception)), trace, number)
    except Exception:
        fault()


def root_entry(task):
    entry, code = traceback_of(task._exception), parts(task._coro)[1]
    while entry is not None and entry.tb_frame.f_code is not code:
        entry = entry.tb_next
    return entry


def uvloop_task_ended(task):
    task_ended(task)
    flush_if_due()


class LeftTaskQueue(Left, TaskQueue):
    __slots__ = ()


QUEUES = ReadyQueue, SharedQueue, MeetingQueue, PassingQueue, TaskQueue
for _kind in QUEUES + (LeftReadyQueue, LeftTaskQueue):      # what a program sees of them is a deque
    _kind.__name__ = _kind.__qualname__ = 'deque'
    _kind.__module__ = 'collections'
QUEUE = ReadyQueue
