# ---------------------------------------------------------------------------------------------
# The log: notes the lines of events, and writes them
#
# All others call `emit`. Only the ready queue and what serves it note entries by themselves, where
# several events make one line. Where there are several threads, all of that is done under `LOCK`.

ENTRIES = []                # what is not written yet: templates, each with its values after it
note = ENTRIES.extend
ENTRY = 2 + MOST_ARGUMENTS  # so many items
LOCK = _thread.RLock()
TEXTS = {'': 0}
SINKS = []                  # as long as they can be written to
OPENED = []

recording = False           # whether events are noted at all
options = None
_text_count = _noted = _faults = _next_flush = _lost = 0
_flush_after = 0            # the same by the program's clock, if that goes by itself
_due = -1                   # when there is something to be done after a handle, by that clock
_is_flushing = _interrupted = False
_is_over = False            # whether there are as many events as were asked for
_gap = False                # whether time has passed that is no handle's
HEARD = []                  # what is told before anything else is: with tasks only, the task that was
                            # just made, and has no name yet; or `EAGER`
hear = HEARD.append
_open = None                # the queue whose handle runs, as long as nothing of it was noted
_process = 0

BATCH_TIME = 5000000        # nanoseconds
TEXTS_REMEMBERED = 100000


def emit(template, first='', second='', third='', fourth=''):
    """Notes an event."""
    global _last
    if _open is not None:
        open_up()
    if HEARD:
        tell_heard()
    before, _last = _last, now()
    note((template, _last - before, first, second, third, fourth))


def tell_heard():
    if HEARD is EAGER:
        settle_eager()
    else:
        tell_new_task()


def open_up(delay=0):
    """Notes of the running handle what was held back, since it, or another thread, is to do
    something else too."""
    global _last, _open
    queue, _open = _open, None
    if queue is None:
        return                          # a finalizer has come in between, and had something to say
    _last += delay
    if queue.record is not None:
        note((HB_CR, delay, queue.handle, queue.resumed.id, '', ''))
    else:
        note((HB, delay, queue.handle, '', '', ''))
    woken = queue.woken
    if woken is not None:
        before, _last, queue.woken = _last, max(_last, queue.woken_at), None
        note((FD_HS_WAKEUP, _last - before, queue.woken_by, 'result', woken.step,
              f'{woken.id},"resolved",{queue.woken_by}'))


def text(string):
    """The number of a text; its line is written before the first event that names it."""
    number = TEXTS.get(string)
    if number is None:
        with LOCK:
            number = rare_text(string)
            remember(string, number)
    return number


def remember(string, number):
    if len(TEXTS) < TEXTS_REMEMBERED and len(string) < 200:
        TEXTS[string] = number


def rare_text(string):
    """The number of a text that is hardly ever met again, so that it is not remembered. Whoever asks
    holds the lock."""
    global _text_count
    number = TEXTS.get(string)
    if number is None:
        line = quoted(string)
        _text_count = number = _text_count + 1
        note((TEXT_ALONE, number, line, '', '', ''))
    return number


def defer(definition):
    """Notes an event whose text will be known by the time it is written."""
    global _last, _text_count
    if _open is not None:
        open_up()
    if HEARD:
        tell_heard()
    before, _last = _last, now()
    definition.delay = _last - before
    with LOCK:
        definition.text_id = _text_count = _text_count + 1
        note((LINES, definition) + NO_ARGUMENTS)


def undefer(definition):
    """If nothing was noted since, notes the event as any other."""
    global _text_count
    with LOCK:                          # nobody writes; another thread may note something
        place = len(ENTRIES) - ENTRY
        own = definition.text_id
        if (place < 0 or _is_flushing or ENTRIES[place + 1] is not definition
                or own != _text_count):
            return
        try:
            definition.text_id = number = TEXTS.get(definition.text, own)
            entry = definition.entry()
            if number == own:
                entry = (TEXT_ALONE, own, quoted(definition.text), '', '', '') + entry
        except RecursionError:
            definition.text_id = own    # the program is about to fail: leave it as it was
            return
        if len(ENTRIES) != place + ENTRY or ENTRIES[place + 1] is not definition or own != _text_count:
            definition.text_id = own    # a finalizer has come in between
            return
        if number == own:
            remember(definition.text, own)
        else:
            _text_count -= 1
        ENTRIES[place:place + ENTRY] = entry


class Definition:
    """What may stand among the entries until its text is known: as an entry, or as lines. Its
    `event` is what `emit` takes."""

    __slots__ = ()

    def entry(self):
        template, *values = self.event()
        return (template, self.delay, *values)

    def __str__(self):
        template, *values = self.entry()
        return TEXT % (self.text_id, quoted(self.text)) + template % tuple(values)


def flush():
    global _is_flushing, _is_over
    with LOCK:
        if not ENTRIES or _is_flushing or posix.getpid() != _process:
            return                      # or a finalizer has come in between, and prints
        is_put_off = put_off_interrupts()
        try:
            _is_flushing = True
            write_entries()
        finally:
            _is_flushing = False
            if is_put_off:
                let_interrupt()
    if options.max_events and _noted >= options.max_events and RING is None:
        _is_over = True
        stop_noting()
        leave_if_attached()


def put_off_interrupts():
    """Whether a Ctrl-C that comes while the log is written is put off."""
    try:
        if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
            _signal.signal(_signal.SIGINT, interrupt_later)
            return True
    except ValueError:
        pass                            # this is a thread in which none comes
    return False


def interrupt_later(number, frame):
    global _interrupted
    _interrupted = _is_flushing
    if not _is_flushing:
        let_interrupt()
        raise KeyboardInterrupt


def let_interrupt():
    global _interrupted
    _signal.signal(_signal.SIGINT, _signal.default_int_handler)
    if _interrupted:
        _interrupted = False
        raise KeyboardInterrupt


def write_entries():
    global _noted, _next_flush, _flush_after, _due, _gap
    _gap = now is not virtual_now       # whose time is none of ours
    length = len(ENTRIES)
    values = ENTRIES[:length]
    templates = values[::ENTRY]
    del values[::ENTRY]
    lines = ''.join(templates) % tuple(values)
    del ENTRIES[:length]
    _noted += length // ENTRY
    if RING is not None:
        try:
            RING.add(lines)
        except Exception:
            fault()
    else:
        write(lines)
    _next_flush = real_now() + BATCH_TIME
    _flush_after = now() + BATCH_TIME if now is not virtual_now else 1 << 62
    _due = min(_flush_after, _search_after)


def flush_if_due():
    """Called between two handles."""
    if real_now() > _next_flush or 0 < options.max_events <= _noted + len(ENTRIES) // ENTRY:
        flush()


def write(string):
    data = string.encode('ascii')
    for sink in SINKS[:]:
        if not sink.write(data):
            SINKS.remove(sink)
    if not SINKS:
        stop_noting()
        leave_if_attached()


def leave_if_attached():
    """Nothing is told any more: the program is let alone, once it is between two handles."""
    if CONTROL is not None and options.is_attached:
        CONTROL.is_leaving = True


def count_lost():
    """After the last event: one more handle, with at least its beginning and its end."""
    global _lost
    _lost += 2


def stop_noting():
    global recording
    let_pass()
    recording = False
    if HAS_MONITORING:
        unwatch_coroutines()


def fault():
    """A fault of the recorder must never reach the program; it becomes a mark. But where the stack
    is full, the program is about to fail; before 3.9 it must, or the interpreter ends itself. While the
    interpreter ends, modules are empty one by one, and nothing can be told any more."""
    global _faults
    if is_finalizing():
        return
    if isinstance(sys.exc_info()[1], RecursionError):
        if VERSION < (3, 9):
            raise
        return
    _faults += 1
    if _faults <= 5:
        emit(PM, text('recorder fault: ' + ''.join(traceback.format_exc())[-1500:]))


