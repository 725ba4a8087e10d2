# ---------------------------------------------------------------------------------------------
# Coroutines: with what one has ended whose object has died (before 3.12)
#
# An exception that leaves a frame makes an entry of its traceback. That keeps the frame, and is
# among the youngest objects that the garbage collector knows when the coroutine dies.

YOUNGEST = 32
RETURN = opcode.opmap['RETURN_VALUE']
OUTCOMES = deque(maxlen=16)     # of those that died last: what is not known of them yet


class Outcome(Definition):
    """A lane has ended by an exception that is not made yet. The task may tell in a moment."""

    __slots__ = 'lane', 'step', 'text', 'text_id', 'delay'

    def event(self):
        return (CX, self.lane.id, self.text_id) + EMPTY[2]


def end_by_traces(lane):
    """A coroutine that ran has died, so that it has ended."""
    youngest = gc.get_objects(0)[-YOUNGEST:] if VERSION >= (3, 8) else ()
    for entry in reversed(youngest):
        if type(entry) is types.TracebackType:
            frame = entry.tb_frame
            if id(frame) == lane.key and frame.f_code is lane.code.code:
                if frame.f_code.co_code[frame.f_lasti] == RETURN:
                    break
                return end_by_exception(lane, exception_of(entry, youngest))
    end_lane(lane, CV_NONE)


def exception_of(entry, objects):
    """The exception on its way out that has this traceback, None if it is not made yet."""
    entries = {None}
    while entry is not None:
        entries.add(entry)
        entry = entry.tb_next
    return next((thing for thing in reversed(objects) if issubclass(type(thing), BaseException)
                 and BaseException.__traceback__.__get__(thing) in entries), None)


def end_by_exception(lane, exception):
    if exception is None:
        outcome = Outcome()
        outcome.lane, outcome.step, outcome.text = lane, _queue.handle, u'an exception'
        OUTCOMES.append(outcome)
        lane.state, lane.frame = ENDED, None
        defer(outcome)
    elif issubclass(type(exception), asyncio.CancelledError):
        end_lane(lane, CC)
    else:
        end_lane(lane, CX, text(exception_text(exception)))


def learn_outcomes(exception):
    """A task has ended with this exception, in the step that runs."""
    for outcome in OUTCOMES:
        if outcome.step == _queue.handle and was_passed_by(exception, outcome.lane):
            outcome.text = exception_text(exception)
