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
_creator = 0                # the lane that made what is found after its step
_unidentified = 0           # how many lanes have no object yet
_has_chores = False         # whether anything is to be done at the end of a handle
finds_by_scanning = False
is_plain = True             # whether no coroutine was driven by hand, or by an eager task


class LoopQueue(deque):
    """What ready queues of ours have in common."""

    __slots__ = 'loop', 'poll', 'thread'

    def __init__(self, handles=(), loop=None):
        deque.__init__(self, handles)
        self.loop = weakref.ref(loop) if loop is not None else None
        self.poll = None            # tells whether the loop's selector has something for it
        self.thread = get_ident()

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
            poll = select.poll()
            poll.register(selector.fileno(), select.POLLIN)
            self.poll = poll.poll
        return self.poll(0)


class ReadyQueue(LoopQueue):
    """A loop's ready queue that notes what happens to it.

    Most handles do one of three things that a single line tells at their end. Until something
    else is to be noted, the running handle is `_open`: nothing of it was noted, not even that it
    began. Its beginning is the moment of the event before, which is the end of another handle.

    `coming` has what is known of each handle in the queue: the record of the task whose step it
    is, a number, or None, where `HANDLES` has to be asked."""

    __slots__ = ('coming', 'expect', 'next_known', 'handle', 'record', 'task', 'resumed', 'woken',
                 'woken_at', 'yielded', 'polling')

    def __init__(self, handles=(), loop=None):
        LoopQueue.__init__(self, handles, loop)
        self.coming = deque()
        self.expect, self.next_known = self.coming.append, self.coming.popleft
        self.align()
        self.handle = 0             # the number of the one that runs
        self.record = None          # of the task whose step it is
        self.task = None            # that task; the loop holds it too, by way of the handle
        self.resumed = None         # the innermost lane of that task, if all it does is to go on
        self.woken = None           # while open: future, handle and task of a wake-up, as text
        self.woken_at = 0           # its moment
        self.yielded = False        # whether the task gave up its turn
        self.polling = 0            # 1 from the start of a tick to its first event, then 2

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
        global _gap, _open, _queue
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
            self.handle = number
            if not number:
                return handle
            if self.polling:
                self.begin_tick()
            if _queue is not self:
                _queue = self
            if record is None:
                _open = self
            else:
                self.record, self.task = record, record()
                leaf = record.leaf
                if record.is_started and leaf.state == STARTED and record.leaves is None:
                    self.resumed, _open = leaf, self
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
        if self.handle:
            self.end()
        if length(self.coming) != length(self):
            self.align()
        if recording:
            self.polling = 1
            self.thread = thread = get_ident()
            if thread != _first_thread and _first_thread is not None:
                meet_thread(thread)
            if not length(self):
                look_for_standstill(self)
            self.write_what_is_due()
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
        try:
            record = self.record
            if recording:
                if _has_chores:
                    do_chores(record, self.task)
                if record is not None:
                    leaf = self.resumed
                    if (self.yielded and _open is self and leaf is record.leaf
                            and leaf.frame is not None and leaf.frame.f_lasti == record.again
                            and not record.mixed and not record.waits):
                        # It has given up its turn in the same place again.
                        _open, self.yielded = None, False
                        record.step = following = new_handle()
                        before, _last = _last, now()
                        note(f'["hz",{_last - before},{self.handle},{following}]\n')
                    else:
                        end_step(self, record, self.task)
                elif _open is not self:
                    emit(HE)
                else:
                    # First closed, then noted: a garbage collection may have something to say.
                    moment, woken = now(), self.woken
                    if woken is None:
                        _open = None
                        note(f'["hb",0,{self.handle}]\n["he",{moment - _last}]\n')
                    elif moment - self.woken_at < SOON:
                        _open = self.woken = None
                        note(f'["hr",{moment - _last},{self.handle},{woken}]\n')
                    else:
                        open_up()
                        note(HE % (moment - _last))
                    _last = moment
            else:
                self.woken = _open = None
        except Exception:
            fault()
        self.handle = 0
        self.record = self.task = None
        if _last > _due:
            do_what_is_due()


_queue = ReadyQueue()       # that from which a handle was taken last


def do_what_is_due():
    global _has_chores
    if _last > _flush_after:
        flush()
    if _last > _search_after:
        _has_chores = True


def is_in_handle(frame):
    while frame is not None:
        if frame.f_code is RUN_ONCE:
            return True
        frame = frame.f_back
    return False


