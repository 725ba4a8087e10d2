# ---------------------------------------------------------------------------------------------
# The ready queue: every handle of a loop comes in, is run, and has ended

METHODS = {}                # id of a method's code -> number of its name
HANDLES = {}                # id of a handle or timer -> (number, TaskRecord or None)
CANCELLED = {}              # id(timer) -> its number, as long as its address is not used again
NO_HANDLE = 0, None

Handle, TimerHandle = events.Handle, events.TimerHandle


def classes(name, *modules):
    return frozenset(filter(None, (getattr(module, prefix + name, None)
                                   for module in modules for prefix in ('', '_Py', '_C'))))


GET_NAME = getattr(tasks.Task, 'get_name', None)
TASK_TYPES = classes('Task', tasks)
FUTURE_TYPES = classes('Future', futures)
GATHER_TYPES = classes('_GatheringFuture', tasks)
PYTHON_TASK = getattr(tasks, '_PyTask', tasks.Task)


class ReadyQueue(deque):
    """A loop's ready queue that notes what happens to it.

    Most handles do one of three things that a single line tells at their end. Until something
    else is to be noted, the running handle is `_open`: nothing of it was noted, not even that it
    began. Its beginning is the moment of the event before, which is the end of another handle."""

    __slots__ = 'handle', 'record', 'task', 'resumed', 'woken', 'yielded', 'polling', 'thread'

    def __init__(self, handles=()):
        deque.__init__(self, handles)
        self.handle = 0             # the number of the one that runs
        self.record = None          # of the task whose step it is
        self.task = None            # that task; the loop holds it too, by way of the handle
        self.resumed = None         # the innermost lane of that task, if it goes on
        self.woken = None           # while open: moment, future, handle and task of a wake-up
        self.yielded = None         # the handle of its next step, if it gave up its turn
        self.polling = 0            # 1 from the start of a tick to its first event, then 2
        self.thread = get_ident()

    def append(self, handle):
        put(self, handle)
        if not recording:
            return
        callback = handle._callback
        kind = type(callback)
        try:
            if kind is STEP_TYPE:
                task = callback.__self__
                if task is self.task:
                    self.yielded = handle           # noted at the end of the step
                else:
                    record = TASKS.get(id(task))
                    if record is None:
                        return make_task(task, getframe(1), has_step=True)
                    number = record.step = new_handle()
                    emit(HS_YIELDED if record.is_started else HS_CREATED, number, record.id)
            elif kind is BuiltinType and callback.__name__ == 'task_wakeup':
                self.wakeup(handle, callback.__self__)
            elif kind is MethodType and self.polling and not handle._args:
                self.hear(handle, callback)
            else:
                self.enter(handle, callback, kind)
        except Exception:
            fault()

    def step(self, handle, record):
        number = record.step = new_handle()
        if type(handle._callback) is not STEP_TYPE:
            HANDLES[id(handle)] = number, record
        emit(HS_YIELDED if record.is_started else HS_CREATED, number, record.id)

    def wakeup(self, handle, task):
        """A task's next step was scheduled, since the future that it awaited is done."""
        record = TASKS.get(id(task)) or make_task(task, getframe(2), is_started=True)
        future = handle._args[0]
        if record.waits == id(future):
            done = WAITED.pop(record.waits)     # it is the task's record itself
            record.waits, subject, is_new = 0, record.wait, True
        else:
            done = FUTURES.get(id(future)) or TASKS.get(id(future))
            subject = done.id if done is not None else 0
            is_new = type(done) is FutureRecord and not done.is_resolved
        if (is_new and _open is self and self.record is None and self.woken is None
                and future._state == 'FINISHED' and future._exception is None
                and get_ident() == self.thread):
            if done is not record:
                done.is_resolved = True
            number = new_handle()
            HANDLES[id(handle)] = number, record
            self.woken = now(), subject, number, record.id
            return
        if done is record:
            emit(FD, subject, outcome(future))
        elif done is None or not done.is_resolved:
            done = resolve(future)
            subject = done.id if done is not None else 0
        number = new_handle()
        HANDLES[id(handle)] = number, record
        emit(HS_WAKEUP, number, record.id, subject)

    def hear(self, handle, callback):
        """The outside has something to say, most often that a socket can be read. What is heard at
        once becomes one line."""
        global _heard
        function = callback.__func__
        name = METHODS.get(id(function.__code__)) if type(function) is FunctionType else None
        if name is None or self.polling == 1 or type(handle) is TimerHandle:
            return self.enter(handle, callback, MethodType)
        with LOCK:
            HANDLES[id(handle)] = number, _ = new_handle(), None
            if _heard is not None:
                if _heard[1] == name and _heard[0] + _heard[2] == number and _heard[2] < 64:
                    _heard[2] += 1
                    return
                tell_heard()
            _heard = [number, name, 1]

    def enter(self, handle, callback, kind):
        """A handle that is not a step of a C task entered the queue."""
        if self.polling and type(handle) is TimerHandle:
            known = HANDLES.get(id(handle))
            if known is not None:
                if self.polling == 1:
                    self.tick()
                return emit(HF, known[0])
            if handle._cancelled:
                return              # asyncio passes it on to the queue, and over it there
        if kind is WAKEUP_TYPE or STEP_TYPE is None or WAKEUP_TYPE is None:
            if learn_step_types(kind):
                return self.append(self.pop())
            if kind is WAKEUP_TYPE:
                task = getattr(callback, '__self__', None)
                return self.wakeup(handle, task or task_within(callback))
        if kind is MethodType and type(callback.__self__) is PYTHON_TASK:
            name = callback.__func__.__name__
            if name.endswith('__wakeup'):
                return self.wakeup(handle, callback.__self__)
            if name.endswith('__step'):
                record = TASKS.get(id(callback.__self__))
                return self.step(handle, record or make_task(callback.__self__, getframe(2)))
        if self.polling == 1:
            self.tick()
        arguments = handle._args
        done = None
        if arguments and future_kind(type(arguments[0])) and arguments[0]._state != 'PENDING':
            done = resolve(arguments[0])
        word, subject = callback_words(callback, kind, arguments)
        number = new_handle()
        HANDLES[id(handle)] = number, None
        if done and get_ident() == self.thread:
            emit(HS_RESOLVED, number, word, subject, done.id)
        else:
            external = self.polling or get_ident() != self.thread
            emit(HS, number, word, subject, 'external' if external else 'call_soon')

    def popleft(self):
        global _gap, _last, _open, _running
        leaf, record, frame = self.resumed, self.record, None
        if (self.yielded is not None and _open is self and not record.mixed and not _has_chores
                and _last < _search_after):
            if leaf.is_exact:
                frame = leaf.frame
            else:
                found = below(leaf)
                frame = found and found[0]
        line = frame and (leaf.code.lines.get(frame.f_lasti) or line_in(leaf, frame))
        if line is not None and _open is self:
            # What follows is `end`, for the most frequent case.
            _open = self.yielded = None
            before, _last = _last, now()
            number, record.step = self.handle, new_handle()
            note((HY, (_last - before, number, leaf.id, line, record.step, record.id)))
            if len(ENTRIES) > BATCH or _last > _next_flush:
                flush()
        elif self.handle:
            self.end()
        if CONTROL is not None:
            CONTROL.gate()
        handle = take(self)
        if not recording:
            if _is_over and not handle._cancelled:
                count_lost()
            return handle
        callback = handle._callback
        if type(callback) is STEP_TYPE:
            task = callback.__self__
            record = TASKS.get(id(task))
            number = record.step if record is not None else 0
        else:
            number, record = HANDLES.pop(id(handle), NO_HANDLE)
            task = record() if record is not None else None
        self.handle = number
        if not number:
            self.record = self.task = None
            return handle
        try:
            if self.polling:
                if self.polling == 1:
                    self.tick()
                self.polling = 0
                if _heard is not None:
                    tell_heard()
            self.record = _running = record
            if record is None:
                self.resumed = None
                _open = self
            else:
                self.task, self.resumed = task, record.leaf
                if record.is_started and record.leaf.state == STARTED and not record.leaves:
                    _open = self
                else:
                    self.resumed = None
                    emit(HB, number)
                    begin_step(record, task)
            if _gap:                    # something of ours took time
                _gap = False
                if _open is self:
                    open_up(now() - _last)
        except Exception:
            fault()
        return handle

    def __bool__(self):
        """Asked for once a tick, before the loop looks for what the outside has to say."""
        global _running
        if self.handle:
            self.end()
        if recording:
            _running = None
            self.polling = 1
            self.thread = thread = get_ident()
            if thread != _first_thread and _first_thread is not None:
                meet_thread(thread)
            if length(self):
                flush_if_due()
            else:
                flush()
        return length(self) > 0

    __nonzero__ = __bool__

    def __len__(self):
        """A loop asks before it takes the first handle. Whoever asks after one, and outside of
        it, has called `_run_once` himself; nothing of that handle may stay alive in us."""
        if self.handle and self.thread == get_ident() and not is_in_handle(getframe(1)):
            self.end()
        return length(self)

    def tick(self):
        self.polling = 2
        emit(LT, new_tick())

    def end(self):
        """The callback of the running handle has returned."""
        global _last, _open
        if not recording:
            self.handle, self.record = 0, None
            self.task = self.yielded = self.woken = _open = None
            return
        try:
            record, task = self.record, self.task
            if _has_chores or _last >= _search_after:
                do_chores(record, task)
            if record is not None:
                self.end_step(record, task)
                self.resumed = None
            elif _open is self:
                moment, woken = now(), self.woken
                if woken is not None and moment - woken[0] >= SOON:
                    open_up()
                    note((HE, (moment - _last,)))
                else:
                    # First closed, then noted: a garbage collection may have something to say.
                    _open = self.woken = None
                    if woken is None:
                        note((HB_HE, (self.handle, moment - _last)))
                    else:
                        note((HR, (moment - _last, self.handle, woken[1], woken[2], woken[3])))
                _last = moment
            else:
                emit(HE)
        except Exception:
            fault()
        self.handle, self.record = 0, None
        self.task = record = task = None
        if len(ENTRIES) > BATCH or _last > _next_flush:
            flush()

    def end_step(self, record, task):
        global _last, _open
        handle, self.yielded = self.yielded, None
        leaf = record.leaf
        if leaf is not self.resumed or record.mixed or task._state != 'PENDING':
            return end_changed_step(self, handle, record, task)
        if handle is not None:
            found = (leaf.frame,) if leaf.is_exact else below(leaf)
            if found is None:
                return end_changed_step(self, handle, record, task)
            line = line_in(leaf, found[0])
            moment = now()
            number = record.step = new_handle()
            if _open is self:
                _open = None
                note((HY, (moment - _last, self.handle, leaf.id, line, number, record.id)))
            else:
                note((HS_YIELDED, (moment - _last, number, record.id)))
                note((CW_ALONE, (0, leaf.id, line, 'yield')))
                note((HE, (0,)))
            _last = moment
            return
        future = task._fut_waiter
        known = FUTURES.get(id(future))
        if record.waits:
            WAITED.pop(record.waits, None)
            record.waits = 0
        kind = resource = 0
        reader = leaf.peer() if leaf.peer is not None else None
        reads_on = (reader is not None and reader.__dict__.get('_waiter') is future
                    and id(future) not in WAITED)
        if leaf.is_exact and (reads_on or known is not None and known.word):
            frame, word, place = leaf.frame, 'io', None
        else:
            found = below(leaf)
            if found is None:
                return end_changed_step(self, handle, record, task)
            frame, word, place = found
        if known is not None and known.word:
            word, number = known.word, known.id
        elif (reads_on or known is None and (word == 'io' or word in RESOURCE_WAITS)
                and KINDS.get(type(future)) == 'future' and id(future) not in WAITED):
            if reads_on:
                kind = leaf.purpose
            else:
                kind, resource = purpose_of(word, place, leaf)
            record.waits, record.word = id(future), word
            WAITED[record.waits] = record
            record.wait = number = new_future()
        else:
            word, number = wait_on(future, word, place)
        line = leaf.code.lines.get(frame.f_lasti) or line_in(leaf, frame)
        moment = now()
        if _open is self:
            _open = None
            if resource:
                note((HW_OF, (moment - _last, self.handle, leaf.id, line, word, number, kind,
                              resource)))
            elif kind:
                note((HW_NEW, (moment - _last, self.handle, leaf.id, line, word, number, kind)))
            else:
                note((HW, (moment - _last, self.handle, leaf.id, line, word, number)))
        else:
            if kind:
                note((FN_OF, (0, number, kind, resource)))
            note((CW, (moment - _last, leaf.id, line, word, number)))
            note((HE, (0,)))
        _last = moment


