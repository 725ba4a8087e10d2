# ---------------------------------------------------------------------------------------------
# The chain of awaits: from a task's coroutine to the future at its end
#
# A `place` is where the library waits: a coroutine, and what is known of its code. It is the
# innermost one that has a word for it, or the one that counts for what is inside it too; where none
# has a word, the innermost.

HIDING = frozenset(('FutureIter', 'coroutine_wrapper', 'anext_awaitable', 'async_generator_asend',
                    'async_generator_athrow', 'async_generator_aclose'))


DEBUG_WRAPPER = getattr(asyncio.coroutines, 'CoroWrapper', None)        # up to 3.7
FUTURE_ITER = type_in_c('FutureIter', GeneratorType)


def parts(coroutine):
    """Frame and code."""
    kind = type(coroutine)
    if kind is CoroutineType:
        return coroutine.cr_frame, coroutine.cr_code
    if kind is GeneratorType:
        return coroutine.gi_frame, coroutine.gi_code
    if kind is AsyncGeneratorType:
        return coroutine.ag_frame, coroutine.ag_code
    return None, None


def awaited(coroutine):
    """What it awaits. In the middle of a step nobody should ask for it: while an exception is thrown into a
    coroutine, what that has awaited may die, and 3.10 then reads beside the frame's values."""
    kind = type(coroutine)
    if kind is CoroutineType:
        return coroutine.cr_await
    return coroutine.gi_yieldfrom if kind is GeneratorType else coroutine.ag_await


def links(coroutine):
    """Coroutines, generators and async generators in a chain, each with its frame and code."""
    for _ in range(10000):
        frame, code = parts(coroutine)
        following = awaited(coroutine) if code is not None else None
        if code is None:
            if type_name(type(coroutine)) not in HIDING:
                following = (coroutine.gen if type(coroutine) is DEBUG_WRAPPER
                             else told_in_c(coroutine, 'cr_await'))
                if following is None:
                    return
            for thing in referents(coroutine) if following is None else ():
                if parts(thing)[1] is not None or type_name(type(thing)) in HIDING:
                    following = thing
                    break
        elif frame is not None:
            yield coroutine, frame, code
        coroutine = following


def told_in_c(thing, name):
    """An attribute of a coroutine of Cython's; None where asking for it may run the program's code."""
    attributes = type.__dict__['__dict__'].__get__(type(thing)) or {}   # 3.6 has none of some
    attribute = attributes.get(name)
    if type(attribute) in (types.GetSetDescriptorType, types.MemberDescriptorType):
        try:
            return attribute.__get__(thing)
        except AttributeError:          # it is one of `__slots__`, and empty
            pass


def frame_above(leaf):
    """The frame of a lane, if what waits under it is the same function of the library's as when
    `below` looked, one that has no lanes under it."""
    reference = leaf.coroutine
    coroutine = reference and reference()
    if type(coroutine) is CoroutineType:
        thing = coroutine.cr_await
        if type(thing) is CoroutineType and thing.cr_code is leaf.closed:
            return coroutine.cr_frame
    return None


def below(leaf):
    """The frame of a lane, and what the library waits for under it, as a word and a place; None if
    there may be lanes under it, or if it has ended. The shortest way through the frequent chains,
    where `links` can find all."""
    reference = leaf.coroutine
    coroutine = reference and reference()
    if type(coroutine) is not CoroutineType:
        return None
    frame = coroutine.cr_frame
    if frame is None:
        return None
    thing = coroutine.cr_await
    word, inner, is_outermost = '', None, False
    while True:
        kind = type(thing)
        if kind is CoroutineType:
            code = thing.cr_code
        elif kind is GeneratorType:
            code = thing.gi_code
        elif thing is None or kind is FUTURE_ITER:
            if inner is None:                   # it may be asyncio's own, such as Queue.get()
                word, inner, inner_about = leaf.code.wait, coroutine, leaf.code
            return frame, word, (inner, inner_about)
        else:
            return None
        about = CODES.get(id(code)) or code_of(code)
        if about.is_watched:
            return None
        if about.wait and not is_outermost:
            word, inner, inner_about, is_outermost = about.wait, thing, about, about.is_outermost
            if about.is_closed:
                leaf.closed = code
                return frame, word, (inner, inner_about)
        elif not word:
            inner, inner_about = thing, about
        thing = thing.cr_await if kind is CoroutineType else thing.gi_yieldfrom


def follow(record, root):
    """Brings the lanes of a suspended chain up to date. Returns what the library waits for under
    the innermost one."""
    global _creator
    known, found, leaves = record.lanes, [], []
    start, kept = root, 0
    if not record.mixed:
        # Who stands is still awaited by all those who awaited it before.
        standing = known if not exact else (record.leaf,) if record.leaf.is_exact else ()
        for index in reversed(range(len(standing))):
            coroutine = standing[index].coroutine and standing[index].coroutine()
            if type(coroutine) is CoroutineType and coroutine.cr_frame is not None:
                start, kept, found = coroutine, index, list(standing[:index])
                break
    mixed, are_told = False, exact
    word, place, is_outermost = '', None, False
    for coroutine, frame, code in links(start):
        lane = LANES.get(id(frame))
        about = CODES.get(id(code)) or code_of(code)
        if lane is not None and lane.code is not about:
            lane = lane_on(frame)
        if lane is None and about.is_watched:
            are_told = False                            # it had begun before we came
            _creator = found[-1].id if found else 0     # if nobody knows better
            try:
                lane = lane_of(coroutine, None, record)
            finally:
                _creator = 0
        if about.wait:
            if not is_outermost:        # below what is closed there is nothing that knows more
                word, place = about.wait, (coroutine, about)
                is_outermost = about.is_outermost or about.is_closed and about.verb
        elif lane is not None:
            word, place, is_outermost = '', None if about.is_watched else (coroutine, about), False
        elif not word:
            place = coroutine, about
        if lane is None:
            continue
        if lane.coroutine is None:
            lane.watch(coroutine)
        if lane.is_generator:
            mixed = True
            if found or type(record.lane.code) is UnknownCode:
                leaves.append(found[-1] if found else record.lane)
        found.append(lane)
    if not exact:
        end_missing(known, found)
    if not are_told:
        begin_new(record, found, kept)
    record.mixed = mixed
    record.lanes = found
    record.leaf = found[-1] if found else record.lane
    record.leaves = leaves + found[-1:] if leaves else None
    return word, place


def end_missing(known, found):
    for lane in reversed(known):
        if lane.state == STARTED and lane not in found and type(lane.code) is not UnknownCode:
            if lane.is_generator:
                if lane.is_idle and lane.coroutine is None:
                    continue                # it is about to be closed
                generator = lane.coroutine and lane.coroutine()
                if generator is not None and generator.ag_frame is not None:
                    if not lane.is_idle:
                        lane.is_idle = True
                        emit(CW_ALONE, lane.id, lane.line_number(), 'consumer')
                    continue
            lane.detach()
            if not end_by_traces(lane):
                end_lane(lane, CV_NONE)


def begin_new(record, found, first):
    outer = found[first - 1] if first else None
    if outer is None and type(record.lane.code) is UnknownCode:
        outer = record.lane
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


def speaks_for_itself(future):
    """Whether the kind of a wait is known without a look at who waits."""
    known = FUTURES.get(id(future))
    return (future is None or known is not None and known.word
            or future_kind(type(future)) == 'task')


def wait_on(future, word, place, leaf=None):
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
    purpose, members = '', ()
    if kind == 'gather' and word != 'subprocess' and not (word and place and place[1].verb):
        word = kind
    elif not word:
        word, purpose, members = told_by_callbacks(future)
    if record is None:
        purpose = (text(purpose), 0) if purpose else purpose_of(word, place)
        record = make_future(future, word, kind, *purpose)
    record.word = record.word or word
    if kind == 'future' and place is not None and place[1].members:
        add_members_in(*place, number=record.id, leaf=leaf)
    else:
        add_members(record.id, members)
    return record.word, record.id


def variables_of(coroutine, *names):
    return variables_in(parts(coroutine)[0], *names)


def variables_in(frame, *names):
    variables = frame.f_locals
    values = [variables.get(name) for name in names]
    if LOCALS_ARE_COPIES and type(variables) is dict:
        variables.clear()           # a copy that the frame keeps: values would live longer
    return values


