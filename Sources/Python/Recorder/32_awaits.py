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


