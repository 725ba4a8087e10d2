# ---------------------------------------------------------------------------------------------
# What the program says: output, warnings, complaints of asyncio

LONG_OUTPUT = 8192          # characters of one piece, which a stream does not keep back
MANY_ENTRIES = 1024         # of a program that prints and does not come back to its loop


def watch_stream(name, template):
    """Replaces the `write` of a standard stream; the stream stays the same object. Whoever reads both
    the stream and our socket is told of a text before it comes: so `flush` is replaced as well."""
    stream = getattr(sys, name)
    original = getattr(stream, 'write', None)
    flush_stream = getattr(stream, 'flush', None)
    unwritten = []                          # of one lane; print() writes in pieces

    def say():
        lane, pieces = unwritten[0], ''.join(unwritten[1:])
        del unwritten[:]
        for begin in range(0, len(pieces), LONGEST_TEXT):
            piece = pieces[begin:begin + LONGEST_TEXT]
            if CONTROL is not None:
                tell_bytes(stream, name, piece)
            emit(template, text(piece), lane)
        if CONTROL is not None or len(ENTRIES) > MANY_ENTRIES * ENTRY:
            flush()

    def write(string):
        global _has_chores
        if recording and type(string) is str and string:
            try:
                frame = getframe().f_back
                if not exact:
                    notice(frame)
                lane = lane_on_stack(frame)
                with LOCK:              # other threads print too
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
                        say()
                        UNWRITTEN.remove(say)
            except Exception:
                fault()
        return original(string)

    def flush_told():
        if recording:
            try:
                with LOCK:
                    if say in UNWRITTEN:
                        UNWRITTEN.remove(say)
                        say()
                    flush()
            except Exception:
                fault()
        return flush_stream()

    try:
        stream.write = write
        if CONTROL is not None and flush_stream is not None:
            stream.flush = flush_told
    except Exception:
        pass                                # no stream, or one of the program's own


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
    with LOCK:
        while UNWRITTEN:
            UNWRITTEN.pop()()


