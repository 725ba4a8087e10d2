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


