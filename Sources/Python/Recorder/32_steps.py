# ---------------------------------------------------------------------------------------------
# Steps: how a task's step begins, what it waits for when the step has ended, how it ends itself
#
# What a step has changed is found by the walk of `34_awaits.py`, if it has to be looked for.

def begin_step(record, task):
    """A task's first step, or one whose chain has several lanes to resume."""
    lane = record.lane
    if not record.is_started:
        record.is_started = True
        record.leaves = None
        if not lane.is_exact and lane.state == PENDING and (
                not task._must_cancel or type(lane.code) is UnknownCode):
            lane.state = STARTED
            emit(CS, lane.id)
    elif record.leaves:
        for leaf in record.leaves:
            if leaf.state == STARTED:
                emit(CR, leaf.id)
        record.leaves = None


def step_again(queue, record):
    """Tells of a step of which nothing was noted, if it has ended where the task's step before it
    did, and for the same reason. Returns whether it has."""
    global _last, _open
    leaf = queue.resumed
    if leaf is not record.leaf or record.mixed or record.waits:
        return False
    frame = leaf.frame or frame_above(leaf)
    if frame is None:
        return False
    if queue.yielded:
        if frame.f_lasti != record.again:
            return False
        _open, queue.yielded = None, False
        before, _last = _last, now()
        record.step = following = new_handle()
        note((HZ, _last - before, queue.handle, following, '', ''))
        return True
    reader = leaf.reader
    if reader is None or ~frame.f_lasti != record.again:
        return False
    reader, future = reader(), queue.task._fut_waiter
    if reader is None or future is None or reader._waiter is not future:
        return False
    _open, record.waits = None, id(future)
    WAITED[record.waits] = record
    before, _last = _last, now()
    record.wait = number = new_future()
    note((HA, _last - before, queue.handle, number, '', ''))
    return True


def end_step(queue, record, task):
    """A task's step has ended. As long as below its innermost lane nothing but asyncio's own code
    waits, no chain has to be followed."""
    global _last, _open
    leaf = record.leaf
    if leaf is not queue.resumed or record.mixed or task._state != 'PENDING':
        return end_changed_step(queue, record, task)
    if record.waits:                    # somebody has cancelled that wait
        WAITED.pop(record.waits, None)
        record.waits = 0
    word = place = None
    frame = leaf.frame
    if frame is None:
        found = below(leaf)
        if found is None:
            return end_changed_step(queue, record, task)
        frame, word, place = found
    at = frame.f_lasti
    where = leaf.where if leaf.place == at else where_in(leaf, frame, at)
    if queue.yielded:
        queue.yielded = False
        moment = now()
        number = record.step = new_handle()
        if _open is not queue:
            record.again = None
            note((HS_CW_HE, moment - _last, number, record.id, where, ''))
        else:
            _open, record.again = None, leaf.place
            note((HY, moment - _last, queue.handle, where, number, record.id))
        _last = moment
        return
    again, record.again = record.again, None
    future = task._fut_waiter
    key = id(future)
    made, is_own = '', True
    reader = leaf.reader
    reader = reader and reader()
    if (reader is not None and future is not None and reader._waiter is future
            and (word is None or word == 'io' and place[1].is_closed)):
        made, word = leaf.purpose, 'io'             # it reads on from the same stream
    else:
        known = FUTURES.get(key)
        kind = future_kind(type(future))
        if known is not None and known.word:
            word, number = known.word, known.id
        elif kind == 'task':
            word, number = kind, future_id(future)
        else:
            if word is None:
                found = below(leaf)
                if found is None:
                    return end_changed_step(queue, record, task)
                _, word, place = found
            purpose, members = '', ()
            is_new = known is None and key not in WAITED and kind == 'future'
            if is_new and not word:
                word, purpose, members = told_by_callbacks(future)
                is_own = (not purpose and place is not None and not place[1].is_watched
                          and place[1].code is not PASSING)
            if not is_new or members or place is not None and place[1].members:
                word, number = wait_on(future, '' if members else word, place, leaf)
            else:
                leaf.reader = None
                made = place[1].made if not purpose and word == 'future' else ''
                if not made:
                    kind, resource = (text(purpose), 0) if purpose else purpose_of(word, place, leaf)
                    made = f',{kind},{resource}' if resource else f',{kind}'
    if made and is_own:     # it is a library's, for this wait alone: it needs no record of its own
        WAITED[key] = record
        record.waits, record.word = key, word
        record.wait = number = new_future()
    elif made:
        number = new_future()
        know_future(future, word).id = number
    moment = now()
    if _open is not queue:
        if made:
            note((FN_CW_HE, moment - _last, f'{number}{made}', where, word, number))
        else:
            note((CW_HE, moment - _last, where, word, number, ''))
    elif made and again == ~leaf.place and leaf.made == word + made:
        _open, record.again = None, again
        note((HA, moment - _last, queue.handle, number, '', ''))
    else:
        _open = None
        if made:
            record.again, leaf.made = ~leaf.place, word + made
        note((HW, moment - _last, queue.handle, where, word, f'{number}{made}'))
    _last = moment


def where_in(leaf, frame, place):
    """A suspended lane and the line in which it stands."""
    leaf.place = place
    leaf.where = where = f'{leaf.id}{line_in(leaf.code, frame, place)}'
    return where


def end_changed_step(queue, record, task):
    """Says what a task waits for after its step, or how it has ended."""
    record.again = None
    if queue.yielded:
        queue.yielded = False
        enter_step(record)
    if task._state != 'PENDING':
        if not record.is_resolved:
            end_task(record, task)
        return say_ended(queue)
    say_suspended(record, task)
    say_ended(queue)


def say_suspended(record, task):
    """Says what a task waits for after its step, wherever that may be."""
    future = task._fut_waiter
    word = place = None
    if record.mixed or not (exact and record.leaf.is_exact and speaks_for_itself(future)):
        word, place = follow(record, task._coro)
    say_wait(record, future, word, place)


def say_wait(record, future, word, place):
    """Says of each of a task's innermost coroutines that it waits, and for what."""
    word, number = wait_on(future, word, place, record.leaf)
    for leaf in record.leaves or (record.leaf,):
        line = leaf.line_number()
        if future is None and not record.leaves:
            emit(CW_ALONE, leaf.id, line, 'yield')
        else:
            emit(CW, leaf.id, line, word, number)


def do_chores(record, task):
    """What is seldom to be done at the end of a handle, which was a step of a task or None."""
    global _has_chores
    if UNWRITTEN:
        say_unwritten()
    if DROPPED:
        end_dropped()
    if LEFT:
        settle_left()
    if LIMBO:
        settle_limbo()
    if MADE:
        settle_made()
    if EAGER:
        settle_eager(is_over=True)
    if options.stacks and _sampler is None:
        begin_sampling()                # it had ended for a fork
    if NOTICED:
        identify(task)
        forget_noticed()
    if _unidentified or finds_by_scanning:
        find_coroutines_if_due(record=record)
    if _renames and record is not None:
        look_at_name(record, task)
    _has_chores = _unidentified > 0 or _renames


