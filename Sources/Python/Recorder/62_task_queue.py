# ---------------------------------------------------------------------------------------------
# Tasks only, for production: `--detail tasks`, and loops whose ready queue cannot be watched
#
# Every task enters a set of asyncio's as it is made. Its end is seen between two handles, or told
# by the task itself.

UNSTARTED = set()           # ids of tasks that have not taken their first step


class TaskQueue(deque):
    """A ready queue that notes only the first steps and the ends of tasks."""

    __slots__ = 'task', 'is_first', 'thread'

    def __init__(self, handles=()):
        deque.__init__(self, handles)
        self.task = None                # whose step the running handle is
        self.is_first = False           # whether it is that task's first
        self.thread = get_ident()

    @property
    def handle(self):
        return self.task is not None

    def popleft(self):
        task = self.task
        if task is not None and (task._state != 'PENDING' or self.is_first):
            self.end()
        handle = take(self)
        callback = handle._callback
        kind = type(callback)
        if kind is BuiltinType or kind is MethodType:
            task = callback.__self__
            self.task = task if KINDS.get(type(task)) == 'task' else None
        elif kind is STEP_TYPE:
            self.task = task = callback.__self__
            self.is_first = id(task) in UNSTARTED
        elif kind is FunctionType:
            self.task = None
        else:
            self.task = task = task_of(callback)
            self.is_first = id(task) in UNSTARTED
        return handle

    def __bool__(self):
        if self.task is not None:
            self.end()
        self.thread = get_ident()
        if ENTRIES and recording:
            flush_if_due()
        return length(self) > 0

    __nonzero__ = __bool__

    def end(self):
        task, self.task, self.is_first = self.task, None, False
        try:
            UNSTARTED.discard(id(task))
            record = TASKS.get(id(task))
            if record is None or not recording:
                return
            lane = record.lane
            if lane.state == PENDING:
                lane.state = STARTED
                emit(CS, lane.id)
                if task._state == 'PENDING':
                    emit(CW_ALONE, lane.id, lane.line_number(), 'unknown')
            if task._state != 'PENDING' and not record.is_resolved:
                end_task(record, task)
        except Exception:
            fault()


UNWATCHED = ()              # the type of a loop that cannot be given our queue


def watch_tasks():
    """Every task is noted as it is made. On a loop that has no queue of ours, it tells itself when
    it is done."""
    register = getattr(tasks, '_scheduled_tasks' if VERSION >= (3, 12) else '_all_tasks', None)
    add = register.add if register is not None else None

    def registered(task):
        if add is not None:
            add(task)
        try:
            if recording and id(task) not in TASKS and future_kind(type(task)) == 'task':
                if not isinstance(task._loop, UNWATCHED):
                    make_task(task, getframe(1))
                else:
                    say_once(u'Of a loop of uvloop\'s, only its tasks are recorded.')
                    lane = make_task(task, getframe(1), is_started=True).lane
                    lane.state = STARTED
                    emit(CS, lane.id)
                    emit(CW_ALONE, lane.id, 0, 'unknown')
                    task.add_done_callback(done)
                    flush_if_due()
        except Exception:
            fault()

    def done(task):
        try:
            record = TASKS.get(id(task))
            if recording and record is not None and not record.is_resolved:
                end_task(record, task)
                flush_if_due()
        except Exception:
            fault()
    if add is not None:
        register.add = registered
        return
    create = base_events.BaseEventLoop.create_task      # 3.6 keeps its set to itself

    def create_task(self, coro):
        task = create(self, coro)
        registered(task)
        return task
    base_events.BaseEventLoop.create_task = named_like(create, create_task)


QUEUES = ReadyQueue, SharedQueue, TaskQueue
for _kind in QUEUES:                # what a program sees of them is a deque
    _kind.__name__ = _kind.__qualname__ = 'deque'
    _kind.__module__ = 'collections'
QUEUE = ReadyQueue


