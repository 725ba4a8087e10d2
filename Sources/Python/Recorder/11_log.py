# ---------------------------------------------------------------------------------------------
# The log: notes the lines of events, and writes them
#
# All others call `emit`. Only the ready queue and what serves it note entries by themselves, where
# several events make one line.

ENTRIES = []                # lines not written yet; some entries are several lines, or a Definition
note = ENTRIES.append
_is_deferred = False        # whether there are any among them whose text is not known yet
LOCK = _thread.RLock()
TEXTS = {u'': 0}
SINKS = []

recording = False           # whether events are noted at all
options = None
_text_count = _noted = _faults = _next_flush = _lost = 0
_flush_after = 0            # the same by the program's clock, if that goes by itself
_due = -1                   # when there is something to be done after a handle, by that clock
_is_over = False            # whether there are as many events as were asked for
_gap = False                # whether time has passed that is no handle's
_made = 0, ''               # the lane that was made last, and the line that tells it
HEARD = []                  # with tasks only: the task that was just made, and has no name yet
hear = HEARD.append
_open = None                # the queue whose handle runs, as long as nothing of it was noted
_process = 0

EARLY_EVENTS = 20          # so many are written at once, since early crashes are common
BATCH_TIME = 2000000        # nanoseconds
TEXTS_REMEMBERED = 100000


def emit(template, *arguments):
    """Notes an event. Returns its line."""
    global _last
    if _open is not None:
        open_up()
    if HEARD:
        tell_new_task()
    moment = now()
    line = template % ((moment - _last,) + arguments)
    note(line)
    _last = moment
    return line


def open_up(delay=0):
    """Notes of the running handle what was held back, since it is to do something else too."""
    if _open.thread == get_ident():     # or it is another thread that says something
        tell_begun(_open, delay)


def tell_begun(queue, delay=0):
    global _last, _open
    _open = None
    note(HB % (delay, queue.handle))
    _last += delay
    if queue.record is not None:
        note(CR % (0, queue.resumed.id))
    if queue.woken is not None:
        future, number, task = queue.woken.split(',')
        moment, queue.woken = max(_last, queue.woken_at), None
        note(f'["fd",{moment - _last},{future},"result"]\n'
             f'["hs",0,{number},"wakeup",{task},"resolved",{future}]\n')
        _last = moment


def text(string):
    """The number of a text; its line is written before the first event that names it."""
    global _text_count
    number = TEXTS.get(string)
    if number is None:
        with LOCK:
            line = quoted(string)
            _text_count = number = _text_count + 1
            note(TEXT % (number, line))
            if len(TEXTS) < TEXTS_REMEMBERED and len(string) < 200:
                TEXTS[string] = number
    return number


def rare_text(string):
    """The number of a text that is hardly ever met again, so that it is not remembered, and its line
    where it is new. Whoever asks holds the lock until that line is noted."""
    global _text_count
    number = TEXTS.get(string)
    if number is not None:
        return number, ''
    _text_count = number = _text_count + 1
    return number, f'["s",{number},{quoted(string)}]\n'


def defer(definition):
    """Notes an event whose text will be known by the time it is written: until then, the entry is
    the definition itself."""
    global _last, _text_count, _is_deferred
    if _open is not None:
        open_up()
    if HEARD:
        tell_new_task()
    moment = now()
    definition.delay = moment - _last
    _last = moment
    with LOCK:
        definition.text_id = _text_count = _text_count + 1
        note(definition)
        _is_deferred = True


def undefer(definition):
    """If nothing was noted since, notes the event as any other."""
    global _text_count, _made
    with LOCK:
        if ENTRIES and ENTRIES[-1] is definition and definition.text_id == _text_count:
            entry = ENTRIES.pop()
            _text_count -= 1
            try:
                definition.text_id = text(definition.text)
                entry = definition.line()
                _made = definition.id, entry
            except RecursionError:
                _text_count += 1            # the program is about to fail: leave it as it was
            note(entry)


class Definition(object):
    """What may stand among the entries in the place of its text and its event."""

    __slots__ = ()

    def lines(self):
        return TEXT % (self.text_id, quoted(self.text)) + self.line()


def flush():
    global _noted, _next_flush, _flush_after, _due, _is_over, _gap, _is_deferred
    with LOCK:
        length = len(ENTRIES)
        if not length or os.getpid() != _process:
            return
        _gap = True
        batch = ENTRIES[:length]
        del ENTRIES[:length]
        _noted += len(batch)
        if _is_deferred:
            _is_deferred = False
            batch = [entry if type(entry) is str else entry.lines() for entry in batch]
        lines = ''.join(batch)
        if RING is not None:
            RING.add(lines)
        else:
            write(lines)
        _next_flush = _flush_after = 0
        if _noted > EARLY_EVENTS:
            _next_flush = real_now() + BATCH_TIME
            _flush_after = now() + BATCH_TIME if now is not virtual_now else 1 << 62
        _due = min(_flush_after, _search_after)
    if options.max_events and _noted >= options.max_events and RING is None and not _is_finished:
        _is_over = True
        stop_noting()


def flush_if_due():
    """Called between two handles."""
    if real_now() > _next_flush:
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
    let_pass()
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


