# ---------------------------------------------------------------------------------------------
# Identities: lanes, one for each coroutine, and the records of tasks and futures
#
# They refer to the program's objects weakly. What a coroutine awaits is for `34_awaits.py`.

PENDING, STARTED, ENDED = 0, 1, 2

LANES = {}                  # id of a frame -> Lane; entries go before the frame does
UNIDENTIFIED = {}           # id of a code object -> lanes whose coroutine object was not seen yet
TASKS = {}                  # id of a task -> TaskRecord
FUTURES = {}                # id of another future -> FutureRecord
WAITED = {}                 # id of a future of asyncio's own that a task waits for -> TaskRecord
LIMBO = []                  # lanes whose object died without having been seen to start
NOTICED = []                # lanes that were seen on the stack as they began, in this step
MADE = []                   # up to 3.7: lanes that were made in this step

new_lane, new_future, new_handle = count(1).__next__, count(1).__next__, count(1).__next__


def forgetting(table):
    """What a weak reference calls as its object dies, to take itself out of a table by its key."""
    def forget(reference):
        if table.get(reference.key) is reference:
            del table[reference.key]
    return forget


class Chain:
    """The coroutines that await one another from one root on, seen from that root."""

    __slots__ = 'lane', 'leaf', 'leaves', 'mixed', 'lanes'

    def __init__(self, root):
        self.lane = root
        self.leaf = root        # the innermost
        self.leaves = None      # where async generators are among them: each generator's last
        self.mixed = False      # whether an async generator has run in this step
        self.lanes = ()         # all of them as last seen, if starts and ends are not told


class TaskRecord(weakref.ref, Definition):
    __slots__ = ('id', 'key', 'lane', 'step', 'first', 'again', 'waits', 'wait', 'word', 'is_started',
                 'is_resolved', 'delay', 'text_id', 'by', 'leaf', 'leaves', 'mixed', 'lanes', 'name',
                 'paused')

    @property
    def text(self):
        if self.name is None:
            self.name = self.present_name()
        return self.name

    def present_name(self):
        return task_name(self(), self.id)

    def event(self):
        by = f'{self.by},{self.first}' if self.first else self.by
        return TH if self.first else TN, self.id, self.lane.id, self.text_id, by


class FutureRecord(weakref.ref):
    __slots__ = 'id', 'key', 'word', 'is_resolved'


class CoroutineRef(weakref.ref):
    __slots__ = 'lane', 'is_closing'


class Lane(Definition):
    __slots__ = ('id', 'key', 'code', 'text', 'text_id', 'parent', 'site', 'delay', 'coroutine',
                 'frame', 'state', 'awaiter', 'task', 'is_exact', 'is_generator', 'is_idle', 'by_hand',
                 'reader', 'purpose', 'place', 'where', 'made', 'closed')

    def __init__(self, code, parent, text):
        self.id = new_lane()
        self.key = None             # in LANES
        self.code = code
        self.text = text
        self.parent = parent
        self.site = code.site       # and the place of the call that made it, as lines have them
        self.coroutine = None       # a CoroutineRef, once the object was seen
        self.frame = None           # while it runs or is suspended, if its end will be told
        self.state = PENDING
        self.awaiter = None
        self.task = None
        self.reader = None          # the Peer of the stream that it read from last, and `purpose`
        self.place = -1             # where its code stands, and `where` is what lines say of that
        self.made = ''              # the wait that was told last, if its future was made for it
        self.closed = None          # the code of the library's that waited under it, if that is all
        self.is_exact = exact and code.is_watched
        self.is_generator = code.code.co_flags & ASYNC_GENERATOR != 0
        self.is_idle = False        # an async generator between two values
        self.by_hand = False        # driven by send()

    def event(self):
        return CN, self.id, self.text_id, self.parent, self.site

    def place_at(self, frame):
        self.key = id(frame)
        LANES[self.key] = self

    def attach(self, frame):
        self.place_at(frame)
        if self.state == PENDING and self.code.arguments:
            self.text = self.code.name + arguments_text(frame, self.code)
            undefer(self)

    def detach(self):
        if LANES.get(self.key) is self:
            del LANES[self.key]

    def watch(self, coroutine):
        if self.coroutine is None:
            self.coroutine = reference = CoroutineRef(coroutine, coroutine_gone)
            reference.lane, reference.is_closing = self, False

    def line_number(self):
        frame = self.frame
        if frame is None and self.coroutine is not None:
            coroutine = self.coroutine()
            if coroutine is not None:
                frame = parts(coroutine)[0]
        return (frame.f_lineno or 0) if frame is not None else 0


def make_lane(code, maker, frame=None, awaiter=None, origin=''):
    """A lane for a coroutine that is being made by what runs in the frame `maker`, or by the one that
    awaits it. Its own frame shows the arguments, which its name has; else they are known once its
    object is seen. The `origin` is the place of the call that makes it, as lines have it."""
    shown = arguments_text(frame, code) if frame is not None and code.arguments else '()'
    parent = awaiter.id if awaiter is not None else lane_that_runs(maker) or _creator
    lane = Lane(code, parent, code.name + shown)
    if origin:
        lane.site = f'{lane.site}]\n["co",0,{lane.id},{origin}'
    if frame is None and code.arguments:
        defer(lane)
    else:
        name = text(lane.text)
        emit(CN, lane.id, name, lane.parent, lane.site)
    if frame is not None:
        lane.place_at(frame)
    return lane


def claim_or_make_lane(code, maker, frame, awaiter=None):
    lane = claim(code.code)
    if lane is None:
        return make_lane(code, maker, frame, awaiter)
    lane.attach(frame)
    return lane


def lane_that_runs(frame):
    """The number of the coroutine that makes a coroutine or a task, from a frame of it or above."""
    record = _queue.record if exact and is_plain and not EAGER else None
    if record is not None and not record.mixed:
        return record.leaf.id
    return lane_on_stack(frame)


def lane_on_stack(frame):
    """The number of the innermost coroutine on the stack that has a lane, or 0. A greenlet has a stack of
    its own: it runs for the task whose step it is."""
    if frame is None:
        return 0
    while frame is not None:
        code = frame.f_code
        if code.co_flags & ASYNC_CODE:
            lane = LANES.get(id(frame)) if exact else lane_on(frame)
            if lane is not None:
                return lane.id
        elif code is RUN_ONCE:
            return 0
        frame = frame.f_back
    record = _queue.record if _queue.thread == get_ident() else None
    return record.leaf.id if record is not None else 0


RUN_ONCE = base_events.BaseEventLoop._run_once.__code__


def lane_of(coroutine, by, record=None):
    """The lane of a coroutine object, made if it is new; None for one that has ended. It was made by
    what runs in the frame `by`, or in a step of a record's task that has ended."""
    frame, code = parts(coroutine)
    if frame is None:
        return None
    lane = lane_at(frame, coroutine)
    if lane is None:
        about = named_code(code, coroutine)
        waiting = UNIDENTIFIED.get(id(code))
        if not waiting and finds_by_scanning and about.is_watched:
            find_coroutines_if_due(record=record, wanted=coroutine)
        elif waiting and len(waiting) > 1:
            find_coroutines()
            drop_lost()
        lane = LANES.get(id(frame)) or claim_or_make_lane(about, by, frame)
    if lane.coroutine is None:
        lane.watch(coroutine)
    return lane


def lane_at(frame, coroutine):
    """The lane of a coroutine by its frame, whose address may have been one's that has ended."""
    lane = LANES.get(id(frame)) if exact else lane_on(frame)
    if lane is not None and lane.coroutine is not None:
        known = lane.coroutine()
        if known is not coroutine and known is not None:
            if lane.is_exact and lane.state != PENDING:
                return lane
            settle_ended(lane)
            lane.detach()
            return None
    return lane


def claim(code):
    """The oldest lane of this code whose coroutine was not seen yet."""
    global _unidentified
    waiting = UNIDENTIFIED.get(id(code))
    if waiting:
        _unidentified -= 1
        return waiting.popleft()
    return None


def coroutine_gone(reference):
    global _has_chores
    lane = reference.lane
    if lane.coroutine is reference:
        lane.coroutine = None       # no circle is left to the garbage collector
    is_started = lane.state == STARTED
    may_live = lane.is_generator and is_started and not reference.is_closing
    if lane.is_exact and is_started and (not lane.is_generator or may_live and lane.is_idle):
        return      # its end will be told; or asyncio brings a generator back to life, to close it
    lane.detach()
    if lane.state == ENDED or not recording:
        return
    if lane.state == PENDING:
        if lane.is_exact:
            end_lane(lane, CU)
            if not _collects:
                UNAWAITED.clear()
            UNAWAITED.append(lane)
        else:
            _has_chores = True
            LIMBO.append(lane)      # the never-awaited warning comes after this, if at all
    elif not lane.is_exact:
        if lane.task is not None and lane.task is not _queue.record and not lane.is_generator:
            end_lane(lane, CX, text('GeneratorExit'), 0)
        else:
            end_dead(lane, may_live)
    elif reference.is_closing:
        leave(lane)
        end_lane(lane, CV_NONE)


def end_lane(lane, template, value='', more=''):
    lane.state = ENDED
    lane.frame = None
    emit(template, lane.id, value, more)


def settle_ended(lane):
    """Who was not seen to start and has no frame was closed before that; or ran in a step, up to 3.11."""
    coroutine = lane.coroutine and lane.coroutine()
    if lane.state != PENDING or coroutine is None or parts(coroutine)[0] is not None:
        return
    if lane.is_exact:
        lane.detach()
        end_lane(lane, CU)
    elif type(coroutine) is CoroutineType:
        lane.detach()
        emit(CS, lane.id)
        end_lane(lane, CV_NONE)


def end_unawaited():
    """The run is over: what has not been awaited by now never will be. Python says so only as it
    throws the objects away, after the last event."""
    for lane in sorted(LANES.values(), key=lambda lane: lane.id):
        coroutine = lane.coroutine() if lane.coroutine is not None else None
        if lane.task is None:
            settle_ended(lane)
            if lane.state == PENDING and type(coroutine) is CoroutineType and not has_begun(coroutine):
                end_lane(lane, CU)


def has_begun(coroutine):
    frame = coroutine.cr_frame
    if frame is None or coroutine.cr_running:
        return True
    return coroutine.cr_suspended if VERSION >= (3, 11) else frame.f_lasti >= 0


