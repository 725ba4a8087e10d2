"""Runs a program under hooks that only keep what a recording's facts are made of, as raw numbers.

    python raw_facts.py script.py [FILE]

It stands for the least that a recorder in Python can cost: no identity is kept, nothing has a
name, a value or a reason, and an address that is used again is not noticed. With FILE the
numbers are written there every 5 ms. From 3.12 on.
"""

import asyncio
import marshal
import sys
import time
import types
from asyncio import base_events, events
from collections import deque

BATCH_TIME = 5000000        # nanoseconds
APPENDED, TAKEN, WAITS, ENDED, CALLED, SET, CANCELLED, MADE, BEGAN, RETURNED, LEFT = range(11)

now = time.monotonic_ns
getframe = sys._getframe
put, take = deque.append, deque.popleft
FACTS = []
note = FACTS.extend
WATCHED = set()             # ids of the code objects of the script's coroutines
_due = 0
_file = None


class Queue(deque):
    """A ready queue that notes what enters and leaves it, and how a task's step ended."""

    __slots__ = 'task',

    def append(self, handle):
        put(self, handle)
        callback = handle._callback
        is_step = type(callback) is types.BuiltinFunctionType
        note((APPENDED, id(handle), id(callback.__self__) if is_step else id(callback)))

    def popleft(self):
        moment = now()
        task = self.task
        if type(task) is asyncio.Task:
            end_step(task, moment)
        else:
            note((CALLED, moment))
        if moment > _due:
            flush()
        handle = take(self)
        self.task = getattr(handle._callback, '__self__', None)
        note((TAKEN, id(handle)))
        return handle


def end_step(task, moment):
    """The chain of awaits to its end, and where the innermost coroutine of the user's stands."""
    if task._state != 'PENDING':
        return note((ENDED, moment, id(task), task._exception is not None))
    thing = last = leaf = task._coro
    while type(thing) is types.CoroutineType:
        if id(thing.cr_code) in WATCHED:
            leaf = thing
        last = thing
        thing = thing.cr_await
    frame = getattr(leaf, 'cr_frame', None)
    if frame is not None:
        note((WAITS, moment, id(frame), frame.f_lineno, id(last.cr_code), id(task._fut_waiter)))


def flush():
    global _due
    if _file is not None:
        _file.write(marshal.dumps(FACTS))
        _file.flush()
    del FACTS[:]
    _due = now() + BATCH_TIME


def watch_loops():
    make_loop = base_events.BaseEventLoop.__init__
    set_timer, cancel_handle = events.TimerHandle.__init__, events.Handle.cancel

    def __init__(self, *arguments, **named):
        make_loop(self, *arguments, **named)
        self._ready = Queue(self._ready)
        self._ready.task = None

    def timer(self, when, callback, args, loop, context=None):
        set_timer(self, when, callback, args, loop, context)
        note((SET, now(), id(self), when))

    def cancel(self):
        if not self._cancelled:
            note((CANCELLED, now(), id(self)))
        return cancel_handle(self)

    base_events.BaseEventLoop.__init__ = __init__
    events.TimerHandle.__init__, events.Handle.cancel = timer, cancel


def watch_coroutines(script):
    monitoring, kinds = sys.monitoring, sys.monitoring.events

    def on_start(code, offset):
        if id(code) not in WATCHED:
            if not code.co_flags & 0x80 or code.co_filename != script:
                return monitoring.DISABLE
            WATCHED.add(id(code))
            monitoring.set_local_events(4, code, kinds.PY_RETURN | kinds.CALL)
        note((BEGAN, now(), id(getframe(1))))

    def on_return(code, offset, value):
        note((RETURNED, now(), id(getframe(1))))

    def on_unwind(code, offset, exception):
        if id(code) in WATCHED:
            note((LEFT, now(), id(getframe(1))))

    def on_call(code, offset, function, first):
        if type(function) is not types.FunctionType or not function.__code__.co_flags & 0x80:
            return monitoring.DISABLE
        note((MADE, now(), id(getframe(1))))

    monitoring.use_tool_id(4, 'raw facts')
    for name, callback in (('PY_START', on_start), ('PY_RETURN', on_return),
                           ('PY_UNWIND', on_unwind), ('CALL', on_call)):
        monitoring.register_callback(4, getattr(kinds, name), callback)
    monitoring.set_events(4, kinds.PY_START | kinds.PY_UNWIND)


def main():
    global _file
    script = sys.argv[1]
    if len(sys.argv) > 2:
        _file = open(sys.argv[2], 'wb')
    with open(script) as file:
        code = compile(file.read(), script, 'exec')
    watch_loops()
    watch_coroutines(script)
    exec(code, {'__name__': '__main__'})
    flush()


if __name__ == '__main__':
    main()
