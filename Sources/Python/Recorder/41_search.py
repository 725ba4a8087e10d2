# ---------------------------------------------------------------------------------------------
# Coroutines: those that were made but not yet seen
#
# A coroutine object is made before its first line runs, and no hook tells. From 3.12 on a CALL
# event says that one is being made; before that, we look for new ones, for 3 % of the time at most.

_search_cost = _really_search_after = 0
_search_after = 1 << 62         # the same by the program's clock; -1 at first, if we look at all
FREE_SEARCHES = 5000000   # nanoseconds that searching may cost before the limit counts

# What a search costs is processor time: on a busy machine it would pass for a long one.
spent = getattr(time, 'thread_time_ns', real_now)


def find_coroutines_if_due(maker=None):
    global _search_after, _due, _search_cost, _really_search_after
    if real_now() >= _really_search_after:
        before = spent()
        find_coroutines(maker)
        cost = spent() - before
        _search_cost += cost
        if _search_cost > FREE_SEARCHES:
            _really_search_after = real_now() + 30 * cost
            if options.clock == 'real':
                _search_after = now() + 30 * cost
                _due = min(_flush_after, _search_after)


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
    found, generation = [], 0
    while generation == 0 or exact and generation < 3 and len(found) < _unidentified:
        found[:0] = [thing for thing in gc.get_objects(generation)      # the older ones first
                     if type(thing) is CoroutineType and thing is not dying and is_new(thing)]
        generation += 1
    above = {} if exact else awaiters(found)
    for thing in found:
        code, frame = thing.cr_code, thing.cr_frame
        if frame is None or id(frame) in LANES:
            continue                        # another thread has gone on with it, or found it too
        if not thing.cr_running or maker is not None:
            by = above.get(id(thing)) or maker or getframe(1)
            lane = claim_or_make_lane(code_of(code), by, frame)
            lane.watch(thing)
        elif UNIDENTIFIED.get(id(code)):
            claim(code).attach(frame)       # it is just about to start
    # Another thread may be just about to make one.
    if _unidentified > 0 and exact and dying is None and QUEUE is not SharedQueue:
        for code in list(UNIDENTIFIED):
            if UNIDENTIFIED[code]:
                for lane in list(UNIDENTIFIED[code]):
                    drop_unidentified(code, lane)


def awaiters(found):
    """The frames of those that await coroutines that were found, by the ids of these: most likely,
    they have made them. Adds to those that were found the older ones of the running task's chain."""
    frames, known = {}, set(map(id, found))
    leaf = _queue.record is not None and _queue.record.leaf.coroutine
    leaf = leaf and leaf()
    found[:0] = [thing for thing, _, _ in links(leaf or None)
                 if type(thing) is CoroutineType and id(thing) not in known and is_new(thing)]
    for thing in [leaf] + found:
        frame, _, awaited = parts(thing)
        while type(awaited) is CoroutineType and not code_of(awaited.cr_code).is_watched:
            awaited = awaited.cr_await
        if type(awaited) is CoroutineType:
            frames[id(awaited)] = frame
    return frames


def is_new(coroutine):
    """Whether it is the user's and has no lane yet."""
    code, frame = coroutine.cr_code, coroutine.cr_frame
    return ((CODES.get(id(code)) or code_of(code)).is_watched
            and frame is not None and lane_at(frame, coroutine) is None)


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
        if code.co_flags & ASYNC_CODE:
            lane = LANES.get(id(frame))         # that of a library's has one where it is a task's
            if lane is not None or (CODES.get(id(code)) or code_of(code)).is_watched:
                met.append((lane, frame))
            if lane is not None and lane.state == STARTED:
                break
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
            lane = make_lane(code_of(frame.f_code), frame.f_back, frame)
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
    for coroutine, frame, _ in links(task._coro if task is not None else None):
        lane = LANES.get(id(frame))
        if lane is not None:
            lane.watch(coroutine)


def forget_noticed():
    """Those of which no object turned up in a chain have ended within the step."""
    while NOTICED:
        lane = NOTICED.pop()
        if lane.coroutine is None and lane.state == STARTED:
            lane.detach()
            end_lane(lane, CV_NONE)


def coroutine_made(coroutine):
    """Up to 3.7: the interpreter shows us every coroutine as it is made."""
    global _has_chores
    try:
        if recording and code_of(coroutine.cr_code).is_watched:
            notice(getframe(1))
            MADE.append(lane_of(coroutine, getframe(1)))
            _has_chores = True
    except Exception:
        fault()
    return coroutine


def settle_made():
    """Up to 3.7: of the coroutines that were made in a step, some have run in it, unseen."""
    while MADE:
        settle_ended(MADE.pop(0))


