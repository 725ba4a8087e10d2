"""Records what asyncio does in a Python program that was never prepared for it.

    python loopscope_recorder.py --output run.jsonl [options] [--] script.py [argument ...]
    python loopscope_recorder.py --output run.jsonl [options] -m module [argument ...]

or, from inside a program, after copying this file beside it:

    import loopscope_recorder; loopscope_recorder.start('run.jsonl')

    --output FILE         write the recording to FILE.part, and rename that to FILE at the end;
                          compressed, if its name ends in .gz
    --socket FD           send it over an inherited stream socket, and take the commands
                          hold, go and step from there, one a line
    --hold                begin held, before the first handle
    --clock real|virtual  virtual: when nothing is ready, time jumps to the next timer
    --scope user|all      whose coroutines get a lane (user: not those of installed libraries)
    --keep-loop           where uvloop is to run, let it, and record tasks only. Without this,
                          asyncio's own loop runs in its place, for uvloop's cannot be watched
    --detail all|tasks    tasks: no coroutines, no ready queue; for production
    --max-events N        stop recording after about N events
    --keep-last N         keep only about the newest N events

The recording is the text file that docs/recording-format.md describes. One file, standard
library only, CPython 3.6 to 3.13.

How it sees, and why the program does not notice:

* The ready queue of every loop written in Python is a deque, `loop._ready`. We put a subclass in
  its place. Its `append` sees every handle that enters the queue and why; its `popleft` sees the
  handle before it end and the next one begin; its truth value, which the loop asks for once a
  tick, says when the loop goes idle. None of our frames is on the stack while a handle runs, so
  tracebacks stay what they were.
* After each step of a task, its coroutine's chain of awaits leads to what it waits for.
* From CPython 3.12 on, `sys.monitoring` tells each start and end of a coroutine. Before that, the
  chain is compared with the one of the step before, and garbage collector's newest generation
  shows which coroutine objects were made.

No code of the program may run because of us: no `__getattr__`, no `__repr__`, no `__eq__`. And
nothing of it may live longer because of us: all references to its objects are weak, or are
dropped before its own code runs again.
"""

import os
import sys

VERSION = sys.version_info[:2]
CPYTHON = getattr(getattr(sys, 'implementation', None), 'name', '') == 'cpython'

if not CPYTHON or not (3, 6) <= VERSION <= (3, 13):
    sys.stderr.write('loopscope records programs under CPython 3.6 to 3.13; this is %s %d.%d.\n' % (
        getattr(getattr(sys, 'implementation', None), 'name', 'Python'), VERSION[0], VERSION[1]))
    sys.exit(2)

if __name__ == '__main__' and not (
        sys.flags.isolated if sys.version_info < (3, 11) else sys.flags.safe_path):
    del sys.path[0]         # our own folder: nothing may be imported from there

import atexit


def _last_words():
    finish()


atexit.register(_last_words)    # first of all, so that it is called last

import _thread
import asyncio
import functools
import gc
import time
import traceback
import types
import warnings
import weakref
from _json import encode_basestring_ascii
from asyncio import base_events, base_subprocess, events, futures, locks, queues, selector_events
from asyncio import streams, subprocess as async_subprocess, tasks, unix_events
from collections import deque
from itertools import chain as flatten, count
from operator import itemgetter

getframe = sys._getframe
get_ident = _thread.get_ident
referents = gc.get_referents

CoroutineType, GeneratorType = types.CoroutineType, types.GeneratorType
AsyncGeneratorType, FunctionType = types.AsyncGeneratorType, types.FunctionType
MethodType, BuiltinType = types.MethodType, types.BuiltinFunctionType

COROUTINE, ITERABLE_COROUTINE, ASYNC_GENERATOR = 0x80, 0x100, 0x200
ASYNC_CODE = COROUTINE | ITERABLE_COROUTINE | ASYNC_GENERATOR
AWAITING_CODE = ASYNC_CODE | 0x20                       # and plain generators

HAS_MONITORING = VERSION >= (3, 12)
exact = False               # whether starts and ends of coroutines are told

# ---------------------------------------------------------------------------------------------
# The lines of a recording
#
# While the program runs, an event is kept as a pair: a template for % and its arguments, of which
# the first is the time since the event before. `Log.flush` turns many of them into text with a
# single %. The two longest templates are what most steps consist of.

TEXT = '["s",%d,%s]\n'
CN, CN_ALONE = '["cn",%d,%d,%d,%d,%d,%d]\n', '["cn",%d,%d,%d]\n'
CS, CR, CU, CA = '["cs",%d,%d]\n', '["cr",%d,%d]\n', '["cu",%d,%d]\n', '["ca",%d,%d,%d,%d]\n'
CB = '["cb",%d,%d,%d,%d,%d,%d,%d]\n'
CV, CV_NONE = '["cv",%d,%d,%d]\n', '["cv",%d,%d]\n'
CX, CC = '["cx",%d,%d,%d]\n', '["cc",%d,%d]\n'
CW, CW_ALONE = '["cw",%d,%d,%d,"%s",%d]\n', '["cw",%d,%d,%d,"%s"]\n'
TN, FN, FA = '["tn",%d,%d,%d,%d,%d]\n', '["fn",%d,%d,%d]\n', '["fa",%d,%d,%d]\n'
FD = '["fd",%d,%d,"%s"]\n'
FN_OF = '["fn",%d,%d,%d,%d]\n'
RN, RC = '["rn",%d,%d,"%s",%d,%d]\n', '["rc",%d,%d,%d,%d]\n'
HS_CREATED = '["hs",%d,%d,"step",%d,"created"]\n'
TN_HS = '%s["tn",%d,%d,%d,%d,%d]\n["hs",0,%d,"step",%d,"created"]\n'
HS_YIELDED = '["hs",%d,%d,"step",%d,"yielded"]\n'
HS_WAKEUP = '["hs",%d,%d,"wakeup",%d,"resolved",%d]\n'
HS_RESOLVED = '["hs",%d,%d,"%s",%d,"resolved",%d]\n'
HS = '["hs",%d,%d,"%s",%d,"%s"]\n'
HX = '["hx",%d,%d,%d,%d]\n'
HT, HF, HC = '["ht",%d,%d,%d,"%s",%d]\n', '["hf",%d,%d]\n', '["hc",%d,%d]\n'
HB, HE, HB_HE = '["hb",%d,%d]\n', '["he",%d]\n', '["hb",0,%d]\n["he",%d]\n'
HY, HR = '["hy",%d,%d,%d,%d,%d,%d]\n', '["hr",%d,%d,%d,%d,%d]\n'
HW, HW_NEW = '["hw",%d,%d,%d,%d,"%s",%d]\n', '["hw",%d,%d,%d,%d,"%s",%d,%d]\n'
HW_OF = '["hw",%d,%d,%d,%d,"%s",%d,%d,%d]\n'
LT, LJ, LE = '["lt",%d,%d]\n', '["lj",%d]\n', '["le",%d,%d]\n'
LD, LH = '["ld",%d,%d]\n', '["lh",%d]\n'
PO, PO_ERROR = '["po",%d,%d,%d]\n', '["po",%d,%d,%d,"stderr"]\n'
PW, PX, PM, PS = '["pw",%d,%d,%d]\n', '["px",%d,%d,%d]\n', '["pm",%d,%d]\n', '["ps",%d,%d,%d]\n'

LONGEST_TEXT = 1 << 20
SOON = 100000               # nanoseconds; a difference that a line for several events may swallow
LATEST_TIME = 999999999999999999


def quoted(text):
    """A JSON string in ASCII that is safe to show on a terminal."""
    if len(text) > LONGEST_TEXT:
        text = text[:LONGEST_TEXT] + u'\u2026'
    return encode_basestring_ascii(text).replace('\x7f', '\\u007f')


# ---------------------------------------------------------------------------------------------
# Time

now = getattr(time, 'monotonic_ns', None) or (lambda real=time.monotonic: int(real() * 1e9))
real_sleep = time.sleep
real_now = now

VIRTUAL_START = 1000000000000
"""Loop time at which a virtual run begins: not 0, which programs may take for none."""

_last = 0           # the time of the event noted last
_held = 0           # nanoseconds that the program spent held: they do not exist for its loops
_virtual = VIRTUAL_START


def virtual_now():
    return _virtual


def program_now():
    """The real clock, less the time in which the program was held."""
    return real_now() - _held


def loop_time(loop):
    """In the place of BaseEventLoop.time where our clock is not the real one."""
    return now() / 1e9


# ---------------------------------------------------------------------------------------------
# The log: notes events, turns them into text, and writes that

ENTRIES = []
note = ENTRIES.append
LOCK = _thread.RLock()
TEXTS = {u'': 0}
SINKS = []

recording = False           # whether events are noted at all
options = None
_text_count = _noted = _faults = _next_flush = _lost = 0
_is_over = False            # whether there are as many events as were asked for
_deferred = False           # whether an entry stands for lines that are not known yet
_gap = False                # whether time has passed that is no handle's
_heard = None               # first handle, name and number of handles scheduled from outside
_open = None                # the queue whose handle runs, as long as nothing of it was noted
_process = 0

EARLY_EVENTS = 300          # so many are written at once, since early crashes are common
BATCH = 512                # entries
BATCH_TIME = 20000000       # nanoseconds
TEXTS_REMEMBERED = 100000


def emit(template, *arguments):
    global _last
    if _open is not None:
        open_up()
    if _heard is not None:
        tell_heard()
    moment = now()
    note((template, (moment - _last,) + arguments))
    _last = moment


def open_up(delay=0):
    """Notes of the running handle what was held back, since it is to do something else too."""
    global _last, _open
    queue = _open
    if queue.thread != get_ident():
        return                          # it is another thread that says something
    _open = None
    note((HB, (delay, queue.handle)))
    _last += delay
    if queue.resumed is not None:
        note((CR, (0, queue.resumed.id)))
    if queue.woken is not None:
        moment, future, number, task = queue.woken
        queue.woken = None
        note((FD, (max(0, moment - _last), future, 'result')))
        note((HS_WAKEUP, (0, number, task, future)))
        _last = max(_last, moment)


def tell_heard():
    global _heard, _last
    with LOCK:
        if _heard is not None:
            (first, name, count), _heard = _heard, None
            before, _last = _last, now()
            note((HX, (_last - before, first, name, count)))


def text(string):
    """The number of a text; its line is written before the first event that names it."""
    global _text_count
    number = TEXTS.get(string)
    if number is None:
        with LOCK:
            line = quoted(string)
            _text_count = number = _text_count + 1
            note((TEXT, (number, line)))
            if len(TEXTS) < TEXTS_REMEMBERED and len(string) < 200:
                TEXTS[string] = number
    return number


def defer(definition):
    """Notes an event whose text will be known by the time it is written."""
    global _last, _deferred, _text_count
    if _open is not None:
        open_up()
    if _heard is not None:
        tell_heard()
    moment = now()
    definition.delay = moment - _last
    _last = moment
    with LOCK:
        definition.text_id = _text_count = _text_count + 1
        note((None, definition))
    _deferred = True


def undefer(definition):
    """If nothing was noted since, notes the event as any other."""
    global _text_count
    with LOCK:
        if ENTRIES and ENTRIES[-1][1] is definition and definition.text_id == _text_count:
            entry = ENTRIES.pop()
            _text_count -= 1
            try:
                definition.text_id = text(definition.text)
                entry = definition.line()
            except RecursionError:
                _text_count += 1            # the program is about to fail: leave it as it was
            note(entry)


def settled(batch):
    """The batch with all deferred events in their places."""
    global _deferred
    _deferred = False
    result = []
    for entry in batch:
        if entry[0] is None:
            definition = entry[1]
            result.append((TEXT, (definition.text_id, quoted(definition.text))))
            entry = definition.line()
        result.append(entry)
    return result


def flush():
    global _noted, _next_flush, _is_over, _gap
    with LOCK:
        length = len(ENTRIES)
        if not length or os.getpid() != _process:
            return
        _gap = True
        batch = ENTRIES[:length]
        del ENTRIES[:length]
        if _deferred:
            batch = settled(batch)
        _noted += len(batch)
        if RING is not None:
            RING.add(batch)
        else:
            write(''.join(map(itemgetter(0), batch)) % tuple(
                flatten.from_iterable(map(itemgetter(1), batch))))
        _next_flush = real_now() + BATCH_TIME if _noted > EARLY_EVENTS else 0
    if options.max_events and _noted >= options.max_events and RING is None and not _is_finished:
        _is_over = True
        stop_noting()


def flush_if_due():
    """Called between two handles."""
    if len(ENTRIES) > BATCH or real_now() > _next_flush:
        flush()


def write(string):
    data = string.encode('ascii')
    for sink in SINKS[:]:
        if not sink.write(data):
            SINKS.remove(sink)
    if not SINKS:
        stop_noting()


def count_lost():
    """After the last event: one more handle, with at least its beginning and its end."""
    global _lost
    _lost += 2


def stop_noting():
    global recording
    recording = False
    if HAS_MONITORING:
        unwatch_coroutines()


def fault():
    """A fault of the recorder must never reach the program; it becomes a mark. But where the stack
    is full, the program is about to fail; before 3.9 it must, or the interpreter ends itself."""
    global _faults
    if isinstance(sys.exc_info()[1], RecursionError):
        if VERSION < (3, 9):
            raise
        return
    _faults += 1
    if _faults <= 5:
        emit(PM, text(u'recorder fault: ' + u''.join(traceback.format_exc())[-1500:]))


def kept_away(descriptor):
    """Moves a descriptor to a high number: those of the program must be what they would be."""
    import fcntl
    import resource
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    lowest = 900 if limit < 0 or limit > 1000 else max(3, limit - 16)
    moved = fcntl.fcntl(descriptor, getattr(fcntl, 'F_DUPFD_CLOEXEC', 1030), lowest)
    os.close(descriptor)
    return moved


class Sink(object):
    """A descriptor of ours. The program may have closed it, and its number be another file's."""

    def __init__(self, descriptor):
        self.descriptor = kept_away(descriptor)
        self.identity = self.identify()

    def identify(self):
        try:
            status = os.fstat(self.descriptor)
            return status.st_dev, status.st_ino
        except OSError:
            return None

    def write(self, data):
        """Whether it could be written."""
        try:
            if self.identify() != self.identity:
                return False
            rest = memoryview(data)
            while rest:
                rest = rest[self.send(rest):]
            return True
        except OSError:
            return False            # the disk is full, the reader has gone: the program goes on

    def send(self, data):
        return os.write(self.descriptor, data)

    def finish(self):
        pass


class FileSink(Sink):
    def __init__(self, path):
        self.path = os.path.abspath(path)
        self.part = self.path + '.part'
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, 'O_CLOEXEC', 0)
        Sink.__init__(self, os.open(self.part, flags, 0o644))

    def finish(self):
        """Gives a complete recording its own name. It may still grow after that."""
        try:
            status = os.stat(self.part)
            if (status.st_dev, status.st_ino) == self.identity:
                os.rename(self.part, self.path)
        except OSError:
            pass

    def replace(self, data):
        """Puts other contents in the place of all that was written."""
        if self.identify() == self.identity:
            os.lseek(self.descriptor, 0, 0)
            if Sink.write(self, data):
                os.ftruncate(self.descriptor, len(data))


class GzipSink(FileSink):
    """Compresses what it writes; each batch can be read as soon as it was written."""

    packer = None

    def pack(self, data, flush):
        import zlib
        if self.packer is None:
            self.packer = zlib.compressobj(3, zlib.DEFLATED, 31)
        packed = self.packer.compress(data) + self.packer.flush(getattr(zlib, flush))
        if flush == 'Z_FINISH':
            self.packer = None
        return packed

    def write(self, data):
        return Sink.write(self, self.pack(data, 'Z_FINISH' if _is_finished else 'Z_SYNC_FLUSH'))

    def finish(self):
        if self.packer is not None:
            Sink.write(self, self.pack(b'', 'Z_FINISH'))
        FileSink.finish(self)

    def replace(self, data):
        FileSink.replace(self, self.pack(data, 'Z_FINISH'))


class SocketSink(Sink):
    def __init__(self, descriptor):
        Sink.__init__(self, descriptor)
        import socket
        self.socket = socket.socket(fileno=self.descriptor)
        self.socket.setblocking(True)

    def send(self, data):
        import socket
        return self.socket.send(data, getattr(socket, 'MSG_NOSIGNAL', 0))

# ---------------------------------------------------------------------------------------------
# The ring of --keep-last: the newest events, and what was alive when the oldest of them happened

# d delay, l lane, f future, h handle, x text, r resource, n number, w word, s subject
ARGUMENTS = {
    CN: 'dlxlxn', CS: 'dl', CR: 'dl', CU: 'dl', CA: 'dlln', CV: 'dlx', CV_NONE: 'dl', CX: 'dlx',
    CC: 'dl', CW: 'dlnwf', CW_ALONE: 'dlnw', TN: 'dflxl', FN: 'dfx', FN_OF: 'dfxr',
    RN: 'drwxn', RC: 'drnl', FA: 'dff', FD: 'dfw',
    HS_CREATED: 'dhf', HS_YIELDED: 'dhf', HS_WAKEUP: 'dhff', HS_RESOLVED: 'dhwsf', HS: 'dhwsw',
    HT: 'dhnws', HF: 'dh', HC: 'dh', HB: 'dh', HE: 'd', LT: 'dn', LJ: 'd', LE: 'dx', LD: 'dn',
    LH: 'd', PO: 'dxl', PO_ERROR: 'dxl', PW: 'dxl', PX: 'dxl', PM: 'dx', PS: 'dxx'}
PARTS = {           # templates of several events: those, and which arguments each takes
    CB: ((CN, (0, 1, 2, 3, 4, 5)), (CA, (None, 3, 1, 6)), (CS, (None, 1))),
    HB_HE: ((HB, (None, 0)), (HE, (1,))),
    HY: ((HB, (None, 1)), (CR, (None, 2)), (HS_YIELDED, (0, 4, 5)),
         (CW_ALONE, (None, 2, 3, 'yield')), (HE, (None,))),
    HR: ((HB, (None, 1)), (FD, (0, 2, 'result')), (HS_WAKEUP, (None, 3, 4, 2)), (HE, (None,))),
    HW: ((HB, (None, 1)), (CR, (None, 2)), (CW, (0, 2, 3, 4, 5)), (HE, (None,))),
    HW_OF: ((HB, (None, 1)), (CR, (None, 2)), (FN_OF, (0, 5, 6, 7)), (CW, (None, 2, 3, 4, 5)),
            (HE, (None,))),
    HW_NEW: ((HB, (None, 1)), (CR, (None, 2)), (FN, (0, 5, 6)), (CW, (None, 2, 3, 4, 5)),
             (HE, (None,)))}
ENDS = (CV, CV_NONE, CX, CC, CU)
SCHEDULES = (HS_CREATED, HS_YIELDED, HS_WAKEUP, HS_RESOLVED, HS, HT)
INTRODUCING = SCHEDULES + (CN, TN, FN, FN_OF, RN)
LONGEST_UNWRITTEN = 5000000000      # nanoseconds


class Ring(object):
    def __init__(self, size):
        self.size, self.header = size, ''
        self.events, self.texts = deque(), {0: '""'}
        self.lost = self.lost_time = self.next_write = 0
        self.lanes, self.awaits, self.states = {}, {}, {}
        self.futures, self.members, self.handles, self.fired = {}, {}, {}, {}
        self.resources = {}         # number -> what introduced it, and its last change
        self.running = None

    def add(self, batch):
        for template, arguments in batch:
            if template is TEXT:
                self.texts[arguments[0]] = arguments[1]
            elif template is TN_HS:
                if arguments[0]:
                    self.texts[arguments[4]] = arguments[0].partition(',')[2].partition(',')[2][:-2]
                self.events.append((TN, arguments[1:6]))
                self.events.append((HS_CREATED, (0,) + arguments[6:]))
            elif template is HX:
                delay, first, name, count = arguments
                for number in range(first, first + count):
                    self.events.append((HS, (delay, number, 'function', name, 'external')))
                    delay = 0
            elif template in PARTS:
                for part, places in PARTS[template]:
                    self.events.append((part, tuple(
                        0 if place is None else arguments[place] if type(place) is int else place
                        for place in places)))
            else:
                self.events.append((template, arguments))
        while len(self.events) > self.size:
            self.forget(*self.events.popleft())
        if len(self.texts) > 4 * self.size + 1000:
            self.forget_texts()
        if real_now() > self.next_write:
            begun = real_now()
            self.write()
            self.next_write = real_now() + max(LONGEST_UNWRITTEN, 50 * (real_now() - begun))

    def forget(self, template, arguments):
        """An event leaves the ring; what it tells of things that still live is kept."""
        self.lost += 1
        self.lost_time += arguments[0]
        key = arguments[1] if len(arguments) > 1 else None
        if template is CN:
            self.lanes[key] = arguments
        elif template in (CS, CR, CW, CW_ALONE):
            self.states[key] = template, arguments
        elif template is CA:
            self.awaits[arguments[2]] = arguments
        elif template in ENDS:
            for table in self.lanes, self.states, self.awaits:
                table.pop(key, None)
        elif template is RN:
            self.resources[key] = [arguments, None]
        elif template is RC and key in self.resources:
            self.resources[key][1] = arguments
        elif template in (TN, FN, FN_OF):
            self.futures[key] = template, arguments
        elif template is FA:
            self.members.setdefault(key, []).append(arguments)
        elif template is FD:
            self.futures.pop(key, None)
            self.members.pop(key, None)
        elif template in SCHEDULES:
            due = self.lost_time + arguments[2] if template is HT else 0
            self.handles[key] = template, arguments, due
        elif template is HF:
            self.fired[key] = True
        elif template is HB:
            self.running = key
        elif template is HC:
            self.handles.pop(key, None)
        elif template is HE:
            self.handles.pop(self.running, None)
            self.fired.pop(self.running, None)
            self.running = None

    def forget_texts(self):
        global TEXTS
        used = {0}
        kept = [pair for table in (self.states, self.futures) for pair in table.values()]
        kept += [(CN, arguments) for arguments in self.lanes.values()]
        kept += [(RN, pair[0]) for pair in self.resources.values()]
        kept += [entry[:2] for entry in self.handles.values()]
        for template, arguments in flatten(self.events, kept):
            for kind, value in zip(ARGUMENTS[template], arguments):
                if kind in 'xs':
                    used.add(value)
        with LOCK:
            self.texts = {key: value for key, value in self.texts.items() if key in used}
            for string in [one for one, number in TEXTS.items() if number not in used]:
                del TEXTS[string]
            for name in [one for one, number in FILES.items() if number not in used]:
                del FILES[name]
            METHODS.clear()
            PEERS.clear()
            for lane in LANES.values():
                lane.peer = None
            for code in CODES.values():
                code._file = None

    def write(self):
        """Writes all anew: first what was alive, then the events, with new numbers."""
        Rewriter(self).write(SINKS)


class Rewriter(object):
    def __init__(self, ring):
        self.ring = ring
        self.lines = [ring.header]
        self.numbers = {kind: {0: 0} for kind in 'lfhxr'}

    def write(self, sinks):
        ring = self.ring
        if ring.lost:
            self.put(LD, (ring.lost_time, min(ring.lost, 1 << 20)))
            for key in sorted(ring.lanes):
                self.put(CN, (0,) + ring.lanes[key][1:])
            for key in sorted(ring.resources):
                made, changed = ring.resources[key]
                self.put(RN, (0,) + made[1:])
                if changed is not None:
                    self.put(RC, (0,) + changed[1:])
            for key in sorted(ring.futures):
                template, arguments = ring.futures[key]
                self.put(template, (0,) + arguments[1:])
                for member in ring.members.get(key, ()):
                    self.put(FA, (0,) + member[1:])
            started = set()
            for key in sorted(ring.lanes):
                self.begin(key, started)
            for key in sorted(ring.states):
                template, arguments = ring.states[key]
                if key in ring.lanes and template in (CW, CW_ALONE):
                    self.put(template, (0,) + arguments[1:])
            for key in sorted(ring.handles):
                template, arguments, due = ring.handles[key]
                if template is HT:
                    arguments = (0, key, due - ring.lost_time) + arguments[3:]
                self.put(template, (0,) + arguments[1:])
                if key in ring.fired:
                    self.put(HF, (0, key))
            if ring.running is not None:
                self.put(HB, (0, ring.running))
        for template, arguments in ring.events:
            self.put(template, arguments)
        for sink in sinks:
            sink.replace(''.join(self.lines).encode('ascii'))

    def begin(self, key, started):
        """A coroutine that had started, after those that await it."""
        ring = self.ring
        if key in started or key not in ring.states:
            return
        started.add(key)
        awaited = ring.awaits.get(key)
        if awaited is not None and awaited[1] in ring.lanes:
            self.begin(awaited[1], started)
            self.put(CA, (0,) + awaited[1:])
        self.put(CS, (0, key))

    def put(self, template, arguments):
        result, word = [], ''
        for place, (kind, value) in enumerate(zip(ARGUMENTS[template], arguments)):
            if kind == 'w':
                word = value
            elif kind == 's':
                kind = 'x' if word == 'function' else 'f'
            if kind in self.numbers:
                value = self.renumber(kind, value, place == 1 and template in INTRODUCING)
            result.append(value)
        self.lines.append(template % tuple(result))

    def renumber(self, kind, number, is_new):
        """The new number of an identity. What nobody remembers is introduced as unknown."""
        known = self.numbers[kind]
        if number in known:
            return known[number]
        new = known[number] = len(known)
        if kind == 'x':
            self.lines.append(TEXT % (new, self.ring.texts.get(number, '"?"')))
        elif not is_new:
            self.lines.append({'l': '["cn",0,%d,0]\n["cs",0,%d]\n',
                               'f': '["fn",0,%d]\n["fd",0,%d,"result"]\n',
                               'r': '["rn",0,%d,"lock"]\n',
                               'h': '["hs",0,%d,"job",0,"call_soon"]\n'}[kind]
                              % ((new,) if kind in 'hr' else (new, new)))
        return new


# ---------------------------------------------------------------------------------------------
# Code: whose it is, and what a coroutine that stands in it waits for

STANDARD_LIBRARY = os.path.dirname(os.__file__) + os.sep
ASYNCIO = os.path.dirname(asyncio.__file__) + os.sep
STREAMS = ASYNCIO + 'streams.py'
INSTALLED = (os.sep + 'site-packages' + os.sep, os.sep + 'dist-packages' + os.sep)

FILE_WAITS = {
    'streams.py': 'io', 'selector_events.py': 'io', 'base_events.py': 'io', 'unix_events.py': 'io',
    'sslproto.py': 'io', 'subprocess.py': 'subprocess', 'base_subprocess.py': 'subprocess',
    'threads.py': 'thread'}

OUTERMOST = 'barrier', 'queue_join'         # they wait for what is inside them
RESOURCE_WAITS = frozenset(('lock', 'event', 'condition', 'semaphore', 'barrier', 'queue_get',
                            'queue_put', 'queue_join'))
VERBS = {                   # what functions of asyncio do with a socket
    'readline': 'read from', 'readuntil': 'read from', 'readexactly': 'read from',
    'read': 'read from', '_wait_for_data': 'read from', 'sock_recv': 'read from',
    'sock_recv_into': 'read from', 'sock_recvfrom': 'read from', 'drain': 'write to',
    '_drain_helper': 'write to', 'sock_sendall': 'write to', 'sock_sendto': 'write to',
    'sock_connect': 'connect to', 'create_connection': 'connect to',
    'create_unix_connection': 'connect to', 'open_connection': 'connect to',
    'sock_accept': 'accept on'}

CODES = {}                  # id of a code object -> Code, which keeps it alive
WAITS = {}                  # id of a code object of asyncio -> (word, where its members are)
FILES = {}                  # file name -> number of the name shown
USERS = {}                  # file name -> whether it is the user's

_folder = u''               # the program's own; names of files are shown relative to it


class Code(object):
    __slots__ = ('code', 'is_watched', 'is_closed', 'name', 'arguments', '_file', 'wait', 'members',
                 'verb', 'lines')

    def __init__(self, code):
        self.code = code
        is_user = is_users(code.co_filename)
        self.is_watched = is_user and code.co_flags & ASYNC_CODE != 0
        self._file = None
        self.lines = {}             # place in the code -> line, as far as asked for
        self.wait, self.members = WAITS.get(id(code), (None, None))
        self.verb = VERBS.get(code.co_name, '')
        if self.wait is None:
            name = code.co_filename
            self.wait = FILE_WAITS.get(name[len(ASYNCIO):], '') if name.startswith(ASYNCIO) else ''
        # What these await is their own, never code of the user's.
        self.is_closed = not self.is_watched and (
            code.co_filename == STREAMS or code is tasks.sleep.__code__)
        name = getattr(code, 'co_qualname', code.co_name)
        self.name = name.rpartition('<locals>.')[2]
        number = code.co_argcount + code.co_kwonlyargcount
        self.arguments = code.co_varnames[:number]
        if self.arguments[:1] in (('self',), ('cls',)):
            self.arguments = self.arguments[1:]
        if exact and is_user:
            watch_code(code, self.is_watched)

    @property
    def file(self):
        if self._file is None:
            self._file = file_number(self.code.co_filename)
        return self._file


def code_of(code):
    return CODES.get(id(code)) or CODES.setdefault(id(code), Code(code))


def is_ours(frame):
    return frame.f_globals is GLOBALS


GLOBALS = globals()
OWN_FILE = code_of.__code__.co_filename if os.sep in code_of.__code__.co_filename else ''


def is_users(name):
    """Whether code in a file belongs to the program itself, not to a library."""
    known = USERS.get(name)
    if known is None:
        known = USERS[name] = options.scope == 'all' or not is_library(name)
    return known


def is_library(name):
    return (name.startswith((STANDARD_LIBRARY, '<frozen')) or name == OWN_FILE
            or any(folder in name for folder in INSTALLED))


def file_number(name):
    """The number of a file's name. Its text is told too, if it is the program's."""
    number = FILES.get(name)
    if number is None:
        number = FILES[name] = text(shown_path(name))
        source = source_text(name) if name != _script and not is_library(name) else None
        if source is not None:
            emit(PS, number, text(source))
    return number


def shown_path(name):
    for folder in (_folder, STANDARD_LIBRARY):
        if folder and name.startswith(folder):
            return name[len(folder):]
    for folder in INSTALLED:
        if folder in name:
            return name.rpartition(folder)[2]
    return name


def source_text(path):
    import io
    import tokenize
    try:
        with open(path, 'rb') as file:
            data = file.read(LONGEST_TEXT)
        encoding = tokenize.detect_encoding(io.BytesIO(data).readline)[0]
        return data.decode(encoding, 'replace').replace('\r\n', '\n')
    except (OSError, SyntaxError, LookupError, ValueError):
        return None


def learn_waits():
    """Fills WAITS from asyncio's own functions."""
    def add(owner, word, names=None, members=None):
        for name, value in list(vars(owner).items()) if owner is not None else ():
            code = getattr(value, '__code__', None)
            if code is not None and (names is None or name in names):
                WAITS[id(code)] = word, members
                CODES.pop(id(code), None)

    add(tasks, 'sleep', ['sleep'])
    add(tasks, 'yield', ['__sleep0'])
    add(tasks, 'wait', ['_wait'], ('fs', None))
    add(tasks, 'wait', ['wait_for'], ('fut', None))
    add(tasks, 'wait', ['as_completed', '_wait_for_one'])
    add(getattr(tasks, '_AsCompletedIterator', None), 'wait')
    add(getattr(getattr(asyncio, 'taskgroups', None), 'TaskGroup', None), 'wait',
        ['__aexit__', '_aexit'], ('self', '_tasks'))
    for name in 'Lock', 'Event', 'Condition', 'Semaphore', 'Barrier':
        add(getattr(locks, name, None), name.lower())
    add(queues.Queue, 'queue_get', ['get'])
    add(queues.Queue, 'queue_put', ['put'])
    add(queues.Queue, 'queue_join', ['join'])


# ---------------------------------------------------------------------------------------------
# Identities: lanes (coroutines), tasks, futures

PENDING, STARTED, ENDED = 0, 1, 2

LANES = {}                  # id of a frame -> Lane; entries go before the frame does
UNIDENTIFIED = {}           # id of a code object -> lanes whose coroutine object was not seen yet
TASKS = {}                  # id of a task -> TaskRecord
FUTURES = {}                # id of another future -> FutureRecord
WAITED = {}                 # id of a future of asyncio's own that a task waits for -> TaskRecord
LIMBO = []                  # lanes whose object died without having been seen to start
NOTICED = []                # lanes that were only seen on the stack, in this step

new_lane, new_future, new_handle = count(1).__next__, count(1).__next__, count(1).__next__


class Chain(object):
    """The coroutines that await one another from one root on, seen from that root."""

    __slots__ = 'root', 'leaf', 'leaves', 'mixed', 'lanes'

    def __init__(self, root):
        self.root = root
        self.leaf = root        # the innermost
        self.leaves = None      # where async generators are among them: each generator's last
        self.mixed = False      # whether an async generator has run in this step
        self.lanes = ()         # all of them as last seen, if starts and ends are not told


class TaskRecord(weakref.ref):
    __slots__ = ('id', 'key', 'lane', 'step', 'waits', 'wait', 'word', 'is_started', 'is_resolved',
                 'delay', 'text_id', 'by', 'leaf', 'leaves', 'mixed', 'lanes', 'name')

    @property
    def text(self):
        return self.name or self.present_name()

    def present_name(self):
        task = self()
        try:
            return str(GET_NAME(task)) if task is not None else u'Task-?'
        except (AttributeError, TypeError):
            return u'Task-%d' % self.id

    def line(self):
        return TN, (self.delay, self.id, self.lane.id, self.text_id, self.by)


class FutureRecord(weakref.ref):
    __slots__ = 'id', 'key', 'word', 'is_resolved'


class CoroutineRef(weakref.ref):
    __slots__ = 'lane',


class Lane(object):
    __slots__ = ('id', 'key', 'code', 'text', 'text_id', 'parent', 'delay', 'coroutine', 'frame',
                 'state',
                 'awaiter', 'task', 'is_exact', 'is_generator', 'is_idle', 'by_hand',
                 'peer', 'purpose')

    def __init__(self, code, parent):
        self.id = new_lane()
        self.key = None             # in LANES
        self.code = code
        self.text = code.name + u'()'
        self.parent = parent
        self.coroutine = None       # a CoroutineRef, once the object was seen
        self.frame = None           # while it runs or is suspended, if its end will be told
        self.state = PENDING
        self.awaiter = None
        self.task = None
        self.peer = None            # of the stream that it read from last, with that text's number
        self.is_exact = HAS_MONITORING and code.is_watched
        self.is_generator = code.code.co_flags & ASYNC_GENERATOR != 0
        self.is_idle = False        # an async generator between two values
        self.by_hand = False        # driven by send(), or in an eager task's first step

    def line(self):
        return CN, (self.delay, self.id, self.text_id, self.parent, self.code.file,
                    self.code.code.co_firstlineno)

    def attach(self, frame):
        self.key = id(frame)
        LANES[self.key] = self
        if self.state == PENDING:
            if self.code.arguments:
                self.text = self.code.name + arguments_text(frame, self.code)
                undefer(self)

    def detach(self):
        if LANES.get(self.key) is self:
            del LANES[self.key]

    def watch(self, coroutine):
        if self.coroutine is None:
            self.coroutine = reference = CoroutineRef(coroutine, coroutine_gone)
            reference.lane = self

    def line_number(self):
        frame = self.frame
        if frame is None and self.coroutine is not None:
            coroutine = self.coroutine()
            if coroutine is not None:
                frame = parts(coroutine)[0]
        return (frame.f_lineno or 0) if frame is not None else 0


def make_lane(code, frame):
    """A lane for a coroutine that is being made by what runs in a frame."""
    with LOCK:
        file = code.file
        lane = Lane(code, lane_on_stack(frame) or _creator)
        if code.arguments:
            defer(lane)             # its name shows them; they are known once its object is seen
        else:
            emit(CN, lane.id, text(lane.text), lane.parent, file, code.code.co_firstlineno)
    return lane


def lane_on_stack(frame):
    """The number of the innermost coroutine on the stack that has a lane, or 0."""
    while frame is not None:
        code = frame.f_code
        if code.co_flags & ASYNC_CODE:
            lane = LANES.get(id(frame))
            if lane is not None:
                return lane.id
        elif code is RUN_ONCE:
            return 0
        frame = frame.f_back
    return 0


RUN_ONCE = base_events.BaseEventLoop._run_once.__code__


def parts(coroutine):
    """Frame, code and what it awaits."""
    kind = type(coroutine)
    if kind is CoroutineType:
        return coroutine.cr_frame, coroutine.cr_code, coroutine.cr_await
    if kind is GeneratorType:
        return coroutine.gi_frame, coroutine.gi_code, coroutine.gi_yieldfrom
    if kind is AsyncGeneratorType:
        return coroutine.ag_frame, coroutine.ag_code, coroutine.ag_await
    return None, None, None


def lane_of(coroutine, by):
    """The lane of a coroutine object, made if it is new; None for one that has ended."""
    frame, code, _ = parts(coroutine)
    if frame is None:
        return None
    lane = LANES.get(id(frame))
    if lane is None:
        about = code_of(code)
        waiting = UNIDENTIFIED.get(id(code))
        if not waiting and finds_by_scanning and about.is_watched:
            find_coroutines_if_due()
            lane = LANES.get(id(frame))
        elif waiting and len(waiting) > 1:
            find_coroutines()
            lane = LANES.get(id(frame))
        if lane is None:
            lane = claim(code) or make_lane(about, by)
            lane.attach(frame)
    if lane.coroutine is None:
        lane.watch(coroutine)
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
    global _has_chores, _unawaited
    lane = reference.lane
    lane.detach()
    if lane.state == ENDED or not recording:
        return
    if lane.state == PENDING:
        if lane.is_exact:
            end_lane(lane, CU)
            _unawaited = lane
        else:
            _has_chores = True
            LIMBO.append(lane)      # the never-awaited warning comes after this, if at all
    elif lane.is_exact:
        if lane.is_generator and lane.is_idle:
            return                  # asyncio brings it back to life, to close it
    elif lane.task is not None and lane.task is not _running:
        end_lane(lane, CX, text(u'GeneratorExit'))
    else:
        end_lane(lane, CV_NONE)


def end_lane(lane, template, *arguments):
    lane.state = ENDED
    lane.frame = None
    emit(template, lane.id, *arguments)


def settle_limbo():
    """Coroutines that died without a warning have run, unseen, within one step."""
    while LIMBO:
        lane = LIMBO.pop(0)
        if lane.state == PENDING:
            emit(CS, lane.id)
            end_lane(lane, CV_NONE)


def end_unawaited():
    """The run is over: what has not been awaited by now never will be. Python says so only as it
    throws the objects away, after the last event."""
    for lane in sorted(LANES.values(), key=lambda lane: lane.id):
        coroutine = lane.coroutine() if lane.coroutine is not None else None
        if (lane.state == PENDING and lane.task is None and type(coroutine) is CoroutineType
                and not has_begun(coroutine)):
            end_lane(lane, CU)


def has_begun(coroutine):
    frame = coroutine.cr_frame
    if frame is None or coroutine.cr_running:
        return True
    return coroutine.cr_suspended if VERSION >= (3, 11) else frame.f_lasti >= 0


KINDS = {}                  # type -> 'task', 'gather', 'future' or None


def future_kind(kind):
    """What sort of future a type is. Only types are looked at: a callback's argument may be any
    object, and none of its attributes may be read."""
    try:
        return KINDS[kind]
    except KeyError:
        pass
    bases = type.mro(kind) if type(kind) is type else kind.__mro__
    result = None
    for base, word in ((TASK_TYPES, 'task'), (GATHER_TYPES, 'gather'), (FUTURE_TYPES, 'future')):
        if any(parent in base for parent in bases):
            result = word
            break
    KINDS[kind] = result
    return result


def future_id(future, word=''):
    """The number of a task or future, made known if it is new; 0 for what is neither."""
    kind = future_kind(type(future))
    if kind is None:
        return 0
    if kind == 'task':
        return (TASKS.get(id(future)) or make_task(future, getframe(1))).id
    return (FUTURES.get(id(future)) or make_future(future, word, kind)).id


def make_future(future, word, kind='future', purpose=0, resource=0):
    """A future was met for the first time. What it is for is a text."""
    key = id(future)
    record = FutureRecord(future, future_gone)
    record.key, record.is_resolved = key, False
    record.word = word = 'gather' if kind == 'gather' else word
    FUTURES[key] = record
    if key in WAITED:
        waiting = WAITED.pop(key)
        waiting.waits, record.id, record.word = 0, waiting.wait, waiting.word
        return record
    with LOCK:
        record.id = new_future()
        if options.detail == 'all':
            purpose = purpose or text(record.word or u'future')
            if resource:
                emit(FN_OF, record.id, purpose, resource)
            else:
                emit(FN, record.id, purpose)
    if kind == 'gather' and options.detail == 'all':
        add_members(record.id, future._children)
    return record


def add_members(number, members):
    for member in sorted(filter(None, map(future_id, members))):
        emit(FA, number, member)


def future_gone(record):
    if FUTURES.get(record.key) is record:
        del FUTURES[record.key]


def make_task(task, by, is_started=False, has_step=False):
    """A task was met for the first time, maybe as its first step was scheduled."""
    coroutine = task._coro
    about = None
    lane = lane_of(coroutine, by)
    if lane is None or lane.task is not None or lane.awaiter is not None:
        lane = make_lane(UnknownCode(type(coroutine)), by)
    record = TaskRecord(task, task_gone)
    record.key = id(task)
    record.lane = record.leaf = lane
    if exact and is_plain and _running is not None and not _running.mixed:
        record.by = _running.leaf.id
    else:
        record.by = lane_on_stack(by)
    record.leaves, record.mixed, record.lanes = None, False, (lane,)
    record.is_started, record.is_resolved = is_started, False
    record.waits = 0            # the id of a future in WAITED; then `wait` is its number
    record.step = 0             # the handle of its next step
    record.name = None
    lane.task = record
    TASKS[record.key] = record
    if options.detail == 'tasks':
        UNSTARTED.add(record.key)
    with LOCK:
        record.id = new_future()
        if VERSION < (3, 13):
            defer(record)           # it gets its name a moment later
        elif has_step:
            announce(record)
            return record
        else:
            emit(TN, record.id, lane.id, text(record.text), record.by)
    if has_step:
        record.step = new_handle()
        emit(HS_CREATED, record.step, record.id)
    elif lane.state == PENDING and not lane.is_exact and type(coroutine) is CoroutineType:
        say_begun(record, task, coroutine)
    return record


def say_begun(record, task, coroutine):
    """A task that had begun before it was met: an eager one of a library, or we came later."""
    lane, frame = record.lane, coroutine.cr_frame
    if not has_begun(coroutine):
        return
    is_suspended = frame is not None and not coroutine.cr_running
    record.is_started, lane.state = True, STARTED
    emit(CS, lane.id)
    if is_suspended:
        future, line = task._fut_waiter, frame.f_lineno
        if future is None:
            emit(CW_ALONE, lane.id, line, 'unknown')
        else:
            word, number = wait_on(future, '', None)
            emit(CW, lane.id, line, word, number)


def announce(record):
    """A task and its first step, in one entry."""
    global _last, _text_count
    if _open is not None:
        open_up()
    if _heard is not None:
        tell_heard()
    name = record.text
    number, line = TEXTS.get(name), ''
    if number is None:              # most names are never met again: they are not remembered
        number = _text_count = _text_count + 1
        line = TEXT % (number, quoted(name))
    record.step = new_handle()
    before, _last = _last, now()
    note((TN_HS, (line, _last - before, record.id, record.lane.id, number, record.by, record.step,
                  record.id)))


class UnknownCode(object):
    """Stands for the code of a coroutine that has none, such as one of Cython."""

    co_firstlineno = co_flags = 0
    is_watched = False
    arguments = ()
    file = 0

    def __init__(self, kind):
        self.code = self
        self.name = type.__dict__['__name__'].__get__(kind)


def task_gone(record):
    if TASKS.get(record.key) is record:
        del TASKS[record.key]
        UNSTARTED.discard(record.key)
    if WAITED.get(record.waits) is record:
        del WAITED[record.waits]
    LATE.append(record)


UNSTARTED = set()           # ids of tasks, where only tasks are recorded
LATE = deque(maxlen=16)     # tasks that died last: asyncio complains of some a moment later


# ---------------------------------------------------------------------------------------------
# Values, names and exceptions as text, without running the program's code

PLAIN = (type(None), bool, int, float, str)


def value_text(value, longest=60):
    kind = type(value)
    if kind in PLAIN or kind is bytes or kind is complex:
        if kind is int and not -10 ** 50 < value < 10 ** 50:
            return u'<int>'
        if kind in (str, bytes) and len(value) > longest:
            value = value[:longest - 1]
            return repr(value) + u'\u2026'
        return repr(value)
    if kind in (list, tuple, set, frozenset, dict):
        if len(value) <= 8:
            items = value.items() if kind is dict else value
            try:
                shown = [(value_text(item[0], 16), value_text(item[1], 16)) if kind is dict
                         else value_text(item, 16) for item in list(items)]
            except RuntimeError:
                shown = ()
            if kind is dict:
                shown = [u'%s: %s' % pair for pair in shown]
            open_, close = {list: u'[]', tuple: u'()'}.get(kind, u'{}')
            result = open_ + u', '.join(shown) + close
            if len(result) <= longest and (shown or kind in (list, tuple, dict)):
                return result
        return u'%s of %d' % (kind.__name__, len(value))
    return u'<%s>' % type.__dict__['__name__'].__get__(kind)


def arguments_text(frame, code):
    """Arguments of a call as far as they are plain: `(3)`, `('a', ...)`."""
    variables = frame.f_locals
    shown = []
    for name in code.arguments[:3]:
        value = variables.get(name)
        plain = type(value) in PLAIN and (value is not None or name in variables)
        shown.append(value_text(value, 20) if plain else u'\u2026')
    if type(variables) is dict and VERSION < (3, 13):
        variables.clear()           # a copy that the frame keeps: values would live longer
    if len(code.arguments) > 3:
        shown.append(u'\u2026')
    while len(shown) > 1 and shown[-2:] == [u'\u2026', u'\u2026']:
        del shown[-1]
    return u'(%s)' % u', '.join(shown)


def exception_text(exception):
    kind = type(exception)
    name = type.__dict__['__name__'].__get__(kind)
    arguments = BaseException.args.__get__(exception)
    if (type(kind.__str__) is type(BaseException.__str__)       # written in C
            and type(arguments) is tuple and all(type(item) in PLAIN for item in arguments)):
        message = kind.__str__(exception)
        if message:
            return u'%s: %s' % (name, message[:1000])
    return name


def callback_name(callback):
    for _ in range(20):
        if type(callback) is not functools.partial:
            break
        callback = callback.func
    kind = type(callback)
    if kind is MethodType:
        callback = callback.__func__
        kind = type(callback)
    if kind is FunctionType or kind is BuiltinType:
        return callback.__qualname__
    return type.__dict__['__name__'].__get__(kind)


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


def line_in(leaf, frame):
    """The line in which a suspended lane stands."""
    place = frame.f_lasti
    line = leaf.code.lines.get(place)
    if line is None:
        line = leaf.code.lines[place] = frame.f_lineno or 0
    return line


def end_changed_step(queue, handle, record, task):
    """The end of a step in which the chain of awaits may have become another."""
    if handle is not None:
        queue.step(handle, record)
    end_step(record, task)


def below(leaf):
    """The frame of a lane, and what the library waits for under it, as a word and a place; None if
    there may be lanes under it, or if it has ended."""
    coroutine = leaf.coroutine and leaf.coroutine()
    if type(coroutine) is not CoroutineType:
        return None
    frame = coroutine.cr_frame
    if frame is None:
        return None
    thing = coroutine.cr_await
    word, place = '', None
    while True:
        kind = type(thing)
        if kind is CoroutineType:
            code, following = thing.cr_code, thing.cr_await
        elif kind is GeneratorType:
            code, following = thing.gi_code, thing.gi_yieldfrom
        else:
            return (frame, word, place) if thing is None or kind is FUTURE_ITER else None
        about = CODES.get(id(code)) or code_of(code)
        if about.is_watched:
            return None
        if about.wait and word not in OUTERMOST:
            word, place = about.wait, (parts(thing)[0], about)
            if about.is_closed:
                return frame, word, place
        thing = following


class NoLoop(object):
    def get_debug(self):
        return False


FUTURE_ITER = type(futures.Future(loop=NoLoop()).__await__())


def do_chores(record, task):
    """What is seldom to be done at the end of a handle, which was a step of a task or None."""
    global _has_chores, _creator
    if UNWRITTEN:
        say_unwritten()
    if LIMBO:
        settle_limbo()
    if EAGER:
        end_eager_steps()
    if NOTICED:
        identify(task)
        forget_noticed()
    if _unidentified or finds_by_scanning:
        _creator = record.leaf.id if record is not None else 0
        find_coroutines_if_due()
        _creator = 0
    _has_chores = _unidentified > 0


put, take, length = deque.append, deque.popleft, deque.__len__
new_tick = count(1).__next__
STEP_TYPE = None
WAKEUP_TYPE = None if VERSION < (3, 10) else Handle     # what no callback has
CONTROL = RING = None
UNWRITTEN, EAGER = [], []
_running = None             # the record of the task whose step runs
_creator = 0                # the lane that made what is found after its step
_unidentified = 0           # how many lanes have no object yet
_has_chores = False         # whether anything is to be done at the end of a handle
finds_by_scanning = False
is_plain = True             # whether no coroutine was driven by hand, or by an eager task


def is_in_handle(frame):
    while frame is not None:
        if frame.f_code is RUN_ONCE:
            return True
        frame = frame.f_back
    return False


def task_of(callback):
    """The task whose step a callback is, or None."""
    kind = type(callback)
    if kind is STEP_TYPE or kind is BuiltinType or kind is MethodType:
        owner = callback.__self__
    elif kind is WAKEUP_TYPE or learn_step_types(kind) or kind is WAKEUP_TYPE:
        owner = getattr(callback, '__self__', None) or task_within(callback)
    else:
        return None
    return owner if future_kind(type(owner)) == 'task' else None


def learn_step_types(kind):
    """Whether a callback's type is that of a C task's step, met for the first time. (Up to 3.9
    a wake-up has a type of its own.) To make a task just to see them would use up a name."""
    global STEP_TYPE, WAKEUP_TYPE
    if WAKEUP_TYPE is None and kind.__name__ == 'TaskWakeupMethWrapper':
        WAKEUP_TYPE = kind
    if STEP_TYPE is None and kind.__name__ == 'TaskStepMethWrapper':
        STEP_TYPE = kind
        return True
    return False


def task_within(callback):
    """The task of a wake-up in C that does not tell it: up to 3.6."""
    for thing in referents(callback):
        if future_kind(type(thing)) == 'task':
            return thing
    return None


def resolve(future):
    """Notes a future's outcome, once. Returns its record."""
    kind = future_kind(type(future))
    if kind == 'task':
        record = TASKS.get(id(future)) or make_task(future, getframe(2), is_started=True)
        if not record.is_resolved and future._state != 'PENDING':
            end_task(record, future)
        return record
    if kind is None:
        return None
    record = FUTURES.get(id(future)) or make_future(future, '', kind)
    if not record.is_resolved:
        record.is_resolved = True
        if options.detail == 'all':
            emit(FD, record.id, outcome(future))
    return record


def outcome(future):
    if future._state == 'CANCELLED':
        return 'cancelled'
    return 'result' if future._exception is None else 'exception'


def begin_step(record, task):
    """A task's first step, or one whose chain has several lanes to resume."""
    lane = record.lane
    if not record.is_started:
        record.is_started = True
        if not lane.is_exact and lane.state == PENDING and not task._must_cancel:
            lane.state = STARTED
            emit(CS, lane.id)
    elif record.leaves:
        for leaf in record.leaves:
            if leaf.state == STARTED:
                emit(CR, leaf.id)
        record.leaves = None


def end_step(record, task):
    """Says what a task waits for after its step, or how it has ended."""
    if task._state != 'PENDING':
        if not record.is_resolved:
            end_task(record, task)
        return emit(HE)
    future = task._fut_waiter
    leaf = record.leaf
    word, number = '', 0
    if not exact or record.mixed or not leaf.is_exact:
        word, number, place = follow(record, task._coro)
        if record.leaves:
            word, number = wait_on(future, word, place)
            return say_suspended(record.leaves, word, number)
        leaf = record.leaf
        if future is not None:
            word, number = wait_on(future, word, place)
    elif future is not None:
        known = FUTURES.get(id(future))
        if known is not None and known.word:
            word, number = known.word, known.id
        elif future_kind(type(future)) == 'task':
            word, number = 'task', future_id(future)
        else:
            word, place = library_wait(record, task._coro)
            word, number = wait_on(future, word, place)
    frame = leaf.frame
    line = frame.f_lineno if frame is not None else leaf.line_number()
    if future is None:
        emit(CW_ALONE, leaf.id, line, 'yield')
    else:
        emit(CW, leaf.id, line, word, number)
    emit(HE)


def say_suspended(leaves, word, number):
    for leaf in leaves:
            emit(CW, leaf.id, leaf.line_number(), word, number)
    emit(HE)


def end_task(record, task):
    """A task is done: its lanes have ended, as far as nobody has told that yet."""
    record.is_resolved = True
    if _deferred:
        record.name = record.present_name()     # it may be gone when its event is written
    result = outcome(task)
    lanes, record.lanes = record.lanes, ()
    root = record.lane
    for lane in reversed(lanes):
        if lane.state == STARTED and lane is not root and not lane.is_exact:
            lane.detach()
            if result == 'exception' and was_passed_by(task._exception, lane):
                end_lane(lane, CX, text(exception_text(task._exception)))
            elif result == 'cancelled':
                end_lane(lane, CC)
            else:
                end_lane(lane, CV_NONE)
    if root.state != ENDED and (not root.is_exact or root.state == PENDING):
        root.detach()
        if result == 'exception':
            end_lane(root, CX, text(exception_text(task._exception)))
        elif result == 'cancelled':
            end_lane(root, CC)
        elif task._result is None:
            end_lane(root, CV_NONE)
        else:
            end_lane(root, CV, text(value_text(task._result)))
    emit(FD, record.id, result)


def was_passed_by(exception, lane):
    """Whether an exception came through a lane's frame."""
    entry = exception.__traceback__
    while entry is not None:
        if id(entry.tb_frame) == lane.key:
            return True
        entry = entry.tb_next
    return False


def set_timer(handle, when, callback, arguments):
    if not recording:
        return
    number = new_handle()
    HANDLES[id(handle)] = number, None
    kind = type(callback)
    if callback is SET_RESULT and arguments and future_kind(type(arguments[0])) == 'future':
        future = arguments[0]
        record = FUTURES.get(id(future)) or make_future(future, 'sleep')
        word, subject = 'set_result', record.id
    else:
        word, subject = callback_words(callback, kind, arguments)
    nanoseconds = when * 1e9
    delay = int(min(nanoseconds, LATEST_TIME)) - now() if nanoseconds == nanoseconds else 0
    emit(HT, number, min(delay, LATEST_TIME), word, subject)


SET_RESULT = getattr(futures, '_set_result_unless_cancelled', None)
STOP = base_events._run_until_complete_cb


def callback_words(callback, kind, arguments):
    """What a handle that is no task's step does: a word and a number."""
    if callback is SET_RESULT and arguments:
        return 'set_result', future_id(arguments[0], 'sleep')
    if callback is STOP and arguments:
        return 'stop', future_id(arguments[0])
    if kind is FunctionType and callback.__module__ == 'asyncio.tasks' and callback.__closure__:
        owner = MEMBER_CALLBACKS.get(callback.__qualname__)
        if owner in callback.__code__.co_freevars:
            cell = callback.__closure__[callback.__code__.co_freevars.index(owner)]
            try:
                number = future_id(cell.cell_contents, 'wait')
                if number:
                    return 'member_done', number
            except ValueError:
                pass                # the cell is empty
    number = text(callback_name(callback))
    if kind is MethodType and type(callback.__func__) is FunctionType:
        code = callback.__func__.__code__
        METHODS[id(code_of(code).code)] = number
    return 'function', number


MEMBER_CALLBACKS = {'gather.<locals>._done_callback': 'outer',
                    '_wait.<locals>._on_completion': 'waiter'}


# ---------------------------------------------------------------------------------------------
# The chain of awaits: from a task's coroutine to the future at its end

HIDING = frozenset(('FutureIter', 'coroutine_wrapper', 'anext_awaitable', 'async_generator_asend',
                    'async_generator_athrow', 'async_generator_aclose'))


def links(coroutine):
    """Coroutines, generators and async generators in a chain, each with its frame and code."""
    for _ in range(10000):
        frame, code, following = parts(coroutine)
        if code is None:
            if type(coroutine).__name__ not in HIDING:
                return
            for thing in referents(coroutine):
                if parts(thing)[1] is not None or type(thing).__name__ in HIDING:
                    following = thing
                    break
        elif frame is not None:
            yield coroutine, frame, code
        coroutine = following


def library_wait(record, root):
    """The word for what the library waits for under a chain's innermost lane, and where."""
    leaf = record.leaf
    start = leaf.coroutine() if leaf.coroutine is not None else None
    word, place = '', None
    for coroutine, frame, code in links(start or root):
        lane = LANES.get(id(frame))
        if lane is not None:
            word, place = '', None
            if lane.coroutine is None:
                lane.watch(coroutine)
        else:
            word, place = nearer(code, frame, word, place)
    return word, place


def nearer(code, frame, word, place):
    about = CODES.get(id(code)) or code_of(code)
    if about.wait and word not in OUTERMOST:
        return about.wait, (frame, about)
    return word, place


def follow(record, root):
    """Brings the lanes of a suspended chain up to date."""
    found, leaves = [], []
    word, place = '', None
    known = record.lanes
    start, kept = root, 0
    if not exact and not record.mixed:
        # Who stands is still awaited by all those who awaited it before.
        for index in range(len(known) - 1, 0, -1):
            coroutine = known[index].coroutine and known[index].coroutine()
            if type(coroutine) is CoroutineType and coroutine.cr_frame is not None:
                start, kept = coroutine, index
                found = list(known[:index])
                break
    mixed = False
    for coroutine, frame, code in links(start):
        lane = LANES.get(id(frame))
        about = CODES.get(id(code)) or code_of(code)
        if lane is None and about.is_watched:
            lane = lane_of(coroutine, None)
        if lane is None:
            word, place = nearer(code, frame, word, place)
            continue
        word, place = '', None
        if lane.coroutine is None:
            lane.watch(coroutine)
        if lane.is_generator:
            mixed = True
            if found:
                leaves.append(found[-1])
        found.append(lane)
    if not exact:
        end_missing(known, found)
        begin_new(record, found, kept)
    record.mixed = mixed
    record.lanes = found
    if found:
        record.leaf = found[-1]
    record.leaves = leaves + found[-1:] if leaves else None
    return word, 0, place


def end_missing(known, found):
    for lane in reversed(known):
        if lane.state == STARTED and lane not in found:
            if lane.is_generator:
                generator = lane.coroutine and lane.coroutine()
                if generator is not None and generator.ag_frame is not None:
                    if not lane.is_idle:
                        lane.is_idle = True
                        emit(CW_ALONE, lane.id, lane.line_number(), 'consumer')
                    continue
            lane.detach()
            end_lane(lane, CV_NONE)


def begin_new(record, found, first):
    outer = found[first - 1] if first else None
    for lane in found[first:]:
        if lane.state == PENDING:
            lane.state = STARTED
            if outer is not None and not lane.is_generator and lane.awaiter is None:
                lane.awaiter = outer
                emit(CA, outer.id, lane.id, outer.line_number())
            emit(CS, lane.id)
        elif lane.is_idle:
            lane.is_idle = False
            emit(CR, lane.id)
        lane.task = record
        outer = lane


def wait_on(future, word, place):
    """The word for a wait on a future, as far as the library's frames have told it."""
    if future is None:
        return 'yield', 0
    kind = future_kind(type(future))
    if kind is None:
        return word or 'unknown', 0
    if kind == 'task':
        return 'task', future_id(future)
    record = FUTURES.get(id(future))
    if record is not None and record.word:
        return record.word, record.id
    if not word:
        word = 'thread' if is_of_thread(future) else 'future'
    if record is None:
        record = make_future(future, word, kind, *purpose_of(word, place))
    record.word = record.word or word
    if word == 'wait' and place is not None and place[1].members is not None:
        add_members(record.id, members_in(place[0], place[1].members))
    return record.word, record.id


def is_of_thread(future):
    """Whether a future is chained to one of concurrent.futures."""
    for callback in future._callbacks or ():
        if type(callback) is tuple:
            callback = callback[0]
        if type(callback) is FunctionType and callback.__qualname__.startswith('_chain_future.'):
            return True
    return False


def members_in(frame, where):
    """The futures that a function of asyncio waits for, from its variables."""
    variable, attribute = where
    value = variables_of(frame, variable)[0]
    if attribute is not None:
        value = vars(value).get(attribute)
    if future_kind(type(value)):
        return [value]
    return list(value) if type(value) in (set, list, tuple) else []


def variables_of(frame, *names):
    variables = frame.f_locals
    values = [variables.get(name) for name in names]
    if type(variables) is dict and VERSION < (3, 13):
        variables.clear()           # a copy that the frame keeps: values would live longer
    return values


# ---------------------------------------------------------------------------------------------
# What a future is for, in words: a socket with its address, a process, a function in a thread

PEERS = {}                  # id of a stream -> Peer


class Peer(weakref.ref):
    __slots__ = 'key', 'address', 'numbers'


def peer_gone(peer):
    if PEERS.get(peer.key) is peer:
        del PEERS[peer.key]


def purpose_of(word, place, leaf=None):
    """The number of a text, and that of the resource for which whoever waits stands in line."""
    if place is None:
        return TEXTS.get(word) or text(word), 0
    frame, about = place
    if about.wait in RESOURCE_WAITS:
        record = resource_of(variables_of(frame, 'self')[0], about.wait)
        if record is not None and record.id:
            return text(record.name), record.id
    elif about.verb and word == 'io':
        owner, = variables_of(frame, 'self')
        peer = PEERS.get(id(owner))
        if peer is None:
            peer = find_peer(owner, frame)
        if peer.address:
            number = peer.numbers.get(about.verb)
            if number is None:
                number = peer.numbers[about.verb] = text(u'%s %s' % (about.verb, peer.address))
            if leaf is not None and isinstance(owner, streams.StreamReader):
                leaf.peer, leaf.purpose = peer, number
            return number, 0
    elif word == 'subprocess':
        process = process_text(variables_of(frame, 'self')[0])
        if process:
            return text(process), 0
    return TEXTS.get(word) or text(word), 0


def find_peer(owner, frame):
    """A stream's address, kept as long as the stream lives; that of any other socket, only now."""
    is_stream = isinstance(owner, (streams.StreamReader, streams.StreamWriter))
    peer = Peer(owner if is_stream else frame.f_code, peer_gone)
    peer.key, peer.numbers = id(owner), {}
    if is_stream:
        PEERS[peer.key] = peer
        transport = vars(owner).get('_transport')
        extra = getattr(transport, '_extra', None) if type(transport).__module__.startswith(
            'asyncio.') else None
        extra = extra if type(extra) is dict else {}
        peer.address = address_text(extra.get('peername') or extra.get('sockname'))
        if not peer.address and 'pipe' in extra:
            peer.address = u'a pipe'
    else:
        peer.address = socket_text(frame)
    return peer


def socket_text(frame):
    """The address that a coroutine of the loop's deals with, from its variables."""
    sock, address, host, port, path = variables_of(frame, 'sock', 'address', 'host', 'port', 'path')
    if type(address) is tuple or type(address) is str:
        return address_text(address)
    if type(host) is str:
        return address_text((host, port))
    if type(path) is str:
        return path
    module = sys.modules.get('socket')
    if module is not None and type(sock) is module.socket:
        for name in 'getpeername', 'getsockname':
            try:
                return address_text(getattr(sock, name)())
            except OSError:
                pass
    return u''


def address_text(address):
    if type(address) is str:
        return address
    if (type(address) is tuple and len(address) >= 2 and type(address[0]) is str
            and type(address[1]) in (int, str)):
        return (u'[%s]:%s' if ':' in address[0] else u'%s:%s') % address[:2]
    return u''


def process_text(owner):
    """`123 (sleep)`: a process, by its number and its command."""
    transport = vars(owner).get('_transport') if type(owner) is async_subprocess.Process else owner
    if not isinstance(transport, base_subprocess.BaseSubprocessTransport):
        return u''
    process = vars(transport).get('_proc')
    number = getattr(process, 'pid', None)
    command = getattr(process, 'args', None)
    if type(command) in (list, tuple) and command:
        command = command[0]
    if type(number) is not int or type(command) is not str:
        return u''
    return u'%d (%s)' % (number, command.split(' ')[0].rpartition('/')[2])


def watch_jobs():
    """Functions that run in threads: the future for one gets its name. While one is at work,
    virtual time must not jump."""
    run = base_events.BaseEventLoop.run_in_executor

    def run_in_executor(self, executor, func, *args):
        future = run(self, executor, func, *args)
        try:
            if type(future) in FUTURE_TYPES and future._state == 'PENDING':
                if recording and options.detail == 'all':
                    make_future(future, 'thread', purpose=text(job_name(func)))
                if options.clock == 'virtual':
                    key = id(future)
                    _jobs.add(key)
                    future.add_done_callback(lambda _: _jobs.discard(key))
        except Exception:
            fault()
        return future
    base_events.BaseEventLoop.run_in_executor = named_like(run, run_in_executor)


def job_name(function):
    if type(function) is functools.partial and type(function.func) is BuiltinType and function.args:
        function = function.args[0]         # of to_thread(), which runs it in a context
    return callback_name(function)


# ---------------------------------------------------------------------------------------------
# Resources: locks, queues and the like. Each has an attribute that changes as it is taken and
# given back; a descriptor in the class sees that, with no frame of ours in any coroutine.

RESOURCES = {}              # id of a lock and so on -> ResourceRecord
RESOURCE_COUNTS = {}        # kind -> how many
new_resource = count(1).__next__
LOCKS_FILE = ASYNCIO + 'locks.py'


class ResourceRecord(weakref.ref):
    __slots__ = 'id', 'key', 'kind', 'name', 'limit', 'level', 'is_part'


class Watched(object):
    """An attribute of a class of asyncio's. Its values stay in the instances."""

    def __init__(self, name, kind):
        self.name, self.kind = name, kind

    def __get__(self, thing, owner=None):
        try:
            return thing.__dict__[self.name]
        except (AttributeError, KeyError):
            raise AttributeError(self.name) from None

    def __set__(self, thing, value):
        variables = thing.__dict__
        is_first = self.name not in variables
        variables[self.name] = value
        if recording:
            try:
                if is_first:
                    meet_resource(thing, self.kind, value, getframe(2))
                else:
                    change_resource(thing, self.kind, value)
            except Exception:
                fault()

    def __delete__(self, thing):
        del thing.__dict__[self.name]


def watch_resources():
    for owner, kind, name in ((locks.Lock, 'lock', '_locked'), (locks.Event, 'event', '_value'),
                              (locks.Semaphore, 'semaphore', '_value'),
                              (locks.Condition, 'condition', '_waiters'),
                              (getattr(locks, 'Barrier', None), 'barrier', '_count'),
                              (queues.Queue, 'queue', '_unfinished_tasks')):
        if owner is not None:
            setattr(owner, name, Watched(name, kind))
            if kind in ('barrier', 'queue'):
                WHOLES.add(owner.__init__.__code__)
    wakeup_next = queues.Queue._wakeup_next

    def _wakeup_next(self, waiters):
        if recording:
            try:
                change_resource(self, 'queue', None)
            except Exception:
                fault()
        return wakeup_next(self, waiters)
    queues.Queue._wakeup_next = named_like(wakeup_next, _wakeup_next)


WHOLES = set()              # code that makes resources with others inside


def meet_resource(thing, kind, value, maker):
    """It is being made. `maker` is the frame that does so, or its base's."""
    variables = vars(thing)
    record = ResourceRecord(thing, resource_gone)
    record.id, record.key, record.kind, record.level, record.name = 0, id(thing), kind, 0, u''
    limit = {'lock': 1, 'event': 1, 'semaphore': value, 'barrier': variables.get('_parties'),
             'queue': variables.get('_maxsize')}.get(kind, 0)
    record.limit = min(max(0, limit), 0xFFFFFFFF) if type(limit) is int else 0
    record.is_part = False
    for _ in range(3):
        if maker is not None and maker.f_code.co_name == '__init__':
            record.is_part = record.is_part or maker.f_code in WHOLES
            maker = maker.f_back
    RESOURCES[record.key] = record
    if events._get_running_loop() is not None:
        announce_resource(record)
    return record


def resource_gone(record):
    if RESOURCES.get(record.key) is record:
        del RESOURCES[record.key]


def announce_resource(record):
    if record.id or record.is_part:
        return
    with LOCK:
        record.id = new_resource()
        number = RESOURCE_COUNTS[record.kind] = RESOURCE_COUNTS.get(record.kind, 0) + 1
        record.name = u'%s %d' % (record.kind, number)
        emit(RN, record.id, record.kind, text(record.name), record.limit)


def resource_of(thing, word):
    """What somebody stands in line for, made known if it was made before a loop ran."""
    record = RESOURCES.get(id(thing))
    if record is None:                  # it was made before all this
        kind = word.partition('_')[0]
        record = meet_resource(thing, kind, vars(thing).get('_value'), None)
    announce_resource(record)
    return record


def change_resource(thing, kind, value):
    record = RESOURCES.get(id(thing))
    if record is None or record.is_part or events._get_running_loop() is None:
        return
    announce_resource(record)
    level, holder = record.level, 0
    if kind == 'queue':
        items = vars(thing).get('_queue')
        level = len(items) if type(items) in (deque, list) else level
        if level == record.level:
            return
    elif kind == 'lock' or kind == 'event':
        level = 1 if value is True else 0
        if level and kind == 'lock':
            holder = holder_on(getframe(2))
    elif kind == 'condition' or type(value) is not int:
        return
    else:
        level = max(0, record.limit - value if kind == 'semaphore' else value)
    record.level = level
    emit(RC, record.id, level, holder)


def holder_on(frame):
    """The lane of the coroutine that acquires a lock: none of the lock's own."""
    while frame is not None and frame.f_code.co_filename == LOCKS_FILE:
        frame = frame.f_back
    if not exact:
        notice(frame)
    return lane_on_stack(frame)


# ---------------------------------------------------------------------------------------------
# Coroutines: exact starts and ends by sys.monitoring (from 3.12 on)

if HAS_MONITORING:
    MONITORING, EVENTS = sys.monitoring, sys.monitoring.events
    DISABLE = MONITORING.DISABLE
    IN_COROUTINES = EVENTS.PY_RETURN | EVENTS.CALL
    IN_GENERATORS = EVENTS.PY_YIELD | EVENTS.PY_RESUME
    _tool = None


def watch_coroutines():
    """Asks for the start of every function, and for what ends one with an exception."""
    global _tool
    _tool = next((tool for tool in (4, 3, 2, 1) if MONITORING.get_tool(tool) is None), None)
    if _tool is None:
        return
    MONITORING.use_tool_id(_tool, 'loopscope')
    for event, callback in ((EVENTS.PY_START, on_start), (EVENTS.PY_RETURN, on_return),
                            (EVENTS.PY_UNWIND, on_unwind), (EVENTS.PY_YIELD, on_yield),
                            (EVENTS.PY_RESUME, on_resume), (EVENTS.PY_THROW, on_throw),
                            (EVENTS.CALL, on_call)):
        MONITORING.register_callback(_tool, event, callback)
    MONITORING.set_events(_tool, EVENTS.PY_START | EVENTS.PY_UNWIND | EVENTS.PY_THROW)


def unwatch_coroutines():
    global _tool
    if _tool is not None:
        MONITORING.set_events(_tool, 0)
        MONITORING.free_tool_id(_tool)
        _tool = None


def watch_code(code, is_coroutine):
    """Code of the user's: calls of coroutine functions in it make coroutines."""
    if _tool is not None:
        wanted = IN_COROUTINES if is_coroutine else EVENTS.CALL
        if code.co_flags & ASYNC_GENERATOR:
            wanted |= IN_GENERATORS
        MONITORING.set_local_events(_tool, code, wanted)


def on_call(code, offset, function, first):
    """Something is called in code of the user's. Where that never is a coroutine function, we are
    not told again, so that plain code runs at full speed."""
    global _unidentified, _has_chores
    if type(function) is not FunctionType:
        function = function.__func__ if type(function) is MethodType else None
        if type(function) is not FunctionType:
            return DISABLE
    made = function.__code__
    if not made.co_flags & COROUTINE:
        return DISABLE
    try:
        about = CODES.get(id(made)) or code_of(made)
        if not about.is_watched:
            return DISABLE
        lane = make_lane(about, getframe(1))
        waiting = UNIDENTIFIED.get(id(made))
        if waiting is None:
            waiting = UNIDENTIFIED[id(made)] = deque()
        waiting.append(lane)
        _unidentified += 1
        _has_chores = True
    except Exception:
        fault()


def on_start(code, offset):
    try:
        about = CODES.get(id(code))
        if about is None:
            if not is_users(code.co_filename):
                return DISABLE
            about = code_of(code)
        if not about.is_watched:
            return DISABLE
        start_lane(getframe(1), about)
    except Exception:
        fault()


def start_lane(frame, about):
    key = id(frame)
    lane = LANES.get(key)
    if lane is None or lane.state != PENDING:
        waiting = UNIDENTIFIED.get(id(about.code))
        lane = None
        if waiting and len(waiting) > 1:
            find_coroutines()
            lane = LANES.get(key)
            if lane is not None and lane.state != PENDING:
                lane = None
        if lane is None:
            lane = claim(about.code) or make_lane(about, frame.f_back)
            lane.attach(frame)
    lane.state, lane.frame, lane.coroutine = STARTED, frame, None
    outer, awaiter = frame.f_back, None
    while outer is not None and outer.f_code.co_flags & AWAITING_CODE:
        awaiter = LANES.get(id(outer)) or eager_root(outer)
        if awaiter is not None:
            break
        outer = outer.f_back
    if lane.task is None:
        task = current_task()
        if task is not None and id(task) not in TASKS and is_root(task, frame):
            begin_eager_step(task, frame)
        elif awaiter is None:
            by_hand(lane)
        elif begin_await(awaiter, lane, outer.f_lineno):
            return
    emit(CS, lane.id)


def begin_await(awaiter, lane, line):
    """Whether its start is noted too: a coroutine awaited at once has a single line."""
    lane.task = chain = awaiter.task
    if lane.is_generator:
        if chain is not None:
            chain.mixed = True
    else:
        lane.awaiter = awaiter
        if chain is not None:
            chain.leaf = lane
        template, arguments = ENTRIES[-1] if ENTRIES else (None, None)
        if template is CN and arguments[1] == lane.id and arguments[3] == awaiter.id:
            ENTRIES[-1] = CB, arguments + (line,)
            return True
        emit(CA, awaiter.id, lane.id, line)
    return False


def by_hand(lane):
    """Driven by send(), not by a task: what it yields is not seen at the end of a step."""
    global is_plain
    if not lane.is_generator:
        lane.by_hand, is_plain = True, False
        lane.task = Chain(lane)
        code = lane.code.code
        MONITORING.set_local_events(_tool, code, IN_COROUTINES | IN_GENERATORS)


def current_task():
    try:
        return tasks.current_task()
    except RuntimeError:            # no loop runs
        return None


def is_root(task, frame):
    coroutine = task._coro
    return type(coroutine) is CoroutineType and coroutine.cr_frame is frame


def eager_root(frame):
    """The lane of a library's coroutine whose task takes its first step at once, if a frame is one."""
    task = current_task()
    if task is None or id(task) in TASKS or not is_root(task, frame):
        return None
    lane = begin_eager_step(task, frame)
    lane.attach(frame)
    lane.frame = frame
    return lane


def begin_eager_step(task, frame):
    """A task's first step, taken at once inside another handle."""
    global _has_chores, is_plain
    _has_chores, is_plain = True, False
    record = make_task(task, frame.f_back, is_started=True)
    record.lane.by_hand = True
    EAGER.append(record)
    MONITORING.set_local_events(_tool, frame.f_code, IN_COROUTINES | IN_GENERATORS)
    return record.lane


def end_eager_steps():
    while EAGER:
        record = EAGER.pop()
        task = record()
        record.lane.by_hand = False
        if task is not None and not record.is_resolved and task._state != 'PENDING':
            end_task(record, task)


def on_return(code, offset, value):
    try:
        lane = LANES.pop(id(getframe(1)), None)
        if lane is not None:
            leave(lane)
            if value is None:
                end_lane(lane, CV_NONE)
            else:
                end_lane(lane, CV, text(value_text(value)))
            if EAGER:
                end_eagerly(lane, 'result')
    except Exception:
        fault()


def end_eagerly(lane, result):
    """A lane has ended. If it is that of a task in its eager step, so has the task, in a moment."""
    record = lane.task
    if any(record is one for one in EAGER) and record.lane is lane:
        task = record()
        record.is_resolved = True
        record.name = record.present_name()
        if result == 'result' and task is not None and task._must_cancel:
            result = 'cancelled'
        emit(FD, record.id, result)


def on_unwind(code, offset, exception):
    if code.co_flags & ASYNC_CODE:
        try:
            lane = LANES.pop(id(getframe(1)), None)
            if lane is not None:
                leave(lane)
                if isinstance(exception, asyncio.CancelledError):
                    end_lane(lane, CC)
                    result = 'cancelled'
                else:
                    end_lane(lane, CX, text(exception_text(exception)))
                    result = 'exception'
                if EAGER:
                    end_eagerly(lane, result)
        except Exception:
            fault()


def leave(lane):
    """A lane is about to end: who awaited it is the innermost now."""
    chain = lane.task
    if chain is not None and lane.awaiter is not None:
        chain.leaf = lane.awaiter
        if type(chain) is Chain:
            chain.root.is_idle = False      # the exception was thrown into this one first


def on_yield(code, offset, value):
    try:
        lane = LANES.get(id(getframe(1)))
        if lane is None:
            return
        if lane.is_generator:
            if type(value).__name__ == 'async_generator_wrapped_value':
                lane.is_idle = True
                emit(CW_ALONE, lane.id, lane.line_number(), 'consumer')
        elif lane.by_hand:
            leaf = lane.task.leaf
            lane.is_idle = True
            if future_kind(type(value)):
                word, number = wait_on(value, '', None)
                emit(CW, leaf.id, leaf.line_number(), word, number)
            else:
                emit(CW_ALONE, leaf.id, leaf.line_number(), 'unknown')
            if type(lane.task) is not Chain:
                lane.by_hand = lane.is_idle = False     # from now on it is a task like others
    except Exception:
        fault()


def on_throw(code, offset, exception):
    if code.co_flags & ASYNC_CODE:
        resume(getframe(1))


def on_resume(code, offset):
    resume(getframe(1))


def resume(frame):
    try:
        lane = LANES.get(id(frame))
        if lane is None:
            return
        if lane.is_idle:
            lane.is_idle = False
            if lane.is_generator:
                emit(CR, lane.id)
                mix(lane, frame.f_back)
            else:
                emit(CR, lane.task.leaf.id)
    except Exception:
        fault()


def mix(lane, frame):
    """An async generator goes on, maybe for another task than before."""
    while frame is not None and frame.f_code.co_flags & AWAITING_CODE:
        consumer = LANES.get(id(frame))
        if consumer is not None:
            lane.task = consumer.task
            if lane.task is not None:
                lane.task.mixed = True
            return
        frame = frame.f_back


# ---------------------------------------------------------------------------------------------
# Coroutines: those that were made but not yet seen
#
# A coroutine object is made before its first line runs, and no hook tells. From 3.12 on a CALL
# event says that one is being made; before that, we look for new ones, for 5 % of the time at most.

_search_cost = _really_search_after = 0
_search_after = 1 << 62         # the same by the program's clock; 0 at first, if we look at all
FREE_SEARCHES = 20000000   # nanoseconds that searching may cost before the limit counts


def find_coroutines_if_due(maker=None):
    global _search_after, _search_cost, _really_search_after
    begun = real_now()
    if begun >= _really_search_after:
        find_coroutines(maker)
        ended = real_now()
        _search_cost += ended - begun
        if _search_cost > FREE_SEARCHES:
            _really_search_after = ended + 30 * (ended - begun)
            if options.clock == 'real':
                _search_after = now() + 30 * (ended - begun)


def find_coroutines(maker=None, dying=None):
    """Gives every living coroutine object of the user's its lane, in the order of their making.

    With a `maker`, the frame that made them, those get one too that run already. One that is
    `dying`, in its finalizer, must not get a weak reference.
    """
    frame = getframe(1) if dying is None else None
    while frame is not None:
        if frame.f_code.co_name == '_warn_unawaited_coroutine':
            return
        frame = frame.f_back
    for generation in (0, 1, 2) if exact else (0,):
        for thing in gc.get_objects(generation):
            if type(thing) is CoroutineType and thing is not dying:
                code = thing.cr_code
                if (CODES.get(id(code)) or code_of(code)).is_watched:
                    frame = thing.cr_frame
                    if frame is not None and id(frame) not in LANES:
                        if not thing.cr_running or maker is not None:
                            lane = claim(code) or make_lane(code_of(code), maker or getframe(1))
                            lane.attach(frame)
                            lane.watch(thing)
                        elif UNIDENTIFIED.get(id(code)):
                            claim(code).attach(frame)       # it is just about to start
        if exact and _unidentified <= 0:
            return
    if exact and dying is None:
        for code in list(UNIDENTIFIED):
            if UNIDENTIFIED[code]:
                for lane in list(UNIDENTIFIED[code]):
                    drop_unidentified(code, lane)


def drop_unidentified(code, lane):
    """Its object is nowhere: it died without having been started."""
    global _unidentified
    UNIDENTIFIED[code].remove(lane)
    _unidentified -= 1
    end_lane(lane, CU)


def notice(frame):
    """Before 3.12: whatever coroutines are on the stack have started."""
    global _has_chores
    met = []
    while frame is not None and frame.f_code is not RUN_ONCE:
        code = frame.f_code
        if code.co_flags & ASYNC_CODE and (CODES.get(id(code)) or code_of(code)).is_watched:
            lane = LANES.get(id(frame))
            if lane is not None and lane.state == STARTED:
                met.append((lane, frame))
                break
            met.append((lane, frame))
        frame = frame.f_back
    if met and met[-1][0] is not None and met[-1][0].state == STARTED:
        end_left(met[-1][0])
    new = next((frame for lane, frame in reversed(met) if lane is None), None)
    if new is not None and finds_by_scanning:
        find_coroutines_if_due(new.f_back)
    outer = None
    for lane, frame in reversed(met):
        if lane is None:
            lane = LANES.get(id(frame))
        if lane is None:
            lane = make_lane(code_of(frame.f_code), frame.f_back)
            lane.attach(frame)
            NOTICED.append(lane)
            _has_chores = True
        if lane.state == PENDING:
            lane.state = STARTED
            if outer is not None and not lane.is_generator and is_awaited_by(outer[1], frame):
                lane.awaiter = outer[0]
                emit(CA, outer[0].id, lane.id, outer[1].f_lineno)
            emit(CS, lane.id)
        outer = lane, frame


def end_left(lane):
    """A coroutine that runs awaits none of those any more that it did, unless they run in it."""
    lanes = lane.task.lanes if lane.task is not None else ()
    if lane in lanes and lanes[-1] is not lane:
        place = lanes.index(lane) + 1
        end_missing(lanes[place:], ())
        lane.task.lanes = lanes[:place]


def is_awaited_by(outer, frame):
    """Whether only coroutines, of a library, stand between a frame and the one that awaits it."""
    frame = frame.f_back
    while frame is not outer and frame is not None and frame.f_code.co_flags & AWAITING_CODE:
        frame = frame.f_back
    return frame is outer


def identify(task):
    """Ties the lanes that were noticed by their frames to the objects of a task's chain."""
    coroutine = task._coro if hasattr(task, '_coro') else None
    while coroutine is not None:
        frame, _, below = parts(coroutine)
        lane = LANES.get(id(frame)) if frame is not None else None
        if lane is not None:
            lane.watch(coroutine)
        coroutine = below


def forget_noticed():
    """Those of which no object turned up in a chain have ended within the step."""
    while NOTICED:
        lane = NOTICED.pop()
        if lane.coroutine is None and lane.state == STARTED:
            lane.detach()
            end_lane(lane, CV_NONE)


def coroutine_made(coroutine):
    """Up to 3.7: the interpreter shows us every coroutine as it is made."""
    try:
        if recording and code_of(coroutine.cr_code).is_watched:
            notice(getframe(1))
            lane_of(coroutine, getframe(1))
    except Exception:
        fault()
    return coroutine


# ---------------------------------------------------------------------------------------------
# What the program says: output, warnings, complaints of asyncio

def watch_stream(name, template):
    """Replaces the `write` of a standard stream; the stream stays the same object."""
    stream = getattr(sys, name)
    original = getattr(stream, 'write', None)
    unwritten = []                          # of one lane; print() writes in pieces

    def say():
        lane, pieces = unwritten[0], ''.join(unwritten[1:])
        del unwritten[:]
        emit(template, text(pieces), lane)

    def write(string):
        global _has_chores
        if recording and type(string) is str and string:
            try:
                frame = getframe().f_back
                if not exact:
                    notice(frame)
                lane = lane_on_stack(frame)
                if unwritten and unwritten[0] != lane:
                    say()
                if not unwritten:
                    unwritten.append(lane)
                    if say not in UNWRITTEN:
                        UNWRITTEN.append(say)
                        _has_chores = True
                unwritten.append(string)
                if string[-1] == '\n' or len(unwritten) > 100:
                    say()
                    UNWRITTEN.remove(say)
            except Exception:
                fault()
        return original(string)

    try:
        stream.write = write
    except Exception:
        pass                                # no stream, or one of the program's own


def say_unwritten():
    while UNWRITTEN:
        UNWRITTEN.pop()()


def watch_warnings():
    show = warnings._showwarnmsg_impl

    def shown(message):
        if recording:
            try:
                said = message.message
                if isinstance(said, Warning):
                    said = exception_text(said).partition(': ')[2]
                said = str(said) if type(said) is str else ''
                name = type.__dict__['__name__'].__get__(message.category)
                lane = lane_on_stack(getframe().f_back)
                if said.partition('\n')[0].endswith('was never awaited'):
                    lane = lane_never_awaited(said, getattr(message, 'source', None)) or lane
                emit(PW, text(u'%s: %s' % (name, said.partition('\n')[0])), lane)
            except Exception:
                fault()
        return show(message)
    warnings._showwarnmsg_impl = shown

    unawaited = getattr(warnings, '_warn_unawaited_coroutine', None)
    if type(unawaited) is FunctionType and not exact:
        replacement = FunctionType(unawaited.__code__, UnawaitedGlobals(vars(warnings)),
                                   unawaited.__name__)
        warnings._warn_unawaited_coroutine = replacement


def lane_never_awaited(said, coroutine):
    """The number of the lane of which a warning speaks."""
    global _unawaited
    if VERSION < (3, 7):
        never_awaited_text(said)
    lane, _unawaited = _unawaited, None
    if lane is None and exact and type(coroutine) is CoroutineType:
        waiting = UNIDENTIFIED.get(id(coroutine.cr_code))
        if waiting:
            if len(waiting) > 1:
                find_coroutines(dying=coroutine)    # who else lives is not the one that died
            lane = claim(coroutine.cr_code)
            if lane is not None:
                end_lane(lane, CU)
    return lane.id if lane is not None else 0


_unawaited = None           # the lane that was found never to have been awaited last


class UnawaitedGlobals(dict):
    """Globals for the function that warns of coroutines never awaited. When it looks for `warn`,
    we learn of the coroutine, with no frame of ours between it and what it calls."""

    def __getitem__(self, name):
        if name == 'warn' and recording:
            try:
                never_awaited(getframe(1).f_locals.get('coro'))
            except Exception:
                fault()
        return dict.__getitem__(self, name)


def never_awaited(coroutine):
    """It is in its finalizer: it must not get a new weak reference."""
    global _unawaited
    frame, code, _ = parts(coroutine)
    if code is None or not code_of(code).is_watched:
        return
    lane = LANES.get(id(frame))
    for dead in LIMBO:
        if dead.code.code is code and (lane is None or dead.key == id(frame)):
            lane = dead
    if lane is None:
        lane = make_lane(code_of(code), getframe(3))
    elif lane in LIMBO:
        LIMBO.remove(lane)
    lane.detach()
    end_lane(lane, CU)
    _unawaited = lane


def never_awaited_text(said):
    """3.6 has no hook for it, but its warning names the coroutine."""
    global _unawaited
    for lane in reversed(LIMBO):
        if u"'%s'" % lane.code.code.co_name in said or lane.code.name in said:
            LIMBO.remove(lane)
            _unawaited = lane
            return end_lane(lane, CU)


def watch_complaints():
    """asyncio's own: exceptions that nobody took, tasks that died too soon, slow callbacks."""
    original = base_events.BaseEventLoop.call_exception_handler

    def call_exception_handler(self, context):
        if recording and type(context) is dict:
            try:
                complain(context)
            except Exception:
                fault()
        return original(self, context)
    base_events.BaseEventLoop.call_exception_handler = call_exception_handler

    logger = base_events.logger
    if not [one for one in logger.filters if type(one) is SlowCallbacks]:
        logger.addFilter(SlowCallbacks())


def complain(context):
    lane = 0
    culprit = context.get('task') or context.get('future')
    if future_kind(type(culprit)) == 'task':
        record = TASKS.get(id(culprit))
        for late in reversed(LATE):
            if record is None and late.key == id(culprit):
                record = late
        if record is not None:
            lane = record.lane.id
            if not record.is_resolved and culprit._state != 'PENDING':
                end_task(record, culprit)
    message = context.get('message')
    said = message if type(message) is str else 'Unhandled exception in event loop'
    exception = context.get('exception')
    if isinstance(exception, BaseException):
        said = u'%s: %s' % (said, exception_text(exception))
    emit(PX, text(said), lane or lane_on_stack(getframe(2)))


class SlowCallbacks(object):
    """A filter of asyncio's logger that lets all pass, and hears of slow callbacks."""

    def filter(self, line):
        if recording and type(line.msg) is str and line.msg.startswith('Executing '):
            arguments = line.args
            if type(arguments) is tuple and type(arguments[-1]) is float:
                lane = _running.leaf.id if _running is not None else 0
                emit(PW, text(u'SlowCallback: a step took %.3f seconds' % arguments[-1]), lane)
        return True


# ---------------------------------------------------------------------------------------------
# Loops: every new one gets our ready queue

LOOPS = weakref.WeakSet()


def watch_loops():
    base = base_events.BaseEventLoop
    make_loop, set_running = base.__init__, events._set_running_loop
    timer_init, cancel_handle = TimerHandle.__init__, Handle.cancel

    def __init__(self, *arguments, **named):
        make_loop(self, *arguments, **named)
        watch_loop(self)

    def _set_running_loop(loop):
        """The loop has stopped: the last handle has ended, before the program goes on."""
        if loop is None:
            for one in list(LOOPS):
                queue = one._ready
                if type(queue) in QUEUES and queue.handle and queue.thread == get_ident():
                    queue.end()
        return set_running(loop)

    if VERSION >= (3, 7):
        def timer(self, when, callback, args, loop, context=None):
            timer_init(self, when, callback, args, loop, context)
            timer_made(self, when, callback, args)
    else:
        def timer(self, when, callback, args, loop):
            timer_init(self, when, callback, args, loop)
            timer_made(self, when, callback, args)

    def cancel(self):
        if recording and not self._cancelled:
            known = HANDLES.get(id(self))
            if known is not None:
                del HANDLES[id(self)]
                if options.clock == 'virtual':
                    CANCELLED[id(self)] = known[0]
                emit(HC, known[0])
        return cancel_handle(self)

    base.__init__ = named_like(make_loop, __init__)
    events._set_running_loop = _set_running_loop
    if options.detail == 'all':
        TimerHandle.__init__ = named_like(timer_init, timer)
        Handle.cancel = named_like(cancel_handle, cancel)
    if options.clock == 'virtual' or CONTROL is not None:
        base.time = named_like(base.time, loop_time)
        watch_selectors()
    if options.clock == 'virtual':
        def less(self, other):
            """Equal deadlines: first set, first run."""
            if type(other) is not TimerHandle:
                return NotImplemented
            return (self._when, number_of(self)) < (other._when, number_of(other))

        def number_of(timer):
            known = HANDLES.get(id(timer))      # a cancelled one keeps its place in the heap
            return known[0] if known is not None else CANCELLED.get(id(timer), 0)
        TimerHandle.__lt__ = less


def named_like(original, function):
    function.__qualname__, function.__doc__ = original.__qualname__, original.__doc__
    return function


def timer_made(timer, when, callback, arguments):
    trace = timer._source_traceback
    if trace and trace[-1][0] == timer_made.__code__.co_filename:
        del trace[-1]                   # debug mode keeps where it was set
    try:
        set_timer(timer, when, callback, arguments)
    except Exception:
        fault()


def watch_loop(loop):
    if type(loop.__dict__.get('_ready')) is deque:
        loop._ready = QUEUE(loop._ready)
        LOOPS.add(loop)


class SharedQueue(ReadyQueue):
    """A ready queue where several threads run loops: then numbers are given out under a lock."""

    __slots__ = ()

    def append(self, handle):
        with LOCK:
            ReadyQueue.append(self, handle)

    def popleft(self):
        with LOCK:
            handle = ReadyQueue.popleft(self)
            if _open is self:
                open_up()
            return handle

    def __bool__(self):
        with LOCK:
            return ReadyQueue.__bool__(self)

    __nonzero__ = __bool__


def meet_thread(thread):
    """A loop runs in a thread: the first, or one more."""
    global _first_thread, QUEUE
    if not _first_thread:
        _first_thread = thread
        return
    _first_thread = None
    QUEUE = SharedQueue
    for loop in list(LOOPS):
        loop._ready.__class__ = SharedQueue


_first_thread = 0


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


# ---------------------------------------------------------------------------------------------
# uvloop: its loop is written in C, and passes none of the places that are watched

class UvloopFinder(object):
    """Notices when uvloop is imported."""

    def find_spec(self, name, path=None, target=None):
        if name != 'uvloop':
            return None
        import importlib.util
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.loader is not None:
            execute = spec.loader.exec_module

            def exec_module(module):
                execute(module)
                uvloop_imported(module)
            spec.loader.exec_module = exec_module
        return spec


def watch_uvloop():
    if 'uvloop' in sys.modules:
        uvloop_imported(sys.modules['uvloop'])
    else:
        sys.meta_path.insert(0, UvloopFinder())


def uvloop_imported(module):
    if options.keep_loop:
        return watch_tasks(module.Loop)
    own = asyncio.SelectorEventLoop

    class Loop(own):
        """asyncio's own loop, under uvloop's name."""

        def __init__(self, *arguments, **named):
            say_once(u'uvloop cannot be watched: asyncio\'s own loop runs in its place. '
                     u'--keep-loop keeps it and records tasks only.')
            own.__init__(self, *arguments, **named)

    Loop.__module__ = 'uvloop'
    Loop.__qualname__ = 'Loop'
    module.Loop = Loop
    module.new_event_loop = named_like(module.new_event_loop, lambda: Loop())


def say_once(said):
    said = u'RecorderWarning: ' + said
    if recording and said not in TEXTS:
        emit(PW, text(said), 0)


def watch_tasks(loop_type):
    """Of a loop that cannot be watched: every task is registered as it is made, and tells when it
    is done."""
    register = getattr(tasks, '_scheduled_tasks' if VERSION >= (3, 12) else '_all_tasks')
    add = register.add

    def registered(task):
        add(task)
        try:
            if recording and isinstance(task._loop, loop_type) and id(task) not in TASKS:
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
    register.add = registered


# ---------------------------------------------------------------------------------------------
# Control: hold, go, step; and the virtual clock

class Control(object):
    """Commands from a socket. They are looked for between two handles, and while a loop idles."""

    POLL_TIME = 200000          # nanoseconds between two looks at the socket while all runs

    def __init__(self, descriptor, is_held):
        import select
        self.descriptor = descriptor
        self.poll = select.poll()
        self.poll.register(descriptor, select.POLLIN)
        self.permits = 0 if is_held else None       # handles that may run; None: any number
        self.received = b''
        self.next_look = 0
        self.thread = get_ident()

    def gate(self):
        """Returns when the next handle may run."""
        if get_ident() != self.thread or self.descriptor < 0:
            return
        if self.permits is None:
            moment = real_now()
            if moment < self.next_look:
                return
            self.next_look = moment + self.POLL_TIME
            self.look()
        if self.permits is not None:
            self.wait()
            if self.permits:
                self.permits -= 1

    def look(self):
        while self.descriptor >= 0 and self.poll.poll(0):
            self.receive()

    def wait(self):
        """Holds the program while no command lets it go on. This time does not exist for it."""
        global _gap, _held
        self.look()
        if self.permits != 0:
            return
        emit(LH)
        flush()
        begun = real_now()
        try:
            while self.permits == 0 and self.descriptor >= 0:
                self.receive()
        finally:
            _held += real_now() - begun
            _gap = True

    def receive(self):
        try:
            data = os.read(self.descriptor, 4096)
        except OSError:
            data = b''
        if not data:
            # The screen is gone. As when a terminal is closed, what ran on it gets to know.
            self.descriptor, self.permits = -1, None
            os.kill(0 if os.getpgrp() == os.getpid() else os.getpid(), 1)
            return
        lines = (self.received + data).split(b'\n')
        self.received = lines.pop()
        for line in lines:
            if line == b'hold':
                self.permits = 0
            elif line == b'go':
                self.permits = None
            elif line == b'step':
                self.permits = (self.permits or 0) + 1


def watch_selectors():
    make = selector_events.BaseSelectorEventLoop.__init__

    def __init__(self, *arguments, **named):
        make(self, *arguments, **named)
        watch_selector(self)
    selector_events.BaseSelectorEventLoop.__init__ = named_like(make, __init__)


def watch_selector(loop):
    """While the loop idles, listens for commands, or lets virtual time jump."""
    selector = loop._selector
    wait_really = selector.select
    is_virtual = options.clock == 'virtual'

    def select(timeout=None):
        if timeout is not None and timeout <= 0:
            return wait_really(timeout)
        if CONTROL is not None and CONTROL.permits == 0 and get_ident() == CONTROL.thread:
            CONTROL.wait()
        if not is_virtual:
            return wait_or_listen(timeout)
        ready = wait_really(0)
        if ready:
            return ready
        if timeout is None or can_be_woken(loop, selector):
            begun = real_now()
            ready = wait_or_listen(timeout)
            advance(loop, None if timeout is None or ready else timeout, real_now() - begun)
            return ready
        advance(loop, timeout, 0)
        emit(LJ)
        return []

    def wait_or_listen(timeout):
        control = CONTROL
        if control is None or control.descriptor < 0 or get_ident() != control.thread:
            return wait_really(timeout)
        import select
        poll = select.poll()
        poll.register(selector.fileno(), select.POLLIN)
        poll.register(control.descriptor, select.POLLIN)
        end = None if timeout is None else loop.time() + timeout
        while True:
            left = None if end is None else max(0, end - loop.time())
            ready = [one for one, _ in poll.poll(None if left is None else left * 1000 + 0.999)]
            if control.descriptor in ready:
                control.look()
                if control.permits == 0:
                    control.wait()
                if control.descriptor < 0:
                    return wait_really(left)
            if selector.fileno() in ready or end is not None and loop.time() >= end:
                return wait_really(0)
            if is_virtual and end is not None and not ready:
                return []

    selector.select = select


def advance(loop, timeout, elapsed):
    """Moves virtual time: exactly to the first timer if the loop has waited for that."""
    global _virtual
    if timeout is None:
        _virtual += elapsed
    elif loop._scheduled:
        _virtual = max(_virtual, -int(-loop._scheduled[0]._when * 1e9 // 1))
    else:
        _virtual += int(timeout * 1e9)


def can_be_woken(loop, selector):
    """Whether something else than its own timers can wake the loop: a descriptor besides the
    loop's own pipe, a signal that it handles, another thread that is at work."""
    if len(selector.get_map()) > 1 or getattr(loop, '_signal_handlers', None):
        return True
    threading = sys.modules.get('threading')
    if threading is None or threading.active_count() < 2:
        return False
    pools = sys.modules.get('concurrent.futures.thread')
    idle = pools._threads_queues if pools is not None and not _jobs else ()
    me = threading.current_thread()
    return any(thread is not me and thread not in idle for thread in threading.enumerate())


_jobs = set()               # futures of run_in_executor that are not done


def watch_time():
    """The rest of the program must see the same time as its loops."""
    wall_start, zone = time.time(), (time.localtime, time.gmtime)
    thread, start = get_ident(), real_now()

    def flowing():
        """What the program sees: while its loop runs, time stands; elsewhere it has to flow, or
        those who wait for another thread or process would wait for ever."""
        if get_ident() == thread and events._get_running_loop() is not None:
            return _virtual
        return _virtual + real_now() - start

    def monotonic():
        return flowing() / 1e9

    def wall():
        return wall_start + (flowing() - VIRTUAL_START) / 1e9

    def sleep(seconds):
        global _virtual
        if get_ident() != thread or os.getpid() != _process or not seconds >= 0:
            return real_sleep(seconds)
        _virtual += int(seconds * 1e9)

    time.monotonic = time.perf_counter = monotonic
    time.time, time.sleep = wall, sleep
    if hasattr(time, 'time_ns'):
        time.monotonic_ns = time.perf_counter_ns = flowing
        time.time_ns = lambda: int(wall() * 1e9)
    time.localtime = lambda seconds=None: zone[0](wall() if seconds is None else seconds)
    time.gmtime = lambda seconds=None: zone[1](wall() if seconds is None else seconds)


# ---------------------------------------------------------------------------------------------
# The end, in all its forms

_is_finished = False
_ending = u''               # how the program ended, if not by returning


def finish():
    """The last event of a run; its recording gets its name."""
    global _is_finished, EARLY_EVENTS
    if _is_finished or os.getpid() != _process:
        return
    _is_finished = True
    if _is_over and SINKS:
        emit(LD, min(_lost + 1, 1 << 20))
        emit(LE, text(_ending))
        flush()
    if recording:
        say_unwritten()
        settle_limbo()
        end_unawaited()
        emit(LE, text(_ending))
        flush()
    if RING is not None:
        RING.write()
    for sink in SINKS:
        sink.finish()
    EARLY_EVENTS = 1 << 60          # what still comes, while the interpreter ends, at once


def watch_exits():
    leave_now = os._exit

    def _exit(status):
        global _ending
        if os.getpid() == _process and not _is_finished:
            _ending = u'os._exit(%d)' % status if type(status) is int and status else u''
            finish()
        leave_now(status)
    os._exit = _exit
    for name in 'abort', 'execv', 'execve':
        if hasattr(os, name):
            setattr(os, name, flushing(getattr(os, name)))
    if hasattr(os, 'register_at_fork'):
        os.register_at_fork(after_in_child=silence)


def flushing(function):
    def wrapper(*arguments, **named):
        flush()
        return function(*arguments, **named)
    return wrapper


def silence():
    """A forked child is another program: it says nothing into our files."""
    global recording, CONTROL
    recording = False
    CONTROL = None
    del ENTRIES[:], SINKS[:]
    if HAS_MONITORING:
        unwatch_coroutines()


# ---------------------------------------------------------------------------------------------
# Starting

class Options(object):
    output = socket = None
    hold = is_module = keep_loop = False
    clock, scope, detail = 'real', 'user', 'all'
    max_events = keep_last = 0


_script = None              # the file name of the program's own code


def start(output=None, program=None, **chosen):
    """Starts to record what happens in this process, into a file."""
    global options, recording, _process, _folder, _script, _last, now, exact, CONTROL, RING, QUEUE
    global finds_by_scanning, _search_after
    options = Options()
    options.output = output
    vars(options).update(chosen)
    if options.keep_loop:
        options.detail = 'tasks'
    _process = os.getpid()
    options.program = program or sys.argv
    main = sys.modules.get('__main__')
    _script = _script or getattr(main, '__file__', None)
    _folder = _folder or os.path.dirname(os.path.abspath(_script or '.')) + os.sep
    if options.output:
        SINKS.append((GzipSink if options.output.endswith('.gz') else FileSink)(options.output))
    if options.socket is not None:
        sink = SocketSink(options.socket)
        SINKS.append(sink)
        CONTROL = Control(sink.descriptor, options.hold)
        now = program_now
    if options.clock == 'virtual':
        now = virtual_now
    if options.keep_last:
        RING = Ring(options.keep_last)
    write_header()
    _last = now()
    recording = True
    learn_waits()
    exact = HAS_MONITORING and options.detail == 'all'
    finds_by_scanning = not exact and VERSION >= (3, 8) and options.detail == 'all'
    if finds_by_scanning:
        _search_after = 0
    QUEUE = ReadyQueue if options.detail == 'all' else TaskQueue
    watch_loops()
    watch_complaints()
    watch_exits()
    watch_jobs()
    if options.clock == 'virtual':
        watch_time()
    if options.detail == 'all':
        watch_resources()
        watch_stream('stdout', PO)
        watch_stream('stderr', PO_ERROR)
        watch_warnings()
        if exact:
            watch_coroutines()
        elif VERSION < (3, 8) and not os.environ.get('PYTHONASYNCIODEBUG'):
            with warnings.catch_warnings():
                warnings.simplefilter('ignore')
                sys.set_coroutine_wrapper(coroutine_made)
    watch_uvloop()
    hide_frames()
    loop = events._get_running_loop()
    if loop is not None:
        watch_loop(loop)


def write_header():
    import json
    header = [('loopscope', 1), ('clock', options.clock), ('unit', 'ns'),
              ('program', [shown(part) for part in options.program]),
              ('runtime', 'CPython %d.%d.%d' % sys.version_info[:3])]
    source = source_text(_script) if _script else None
    if source is not None:
        header.append(('sources', [{'name': shown_path(_script), 'text': source}]))
    line = json.dumps(dict(header), separators=(',', ':')).replace('\x7f', '\\u007f') + '\n'
    if RING is not None:
        RING.header = line
    else:
        write(line)


def shown(argument):
    return argument if isinstance(argument, str) else repr(argument)


def hide_frames():
    """Tracebacks and stacks that the program prints show nothing of us."""
    walk_stack, walk_tb = traceback.walk_stack, traceback.walk_tb

    def hidden_walk_stack(f):
        if f is None:
            f = getframe(1).f_back.f_back
        return (pair for pair in walk_stack(f) if not is_ours(pair[0]))

    def hidden_walk_tb(tb):
        return (pair for pair in walk_tb(tb) if not is_ours(pair[0]))
    traceback.walk_stack, traceback.walk_tb = hidden_walk_stack, hidden_walk_tb

    format_list = traceback.format_list     # for where debug mode saw a coroutine being made

    def hidden_format_list(extracted_list):
        return format_list([line for line in extracted_list if not OWN_FILE or line[0] != OWN_FILE])
    traceback.format_list = hidden_format_list


def strip(exception):
    """Takes our frames out of an exception's traceback, and of those that led to it."""
    seen = set()
    while exception is not None and id(exception) not in seen:
        seen.add(id(exception))
        entry = exception.__traceback__
        while entry is not None and is_ours(entry.tb_frame):
            entry = entry.tb_next
        exception.__traceback__ = entry
        while entry is not None and VERSION >= (3, 7):
            following = entry.tb_next
            while following is not None and is_ours(following.tb_frame):
                following = following.tb_next
            entry.tb_next = entry = following
        exception = exception.__cause__ or exception.__context__


def read_arguments(arguments):
    chosen, rest = Options(), list(arguments)
    while rest:
        name = rest.pop(0)
        if name == '--':
            break
        if name == '-m':
            chosen.is_module = True
            break
        if not name.startswith('--'):
            rest.insert(0, name)
            break
        name, equals, value = name[2:].partition('=')
        name = name.replace('-', '_')
        if name in ('hold', 'keep_loop') and not equals:
            setattr(chosen, name, True)
            continue
        if not equals:
            value = rest.pop(0) if rest else ''
        allowed = {'clock': ('real', 'virtual'), 'scope': ('user', 'all'),
                   'detail': ('all', 'tasks')}.get(name)
        if name in ('max_events', 'keep_last', 'socket') and value.isdigit():
            value = int(value)
        elif not (name == 'output' and value or allowed and value in allowed):
            refuse('it does not know --%s %s' % (name.replace('_', '-'), value))
        setattr(chosen, name, value)
    if chosen.output is None and chosen.socket is None:
        refuse('it needs --output or --socket')
    if chosen.keep_last and chosen.socket is not None:
        refuse('--keep-last is for a file, not for a socket')
    if chosen.hold and chosen.socket is None:
        refuse('--hold needs --socket, by which the program is let go again')
    if not rest:
        refuse('it needs a script, or -m and a module')
    return chosen, rest


def refuse(why):
    sys.stderr.write('loopscope_recorder cannot start: %s\n' % why)
    sys.exit(2)


def main():
    global _folder, _script
    chosen, rest = read_arguments(sys.argv[1:])
    program = rest[0]
    has_folder = not (sys.flags.isolated if VERSION < (3, 11) else sys.flags.safe_path)
    sys.argv = rest
    if VERSION >= (3, 10):
        sys.orig_argv = [sys.orig_argv[0]] + (['-m'] if chosen.is_module else []) + rest
    if chosen.is_module:
        folder = os.getcwd() if VERSION >= (3, 7) else ''
        code, is_package = None, False
    else:
        is_package = os.path.isdir(program) or is_archive(program)
        folder = os.path.dirname(os.path.realpath(program))
        if is_package:
            folder = os.path.abspath(program) if VERSION >= (3, 9) else program
        _script = os.path.abspath(program) if VERSION >= (3, 9) and not is_package else program
    if has_folder or is_package:
        sys.path.insert(0, folder)
    _folder = os.path.abspath(folder) + os.sep
    run(chosen, program, is_package)


def is_archive(path):
    try:
        with open(path, 'rb') as file:
            return file.read(4) == b'PK\x03\x04'
    except OSError:
        return False        # whoever reads it will say why


def run(chosen, program, is_package):
    """Runs a script as the interpreter would have done without us."""
    global _ending
    import builtins
    module = types.ModuleType('__main__')
    scope = module.__dict__
    scope['__annotations__'] = {}
    scope['__builtins__'] = builtins
    sys.modules['__main__'] = module
    names = dict((name, value) for name, value in vars(chosen).items() if name != 'output')
    start(chosen.output, (['-m'] if chosen.is_module else []) + sys.argv, **names)
    raise_recursion_limit(3 if VERSION >= (3, 12) else 4)
    failure = None
    try:
        if chosen.is_module or is_package:
            import runpy
            runpy._run_module_as_main('__main__' if is_package else program, chosen.is_module)
        else:
            from importlib.machinery import SourceFileLoader
            scope['__loader__'] = SourceFileLoader('__main__', _script)
            scope['__file__'], scope['__cached__'] = _script, None
            exec(compile(contents(program), _script, 'exec', dont_inherit=True), scope)
    except SystemExit as exit:
        code = exit.code
        if code is not None and code != 0 or code is False:
            _ending = u'SystemExit: %s' % value_text(code)
        raise
    except BaseException as error:
        failure = error
    if failure is not None:
        _ending = exception_text(failure)
        show(failure)
        raise failure


def contents(path):
    try:
        with open(path, 'rb') as file:
            return file.read()
    except OSError as error:
        sys.stderr.write("%s: can't open file %s: [Errno %d] %s\n" % (
            sys.executable, repr(_script) if VERSION >= (3, 8) else "'%s'" % path, error.errno,
            error.strerror))
        sys.exit(2)


def show(error):
    """Prints an exception as the interpreter would, which then has only to end."""
    if type(error).__mro__[1] is SyntaxError or type(error) is SyntaxError:
        entry = error.__traceback__
        while entry is not None and is_ours(entry.tb_frame):
            entry = entry.tb_next
        if entry is None:
            error.__traceback__ = None
    strip(error)
    hook = sys.excepthook
    try:
        hook(type(error), error, error.__traceback__)
    except SystemExit:
        raise
    except BaseException as second:
        strip(second)
        sys.stderr.write('Error in sys.excepthook:\n')
        sys.__excepthook__(type(second), second, second.__traceback__)
        sys.stderr.write('\nOriginal exception was:\n')
        sys.__excepthook__(type(error), error, error.__traceback__)
    sys.excepthook = lambda *arguments: None


def raise_recursion_limit(frames):
    """Our frames under the program must not take away from its depth."""
    get, put = sys.getrecursionlimit, sys.setrecursionlimit
    put(get() + frames)

    def getrecursionlimit():
        return get() - frames

    def setrecursionlimit(limit):
        put(limit + frames if type(limit) is int else limit)
    sys.getrecursionlimit, sys.setrecursionlimit = getrecursionlimit, setrecursionlimit


if __name__ == '__main__':
    main()
