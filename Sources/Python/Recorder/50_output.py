# ---------------------------------------------------------------------------------------------
# What the program says: output, warnings, complaints of asyncio

LONG_OUTPUT = 8192          # characters of one piece, which a stream does not keep back
LONG_WAIT = 1               # seconds
MANY_ENTRIES = 1024         # of a program that prints and does not come back to its loop


def watch_stream(name, template):
    """Replaces the `write` of a standard stream; the stream stays the same object. Whoever reads both
    the stream and our socket is told of a text before it comes: so `flush` is replaced as well."""
    stream = getattr(sys, name)
    original = getattr(stream, 'write', None)
    flush_stream = getattr(stream, 'flush', None)
    unwritten = []                          # of one lane; print() writes in pieces
    turn = _thread.RLock()                  # what threads print is told in the order in which it comes

    def say():
        lane, pieces = unwritten[0], ''.join(unwritten[1:])
        del unwritten[:]
        for begin in range(0, len(pieces), LONGEST_TEXT):
            piece = pieces[begin:begin + LONGEST_TEXT]
            if CONTROL is not None:
                tell_bytes(stream, name, piece)
            emit(template, text(piece), lane)
            if (CONTROL is not None or len(pieces) > LONG_OUTPUT
                    or len(ENTRIES) > MANY_ENTRIES * ENTRY):
                flush()

    def tell(string, frame):
        global _has_chores
        try:
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
            if (string[-1] == '\n' or len(unwritten) > 100
                    or CONTROL is not None and len(string) > LONG_OUTPUT):
                if say in UNWRITTEN:
                    UNWRITTEN.remove(say)
                say()
        except Exception:
            fault()

    def write(string):
        if not recording or type(string) is not str or not string:
            return original(string)
        if get_ident() == _only_thread:
            tell(string, getframe().f_back)
            return original(string)
        if _only_thread:
            meet_thread()
        is_outer = not turn._is_owned()
        try:
            is_in_turn = is_outer and turn.acquire(True, LONG_WAIT)
            in_time(tell, string, getframe().f_back)
            written = original(string)
            if is_in_turn:
                turn.release()
            return written
        finally:
            if is_outer and turn._is_owned():       # see `in_time`
                turn.release()

    def tell_all():
        try:
            if say in UNWRITTEN:
                UNWRITTEN.remove(say)
                say()
            flush()
        except Exception:
            fault()

    def flush_told():
        if recording:
            in_time(tell_all)
        return flush_stream()

    try:
        replace(stream, 'write', write)
        if CONTROL is not None and flush_stream is not None:
            replace(stream, 'flush', flush_told)
    except Exception:
        pass                                # no stream, or one of the program's own


def in_time(function, *arguments):
    """Calls a function under the lock. Who prints may hold one himself, as `logging` does, and a
    finalizer may wait for that one in a thread that has ours: it will not come free, unless all are
    held. Between any two instructions a Ctrl-C may come: so it is asked who has the lock."""
    if LOCK._is_owned():
        return function(*arguments)
    try:
        if (LOCK.acquire(True, LONG_WAIT)
                or CONTROL is not None and CONTROL.permits == 0 and LOCK.acquire()):
            function(*arguments)
            LOCK.release()          # not left to what follows, in which one may come as well
    finally:
        if LOCK._is_owned():
            LOCK.release()


def tell_bytes(stream, name, string):
    """Where whoever reads the stream too would not find the text, tells the bytes that it becomes."""
    if type(stream) is not io.TextIOWrapper:
        return
    try:
        if stream.encoding.lower() == 'utf-8':
            string.encode()
            return                          # nothing in it is for the stream's error handler
    except UnicodeError:
        pass
    try:
        data = string.encode(stream.encoding, stream.errors)
    except UnicodeError:
        return                              # it cannot be written either
    if data != string.encode('utf-8', 'surrogatepass'):
        for begin in range(0, len(data), LONGEST_TEXT):
            emit(PB, text(data[begin:begin + LONGEST_TEXT].decode('latin-1')), name)


def say_unwritten():
    while UNWRITTEN:
        UNWRITTEN.pop()()


