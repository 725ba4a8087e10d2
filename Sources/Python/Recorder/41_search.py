# ---------------------------------------------------------------------------------------------
# Coroutines: those that were made but not yet seen
#
# A coroutine object is made before its first line runs, and no hook tells. From 3.12 on a CALL
# event says that one is being made; before that, we look for new ones, for 3 % of the time at most.
# On a virtual clock each run is to be the same: there searches are counted.

_search_cost = _really_search_after = _occasions = 0
_search_after = 1 << 62         # the same by the program's clock; -1 at first, if we look at all
FREE_SEARCHES = 5000000   # nanoseconds that searching may cost before the limit counts
FREE_OCCASIONS, SPACING = 5000, 30      # then one in so many

# What a search costs is processor time: on a busy machine it would pass for a long one.
spent = getattr(time, 'thread_time_ns', real_now)


def find_coroutines_if_due(maker=None, record=None, wanted=None):
    global _search_after, _due, _search_cost, _really_search_after, _occasions
    _occasions += 1
    if options.clock == 'virtual' and _occasions > FREE_OCCASIONS and _occasions % SPACING:
        return
    if real_now() >= _really_search_after:
        before = spent()
        find_coroutines(maker, record, wanted)
        drop_lost()
        cost = spent() - before
        _search_cost += cost
        if _search_cost > FREE_SEARCHES and options.clock == 'real':
            _really_search_after = real_now() + 30 * cost
            _search_after = now() + 30 * cost
            _due = min(_flush_after, _search_after)


def find_coroutines(maker=None, record=None, wanted=None):
    """Gives every living coroutine object of the user's its lane, in the order of their making;
    also async generators that have begun.

    With a `maker`, the innermost frame, those get one too that run already. With a `record`, they
    were made in a step of its task that has ended. If one is `wanted` and is not among the youngest,
    it was made before them, and is to be the first.
    """
    global _creator
    dying = dying_coroutines(getframe(1))
    found, generation = [], 0
    while generation == 0 or exact and generation < 3 and len(found) < _unidentified:
        found[:0] = [thing for thing in objects_alive(generation)      # the older ones first
                     if id(type(thing)) in SEARCHED and is_new(thing)]
        generation += 1
    if has_threads and found:           # none begins to die any more that is in the list
        dying = dying.union(*map(dying_coroutines, sys._current_frames().values()))
    if maker is not None and not exact:
        dying = dying.union(id(thing) for thing in found if refuses_to_end(thing))
    if dying:
        found = [thing for thing in found if id(thing) not in dying]
    if wanted is not None and not any(thing is wanted for thing in found):
        return
    by, makers, before = maker or getframe(1), None, _creator
    if found and not exact:
        by, makers = None, Makers(record, by)
        found[:0] = [thing for _, thing in makers.chain     # which a collection has made old
                     if thing is not None and id(type(thing)) in SEARCHED and is_new(thing)
                     and not any(thing is one for one in found)]
    try:
        for thing in found:
            frame, code = parts(thing)
            if frame is None or id(frame) in LANES:
                continue                        # another thread has gone on with it, or found it too
            runs = frame.f_back is not None
            if not runs or maker is not None:
                if makers is not None:
                    _creator = makers.lane_that_made(thing, frame)
                lane = claim_or_make_lane(named_code(code, thing), by, frame)
                # In its finalizer nothing but Python refers to it; a weak reference that is made there
                # outlives it. Nor is there more to one that is awaited, which `identify` finds.
                if not runs or sys.getrefcount(thing) > 4:
                    lane.watch(thing)
                if lane.is_generator and not runs and is_between_values(thing, frame):
                    lane.state, lane.is_idle = STARTED, True
                    emit(CS, lane.id)
                    emit(CW_ALONE, lane.id, lane.line_number(), 'consumer')
            elif UNIDENTIFIED.get(id(code)):
                claim(code).attach(frame)       # it is just about to start
    finally:
        _creator = before


def refuses_to_end(thing):
    """Whether a coroutine may have awaited something when it was to be closed, of which Python writes
    just now: it is in its finalizer, and a weak reference would outlive it. In the middle of a step
    that is any which has begun and does not run; it is found at the step's end if it lives."""
    return type(thing) is CoroutineType and not thing.cr_running and has_begun(thing)


def drop_lost():
    """After a search: who has a lane and is nowhere died without having been started, unless another
    thread is just about to make it."""
    global _unidentified
    if len(THREADS) > 1:
        THREADS.intersection_update(sys._current_frames())
    if _unidentified > 0 and exact and (len(THREADS) < 2 or _is_finished):
        for lanes in list(UNIDENTIFIED.values()):
            while lanes:
                _unidentified -= 1
                end_lane(lanes.popleft(), CU)


_collects = False           # from 3.12 on: whether garbage is collected


def before_collection(phase, about):
    """Afterwards, objects do not stand in the order of their making any more. The last of them may be
    just about to be made."""
    global _collects
    _collects = phase == 'start'
    if _collects and _unidentified > 1:
        try:
            find_coroutines()
        except Exception:
            fault()


class Makers:
    """Before 3.12: the lanes that may have made what is found. Of those that were made before it, it
    was whoever keeps it in a variable, or in a list in one; or else the innermost, which ran last,
    of another function."""

    CONTAINERS = ids(list, tuple, set, deque)

    def __init__(self, record, frame):
        self.has_ended = record is not None
        self.last = record.lane.id if self.has_ended else _creator
        if self.has_ended:
            task = record()
            chain = links(task._coro if task is not None else None)
            self.chain = [(frame, coroutine) for coroutine, frame, _ in chain]
        else:
            self.chain = [(caller, None) for caller in callers(frame, RUN_ONCE)
                          if caller.f_code.co_flags & ASYNC_CODE][::-1]
        self.kept = {}              # id of an object -> lane
        self.seen = []

    def lane_that_made(self, thing, its_frame):
        last = outer = self.last
        for frame, coroutine in self.chain:
            if frame is its_frame:
                return self.kept.get(id(thing), outer)
            lane = LANES.get(id(frame)) if coroutine is None else lane_at(frame, coroutine)
            if lane is not None:
                if lane not in self.seen:
                    self.look_at(lane, frame)
                outer = lane.id
                if lane.code.code is not its_frame.f_code:
                    last = outer
        if has_threads and self.has_ended:
            last = outer = 0                # it may as well have been another thread
        return self.kept.get(id(thing), last or outer)

    def look_at(self, lane, frame):
        """A frame shows its variables up to 3.10; then its coroutine does, unless it runs."""
        self.seen.append(lane)
        holder = frame if VERSION < (3, 11) else lane.coroutine and lane.coroutine()
        for one in referents(holder):
            self.kept.setdefault(id(one), lane.id)
            if id(type(one)) in self.CONTAINERS or type(one) is dict and one is not frame.f_globals:
                for item in referents(one):
                    self.kept.setdefault(id(item), lane.id)


SEARCHED = ids(CoroutineType) if HAS_MONITORING else ids(CoroutineType, AsyncGeneratorType)
BEGINS = opcode.opmap.get('RETURN_GENERATOR')


def is_new(coroutine):
    """Whether it is the user's and has no lane yet. From 3.12 on, one that waits without a lane had
    begun before we came: its loop will tell of it."""
    frame, code = parts(coroutine)
    return ((CODES.get(id(code)) or code_of(code)).is_watched
            and frame is not None and lane_at(frame, coroutine) is None
            and (not (exact and coroutine.cr_suspended) if type(coroutine) is CoroutineType
                 else frame.f_lasti >= 0 and code.co_code[frame.f_lasti] != BEGINS))


def lane_on(frame):
    """The lane of a frame, whose address may have been that of an async generator's that has ended
    unseen."""
    lane = LANES.get(id(frame))
    if lane is not None and lane.code.code is not frame.f_code:
        lane.detach()
        if lane.state == STARTED:
            end_lane(lane, CV_NONE)
        return None
    return lane


def notice(frame):
    """Before 3.12: whatever coroutines are on the stack have started. Returns the number of the
    innermost one's lane, or 0."""
    global _has_chores
    while frame is not None and not frame.f_code.co_flags & ASYNC_CODE and frame.f_code is not RUN_ONCE:
        frame = frame.f_back
    lane = LANES.get(id(frame))
    if lane is not None and lane.state == STARTED and lane.task is not None and lane.task.leaf is lane:
        return lane.id                      # by far the most frequent
    if not _queue.handle:                   # the loop runs again, within what is told as suspended
        return lane_on_stack(frame)
    met = []
    while frame is not None and frame.f_code is not RUN_ONCE:
        code = frame.f_code
        if code.co_flags & ASYNC_CODE:
            lane = lane_on(frame)               # that of a library's has one where it is a task's
            if lane is not None or (CODES.get(id(code)) or code_of(code)).is_watched:
                met.append((lane, frame))
            if lane is not None and lane.state == STARTED:
                break
        frame = frame.f_back
    if met and met[-1][0] is not None and met[-1][0].state == STARTED:
        end_left(met[-1][0])
    new = next((frame for lane, frame in reversed(met) if lane is None), None)
    if new is not None and finds_by_scanning:
        find_coroutines_if_due(met[0][1])
    outer = None
    for lane, frame in reversed(met):
        if lane is None:
            lane = LANES.get(id(frame))
        if lane is None:
            lane = make_lane(code_of(frame.f_code), frame.f_back, frame)
        if lane.state == PENDING:
            lane.state = STARTED
            NOTICED.append(lane)
            _has_chores = True
            if outer is not None and not lane.is_generator and is_awaited_by(outer[1], frame):
                lane.awaiter = outer[0]
                emit(CA, outer[0].id, lane.id, outer[1].f_lineno)
            emit(CS, lane.id)
        elif lane.is_idle:
            lane.is_idle = False
            emit(CR, lane.id)
        outer = lane, frame
    return outer[0].id if outer is not None else 0


def end_left(lane):
    """A coroutine that runs awaits none of those any more that it did, unless they run in it."""
    lanes = lane.task.lanes if lane.task is not None else ()
    if lane in lanes and lanes[-1] is not lane:
        place = lanes.index(lane) + 1
        while place < len(lanes) and is_hidden(lanes[place]):
            place += 1
        end_missing(lanes[place:], ())
        lane.task.lanes = lanes[:place]


def is_hidden(lane):
    """Whether a coroutine runs that may not be on the stack: up to 3.11, one that an exception passes on its
    way to an async generator which it awaits."""
    coroutine = lane.coroutine and lane.coroutine()
    return type(coroutine) is CoroutineType and coroutine.cr_running


def is_awaited_by(outer, frame):
    """Whether only coroutines, of a library, stand between a frame and the one that awaits it."""
    between = next((caller for caller in callers(frame.f_back)
                    if caller is outer or not caller.f_code.co_flags & AWAITING_CODE), None)
    return between is outer


def identify(task):
    """Ties the lanes that were noticed by their frames to the objects of a task's chain, and of those that
    others drive."""
    driven = [lane.coroutine() for lane in NOTICED if lane.coroutine is not None]
    for root in [task._coro if task is not None else None] + driven:
        for coroutine, frame, _ in links(root):
            lane = LANES.get(id(frame))
            if lane is not None:
                lane.watch(coroutine)


def forget_noticed():
    """Those of which no object turned up in a chain have ended within the step, and so have those whose
    object stands in a variable and has no frame any more."""
    while NOTICED:
        lane = NOTICED.pop()
        known = lane.coroutine and lane.coroutine()
        if lane.state == STARTED and (lane.coroutine is None or type(known) is CoroutineType
                                      and known.cr_frame is None):
            lane.detach()
            if not end_by_traces(lane):
                end_lane(lane, CV_NONE)


