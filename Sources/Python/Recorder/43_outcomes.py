# ---------------------------------------------------------------------------------------------
# Coroutines: with what one has ended whose object has died (before 3.12)
#
# An async generator may have died between two values. Then asyncio brings it back to life, to close
# it, or else it had gone on in this step, and ended.
#
# An exception that leaves a frame makes an entry of its traceback. That keeps the frame, and is
# among the youngest objects that the garbage collector knows when the coroutine dies. It takes 15 µs
# to look at them. But the exception is in the frame of whoever awaited by then, and has made an entry
# there too, so that one more refers to that frame than if the coroutine has returned. Only one that
# was thrown in finds a coroutine to die before its awaiter runs; from 3.9 on somebody further out is
# on top of the stack then, who has not run yet either.
#
# Where old objects die as fast as new ones are made, the garbage collector waits, and all that is new
# stays among the youngest: a list of them takes the longer, and is asked for the more seldom.

YOUNGEST = 32
ALONE = 4 if VERSION < (3, 11) else 3
YIELD = opcode.opmap['YIELD_VALUE' if VERSION >= (3, 11) else 'YIELD_FROM']
NEXT = 0 if VERSION >= (3, 11) else 2       # from where a suspended frame stands to that instruction
MANY = 1000                 # after a list of so many, one end is not looked at; of 50,000, 50
_unseen = 0
RETURNS = frozenset(map(opcode.opmap.get, ('RETURN_VALUE', 'RETURN_CONST')))
OUTCOMES = deque(maxlen=16)     # of those that died last: what is not known of them yet


class Outcome(Definition):
    """A lane has ended by an exception that is not known, or, if it was not looked for, by any or none. The
    task may tell in a moment."""

    __slots__ = 'lane', 'step', 'text', 'trace', 'is_cancelled', 'text_id', 'delay'

    def __init__(self, lane, text, trace):
        self.lane, self.text, self.trace = lane, text, trace
        self.step, self.is_cancelled = _queue.handle, False
        lane.state, lane.frame = ENDED, None
        OUTCOMES.append(self)
        defer(self)

    def event(self):
        if self.text and not self.is_cancelled:
            return CX, self.lane.id, self.text_id, self.trace, ''
        return CC if self.is_cancelled else CV_NONE, self.lane.id, '', '', ''


LEFT = []                   # lanes of generators that asyncio may yet bring back to life


def end_dead(lane, may_live):
    """A coroutine that had begun has died, so that it has ended, unless it is to live once more."""
    global _has_chores
    try:
        frame = getframe(2)
        returned = (frame.f_code.co_flags & AWAITING_CODE and sys.getrefcount(frame) <= ALONE
                    and not (VERSION >= (3, 9) and is_at_yield(frame)))
    except ValueError:              # nothing runs
        returned = True
    if not returned and end_by_traces(lane, may_live):
        return
    if may_live:
        LEFT.append(lane)
        _has_chores = True
    else:
        end_lane(lane, CV_NONE)


def is_at_yield(frame):
    """Whether what stands on a frame is suspended, although it is on top of the stack."""
    code = code_of(frame.f_code)
    place = frame.f_lasti + NEXT
    known = code.marks.get(place)
    if known is None:
        known = code.marks[place] = frame.f_code.co_code[place:place + 1] == bytes((YIELD,))
    return known


def is_between_values(generator, frame):
    """Whether an async generator that does not run has given a value, and awaits nothing. Before 3.12 its
    code tells, for what it awaits may be gone: see `awaited`."""
    if exact:
        return awaited(generator) is None
    if VERSION < (3, 11):
        return not is_at_yield(frame)
    return frame.f_code.co_code[frame.f_lasti + 3] < 2      # how it is resumed


def end_by_traces(lane, may_live=False):
    """Whether the end of a lane whose coroutine has ended just now is noted: it raised an exception, or has not
    been looked at."""
    global _unseen
    if _unseen and not may_live:
        _unseen -= 1
        Outcome(lane, '', 0)
        return True
    youngest = objects_alive(0) if VERSION >= (3, 8) else ()
    _unseen = len(youngest) // MANY
    youngest = youngest[-YOUNGEST:]
    for entry in reversed(youngest):
        if type(entry) is types.TracebackType:
            frame = entry.tb_frame
            if id(frame) == lane.key and frame.f_code is lane.code.code:
                if frame.f_code.co_code[frame.f_lasti] in RETURNS:
                    break
                end_by_exception(lane, exception_of(entry, youngest), entry)
                return True
    return False


def revive(generator):
    """Asyncio is to close a generator that died between two values. It is in its finalizer: it must not
    get a weak reference."""
    if not recording:
        return
    frame = getframe(2)
    code = code_of(generator.ag_code)
    key = id(generator.ag_frame)
    lane = next((lane for lane in LEFT if lane.key == key), None)
    if lane is not None:
        LEFT.remove(lane)
        lane.place_at(generator.ag_frame)
    elif code.is_watched and key not in LANES:
        notice(frame)
        lane = make_lane(code, frame, generator.ag_frame)
        lane.state = STARTED
        emit(CS, lane.id)
    if lane is not None and not lane.is_idle:
        lane.is_idle = True
        emit(CW_ALONE, lane.id, generator.ag_frame.f_lineno, 'consumer')


def settle_limbo():
    """Coroutines that died without a warning have run, unseen, within one step."""
    while LIMBO:
        lane = LIMBO.pop(0)
        if lane.state == PENDING:
            emit(CS, lane.id)
            end_lane(lane, CV_NONE)


def settle_left():
    while LEFT:
        lane = LEFT.pop(0)
        if lane.state == STARTED:
            end_lane(lane, CV_NONE)


def exception_of(entry, objects):
    """The exception on its way out that has this traceback; None if it is not made yet, or if it
    may be one or the other."""
    entries, fresh = set(), []
    while entry is not None:
        entries.add(entry)
        entry = entry.tb_next
    for thing in reversed(objects):
        if issubclass(type(thing), BaseException):
            known = traceback_of(thing)
            if known in entries:
                return thing
            if known is None:
                fresh.append(thing)     # it has not been caught yet, or never was raised
    return fresh[0] if len(fresh) == 1 else None


def end_by_exception(lane, exception, entry):
    if exception is None:
        Outcome(lane, 'an exception', text(trace_text(entry)))
    elif issubclass(type(exception), asyncio.CancelledError):
        end_lane(lane, CC)
    else:
        fail_lane(lane, exception, entry)


def learn_outcomes(exception):
    """A task has ended with this exception, or with None was cancelled, in the step that runs."""
    for outcome in OUTCOMES:
        if outcome.step == _queue.handle:
            if exception is None:
                outcome.is_cancelled = True
            elif entry_of(exception, outcome.lane):
                outcome.text = exception_text(exception)
