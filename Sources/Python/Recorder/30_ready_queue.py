# ---------------------------------------------------------------------------------------------
# The ready queue: every handle of a loop comes in, is run, and has ended
#
# This is where the recorder's time goes: two calls a handle, `append` and `popleft`. What is asked
# first in them is what is most frequent.

Handle, TimerHandle = events.Handle, events.TimerHandle
HANDLES = {}                # id of a handle or timer -> its number
READERS = {}                # id of a handle that the selector schedules again and again -> Reader

put, take, length = deque.append, deque.popleft, deque.__len__
new_tick = count(1).__next__
CONTROL = RING = None
UNWRITTEN, EAGER = [], []
_running = None             # the record of the task whose step runs
_creator = 0                # the lane that made what is found after its step
_unidentified = 0           # how many lanes have no object yet
_has_chores = False         # whether anything is to be done at the end of a handle
finds_by_scanning = False
is_plain = True             # whether no coroutine was driven by hand, or by an eager task


class ReadyQueue(deque):
    """A loop's ready queue that notes what happens to it.

    Most handles do one of three things that a single line tells at their end. Until something
    else is to be noted, the running handle is `_open`: nothing of it was noted, not even that it
    began. Its beginning is the moment of the event before, which is the end of another handle.

    `coming` has what is known of each handle in the queue: the record of the task whose step it
    is, a number, or None, where `HANDLES` has to be asked."""

    __slots__ = ('coming', 'expect', 'next_known', 'handle', 'record', 'task', 'resumed', 'woken',
                 'yielded', 'polling', 'thread')

    def __init__(self, handles=()):
        deque.__init__(self, handles)
        self.coming = deque()
        self.expect, self.next_known = self.coming.append, self.coming.popleft
        self.align()
        self.handle = 0             # the number of the one that runs
        self.record = None          # of the task whose step it is
        self.task = None            # that task; the loop holds it too, by way of the handle
        self.resumed = None         # the innermost lane of that task, if it goes on
        self.woken = None           # while open: moment, future, handle and task of a wake-up
        self.yielded = False        # whether the task gave up its turn
        self.polling = 0            # 1 from the start of a tick to its first event, then 2
        self.thread = get_ident()

    def align(self):
        """Somebody has changed the queue behind our back, or it is new."""
        self.coming.clear()
        self.coming.extend([None] * length(self))

    def append(self, handle):
        put(self, handle)
        if not recording:
            return self.expect(None)
        if self.polling:
            reader = READERS.get(id(handle))
            if reader is not None:
                if self.polling == 1:
                    self.tick()
                number = new_handle()
                self.expect(number)
                hear((number, reader.name))
                return
        callback = handle._callback
        kind = type(callback)
        try:
            if kind is STEP_TYPE:
                task = callback.__self__
                if task is self.task:
                    self.yielded = True             # noted at the end of the step
                    record = self.record
                else:
                    record = TASKS.get(id(task))
                    if record is None:
                        record = make_task(task, getframe(1), has_step=True)
                    else:
                        enter_step(record)
            elif kind is BuiltinType and callback.__name__ == 'task_wakeup':
                record = enter_wakeup(self, callback.__self__, handle._args[0])
            else:
                record = enter(self, handle, callback, kind)
            self.expect(record)
        except Exception:
            fault()
            self.align()

    def popleft(self):
        global _gap, _last, _open, _running
        record, leaf = self.record, self.resumed
        if (self.yielded and _open is self and not _has_chores and _last < _search_after
                and leaf is record.leaf and not record.mixed and not record.waits):
            # What most steps do, to give up the turn, ends here; all others in `end`.
            frame = leaf.frame if leaf.is_exact else (below(leaf) or (None,))[0]
            line = frame and (leaf.code.lines.get(frame.f_lasti) or line_in(leaf, frame))
            if line and _open is self:
                _open = None
                number, before, _last = self.handle, _last, now()
                record.step = following = new_handle()
                if record.again == line:
                    note(f'["hz",{_last - before},{number},{following}]\n')
                else:
                    record.again = line
                    note(f'["hy",{_last - before},{number},{leaf.id},{line},{following},'
                         f'{record.id}]\n')
                self.handle, self.yielded = 0, False
                self.record = self.task = self.resumed = None
                if len(ENTRIES) > BATCH or _last > _next_flush:
                    flush()
        if self.handle:
            self.end()
        if CONTROL is not None:
            CONTROL.gate()
        handle = take(self)
        try:
            record = self.next_known()
        except IndexError:
            record = None
        try:
            if record is None:
                number = HANDLES.pop(id(handle), 0)
            elif type(record) is int:
                number, record = record, None
            else:
                number = record.step
            if not recording:
                number, record = 0, None
                if _is_over and not handle._cancelled:
                    count_lost()
            self.handle, self.record = number, record
            if not number:
                return handle
            if self.polling:
                self.begin_tick()
            _running = record
            if record is None:
                _open = self
            else:
                self.task = record()
                leaf = self.resumed = record.leaf
                if record.is_started and leaf.state == STARTED and record.leaves is None:
                    _open = self
                else:
                    self.resumed = None
                    emit(HB, number)
                    begin_step(record, self.task)
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
        if length(self.coming) != length(self):
            self.align()
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

    def clear(self):
        deque.clear(self)
        self.coming.clear()

    def tick(self):
        self.polling = 2
        emit(LT, new_tick())

    def begin_tick(self):
        """The first handle of a tick is about to run."""
        if self.polling == 1:
            self.tick()
        self.polling = 0
        if HEARD:
            tell_heard()

    def end(self):
        """The callback of the running handle has returned."""
        global _last, _open
        if recording:
            try:
                record = self.record
                if _has_chores or _last >= _search_after:
                    do_chores(record, self.task)
                if record is not None:
                    end_step(self, record, self.task)
                elif _open is self:
                    # First closed, then noted: a garbage collection may have something to say.
                    moment = now()
                    woken = self.woken
                    if woken is None:
                        _open = None
                        note(f'["hb",0,{self.handle}]\n["he",{moment - _last}]\n')
                    elif moment - woken[0] < SOON:
                        _open = self.woken = None
                        note(f'["hr",{moment - _last},{self.handle},{woken[1]},{woken[2]},'
                             f'{woken[3]}]\n')
                    else:
                        open_up()
                        note(HE % (moment - _last))
                    _last = moment
                else:
                    emit(HE)
            except Exception:
                fault()
        else:
            self.woken = _open = None
        self.handle, self.yielded = 0, False
        self.record = self.task = self.resumed = record = None
        if len(ENTRIES) > BATCH or _last > _next_flush:
            flush()

def is_in_handle(frame):
    while frame is not None:
        if frame.f_code is RUN_ONCE:
            return True
        frame = frame.f_back
    return False


