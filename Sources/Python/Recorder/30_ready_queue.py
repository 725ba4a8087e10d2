# ---------------------------------------------------------------------------------------------
# The ready queue: every handle of a loop comes in, is run, and has ended
#
# This is where the recorder's time goes: two calls a handle, `append` and `popleft`. What is asked
# first in them is what is most frequent.

Handle, TimerHandle = events.Handle, events.TimerHandle
HANDLES = {}                # id of a handle or timer -> its number
READERS = {}                # id of a handle that the selector schedules again and again -> Reader
MOST_AT_ONCE = 64           # handles of one line

put, take, length = deque.append, deque.popleft, deque.__len__
new_tick = count(1).__next__
CONTROL = RING = None
UNWRITTEN = []
_creator = 0                # the lane that made what is found after its step
_unidentified = 0           # how many lanes have no object yet
_has_chores = False         # whether anything is to be done at the end of a handle
finds_by_scanning = False
is_plain = True             # whether there are no threads, and no coroutine was driven by hand


class LoopQueue(deque):
    """What ready queues of ours have in common."""

    __slots__ = 'loop', 'poll', 'thread', 'is_beside'

    def __init__(self, handles=(), loop=None):
        deque.__init__(self, handles)
        self.loop = weakref.ref(loop) if loop is not None else None
        self.poll = None            # tells whether the loop's selector has something for it
        self.thread = get_ident()
        self.is_beside = False      # whether the loop keeps what it is to call in another one, and this one is empty

    def __bool__(self):
        """Asked for by its loop once a tick; and by libraries, within handles and in other threads."""
        frame = getframe(1)
        if frame.f_code is RUN_ONCE or not (
                runs_handle(frame) or events._get_running_loop() is not (self.loop and self.loop())):
            self.end_tick()
            if isinstance(self, Left):          # meanwhile the recording was stopped
                return bool(self)
        return length(self) > 0 and not self.is_beside

    def write_what_is_due(self):
        """Before the loop looks outside: all that was noted, if it is to wait there."""
        if length(self) or self.has_guests():
            flush_if_due()
        else:
            flush()

    def has_guests(self):
        """Whether something from outside is ready, as far as that can be asked."""
        if self.poll is None:
            selector = getattr(self.loop and self.loop(), '_selector', None)
            if type(selector) is not getattr(selectors, 'EpollSelector', None):
                return False
            self.poll = polling(selector.fileno())
        return self.poll(0)


class ReadyQueue(LoopQueue):
    """A loop's ready queue that notes what happens to it.

    Most handles do one of a few things that a single line tells at their end. Until something
    else is to be noted, the running handle is `_open`: nothing of it was noted, not even that it
    began. Its beginning is the moment of the event before, which is the end of another handle.

    `coming` has what is known of each handle in the queue: the record of the task whose step it
    is, a number, or None, where `HANDLES` has to be asked."""

    __slots__ = ('coming', 'handle', 'record', 'task', 'resumed', 'woken', 'woken_at', 'woken_by',
                 'yielded', 'polling', 'outer')

    def __init__(self, handles=(), loop=None):
        LoopQueue.__init__(self, handles, loop)
        self.coming = deque()
        self.align()
        self.handle = 0             # the number of the one that runs
        self.record = None          # of the task whose step it is
        self.task = None            # that task; the loop holds it too, by way of the handle
        self.resumed = None         # the innermost lane of that task, if all it does is to go on
        self.woken = None           # while open: the record of a task that goes on
        self.woken_at = self.woken_by = 0       # when, and the number of the future that is done
        self.yielded = False        # whether the task gave up its turn
        self.polling = False        # from the start of a tick to its first handle
        self.outer = []             # records and tasks of handles in which the loop runs again

    def align(self):
        """Somebody has changed the queue behind our back, or it is new."""
        self.coming.clear()
        self.coming.extend([None] * length(self))

    def append(self, handle):
        put(self, handle)
        if self.polling:
            return                      # it is met when the first handle of the tick is taken
        try:
            callback = handle._callback
            kind = type(callback)
            if kind is BuiltinType and handle._args:
                record = TASKS.get(id(callback.__self__))
                if record is not None and record.waits == id(handle._args[0]):
                    # A task goes on: the future that was made for its wait is done.
                    del WAITED[record.waits]
                    record.waits = 0
                    put(self.coming, record)
                    return wake(self, record, record.wait, handle._args[0])
            elif kind is STEP_TYPE and callback.__self__ is self.task:
                self.yielded = True         # which is noted at the end of the step
                return put(self.coming, self.record)
            put(self.coming, self.meet(handle))
        except Exception:
            fault()
            self.align()

    def meet(self, handle):
        """Notes that a handle has entered. Returns what `coming` is to have of it."""
        callback = handle._callback
        kind = type(callback)
        if kind is BuiltinType and callback.__name__ == 'task_wakeup':
            return enter_wakeup(self, callback.__self__, handle._args[0])
        if kind is STEP_TYPE:
            task = callback.__self__
            record = TASKS.get(id(task))
            return enter_step(record) if record else make_task(task, getframe(2), has_step=True)
        return enter(self, handle, callback, kind)

    def meet_outside(self, arrived):
        """What has entered since the tick began was found ready by the selector, or comes from
        another thread. Readers with the same name, one after the other, become one line."""
        name = found = 0
        for handle in arrived:
            reader = READERS.get(id(handle))
            if found and (reader is None or reader.name != name or found == MOST_AT_ONCE):
                emit(HX, first, name, found)
                found = 0
            if reader is None:
                put(self.coming, self.meet(handle))
                continue
            number = new_handle()
            if not found:
                first, name = number, reader.name
            found += 1
            put(self.coming, number)
        if found:
            emit(HX, first, name, found)

    def popleft(self):
        global _open, _gap
        if self.handle:
            self.end()
        if self.polling:
            if not recording:
                return PassingQueue.popleft(self)
            self.begin_tick()
        if CONTROL is not None:
            self.forget()
            CONTROL.gate()
            if isinstance(self, Left):
                return self.popleft()
        handle = take(self)
        try:
            record = take(self.coming)
            if type(record) is TaskRecord:
                self.handle, self.record, self.task = record.step, record, record()
                leaf = self.resumed = record.leaf
                if record.leaves is None and leaf.state == STARTED:
                    _open = self
                else:
                    self.resumed = None
                    emit(HB, self.handle)
                    begin_step(record, self.task)
            else:
                self.handle = record or HANDLES.pop(id(handle), 0)
                self.record = self.task = None
                if self.handle:
                    _open = self
            if _gap:                    # something of ours took time
                _gap = False
                if _open is self:
                    open_up(now() - _last)
        except Exception as error:
            self.forget()
            if type(error) is not IndexError:       # or somebody has changed the queue
                fault()
        return handle

    def end_tick(self):
        """The loop is about to look for what the outside has to say."""
        global _queue
        _queue = self
        if self.handle:
            self.close()
        unmet = length(self) - length(self.coming)
        if unmet < 0 or unmet and not self.polling:
            self.align()
        self.polling = True
        self.thread = get_ident()
        if not length(self) and not self.is_beside:
            look_for_standstill(self)
        self.write_what_is_due()

    def __len__(self):
        """A loop asks before it takes the first handle. Whoever asks after one, and outside of
        it, has called `_run_once` himself; nothing of that handle may stay alive in us."""
        if self.handle and self.thread == get_ident() and not runs_handle(getframe(1)):
            self.close()
        return 0 if self.is_beside else length(self)

    def begin_tick(self):
        """The first handle of a tick is about to run, if there is one that was not cancelled."""
        arrived = list(islice(self, length(self.coming), None))
        if all(handle._cancelled for handle in list(islice(self, 1)) + arrived):
            self.coming.extend([None] * len(arrived))
            return
        try:
            emit(LT, new_tick())
            self.meet_outside(arrived)
        except Exception:
            fault()
            self.align()
        self.polling = False

    def end(self):
        """The callback of the running handle has returned."""
        global _last, _open
        try:
            record = self.record
            if _has_chores:
                do_chores(record, self.task)
            if record is not None:
                if _open is not self or not step_again(self, record):
                    end_step(self, record, self.task)
            elif _open is not self:
                say_ended(self)
            else:
                # First closed, then noted: a garbage collection may have something to say.
                moment, woken = now(), self.woken
                if woken is None:
                    _open = None
                    note((HD, moment - _last, self.handle, '', '', ''))
                elif moment - self.woken_at < SOON:
                    _open = self.woken = None
                    note((HR, moment - _last, self.handle, self.woken_by, woken.step, woken.id))
                else:
                    open_up()
                    note((HE, moment - _last, '', '', '', ''))
                _last = moment
        except Exception:
            fault()
        if _last > _due:
            do_what_is_due()

    def close(self):
        """The running handle has ended, and no other one follows at once."""
        self.end()
        self.forget()

    def forget(self):
        self.handle = 0
        self.record = self.task = self.woken = None


_queue = NO_QUEUE = ReadyQueue()        # that from which a handle was taken last


def do_what_is_due():
    global _has_chores
    if _last > _flush_after:
        flush()
    if _last > _search_after:
        _has_chores = True


