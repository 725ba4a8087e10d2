class TaskQueue(deque):
    """A ready queue that notes only the beginning and end of tasks."""

    __slots__ = 'handle', 'task', 'thread'

    def __init__(self, handles=()):
        deque.__init__(self, handles)
        self.handle, self.task = 0, None        # whether a handle has to be ended, and its task
        self.thread = get_ident()

    def append(self, handle):
        put(self, handle)
        callback = handle._callback
        kind = type(callback)
        if (kind is STEP_TYPE and id(callback.__self__) in TASKS or not recording
                or kind is BuiltinType or kind is FunctionType
                or kind is MethodType and KINDS.get(type(callback.__self__), 0) is None):
            return
        try:
            task = task_of(callback)
            if task is not None and id(task) not in TASKS:
                make_task(task, getframe(1))
        except Exception:
            fault()

    def popleft(self):
        task = self.task
        if task is not None and (task._state != 'PENDING' or id(task) in UNSTARTED):
            self.end()
        handle = take(self)
        callback = handle._callback
        kind = type(callback)
        if kind is STEP_TYPE:
            self.task = callback.__self__
        elif kind is BuiltinType or kind is MethodType:
            task = callback.__self__
            self.task = task if KINDS.get(type(task)) == 'task' else None
        else:
            self.task = None if kind is FunctionType or not recording else task_of(callback)
        self.handle = self.task is not None
        return handle

    def __bool__(self):
        if self.handle:
            self.end()
        self.thread = get_ident()
        if ENTRIES and recording:
            flush_if_due()
        return len(self) > 0

    __nonzero__ = __bool__

    def end(self):
        task, self.task, self.handle = self.task, None, 0
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


QUEUES = ReadyQueue, SharedQueue, TaskQueue
for _kind in QUEUES:                # what a program sees of them is a deque
    _kind.__name__ = _kind.__qualname__ = 'deque'
    _kind.__module__ = 'collections'
QUEUE = ReadyQueue


