def line_in(leaf, frame):
    """The line in which a suspended lane stands."""
    place = frame.f_lasti
    line = leaf.code.lines.get(place)
    if line is None:
        line = leaf.code.lines[place] = frame.f_lineno or 0
    return line


def end_changed_step(queue, handle, record, task):
    """The end of a step in which the chain of awaits may have become another."""
    if handle is not None:
        queue.step(handle, record)
    end_step(record, task)


def below(leaf):
    """The frame of a lane, and what the library waits for under it, as a word and a place; None if
    there may be lanes under it, or if it has ended."""
    coroutine = leaf.coroutine and leaf.coroutine()
    if type(coroutine) is not CoroutineType:
        return None
    frame = coroutine.cr_frame
    if frame is None:
        return None
    thing = coroutine.cr_await
    word, place = '', None
    while True:
        kind = type(thing)
        if kind is CoroutineType:
            code, following = thing.cr_code, thing.cr_await
        elif kind is GeneratorType:
            code, following = thing.gi_code, thing.gi_yieldfrom
        else:
            return (frame, word, place) if thing is None or kind is FUTURE_ITER else None
        about = CODES.get(id(code)) or code_of(code)
        if about.is_watched:
            return None
        if about.wait and word not in OUTERMOST:
            word, place = about.wait, (parts(thing)[0], about)
            if about.is_closed:
                return frame, word, place
        thing = following


class NoLoop(object):
    def get_debug(self):
        return False


FUTURE_ITER = type(futures.Future(loop=NoLoop()).__await__())


def do_chores(record, task):
    """What is seldom to be done at the end of a handle, which was a step of a task or None."""
    global _has_chores, _creator
    if UNWRITTEN:
        say_unwritten()
    if LIMBO:
        settle_limbo()
    if EAGER:
        end_eager_steps()
    if NOTICED:
        identify(task)
        forget_noticed()
    if _unidentified or finds_by_scanning:
        _creator = record.leaf.id if record is not None else 0
        find_coroutines_if_due()
        _creator = 0
    _has_chores = _unidentified > 0


put, take, length = deque.append, deque.popleft, deque.__len__
new_tick = count(1).__next__
STEP_TYPE = None
WAKEUP_TYPE = None if VERSION < (3, 10) else Handle     # what no callback has
CONTROL = RING = None
UNWRITTEN, EAGER = [], []
_running = None             # the record of the task whose step runs
_creator = 0                # the lane that made what is found after its step
_unidentified = 0           # how many lanes have no object yet
_has_chores = False         # whether anything is to be done at the end of a handle
finds_by_scanning = False
is_plain = True             # whether no coroutine was driven by hand, or by an eager task


def is_in_handle(frame):
    while frame is not None:
        if frame.f_code is RUN_ONCE:
            return True
        frame = frame.f_back
    return False


def task_of(callback):
    """The task whose step a callback is, or None."""
    kind = type(callback)
    if kind is STEP_TYPE or kind is BuiltinType or kind is MethodType:
        owner = callback.__self__
    elif kind is WAKEUP_TYPE or learn_step_types(kind) or kind is WAKEUP_TYPE:
        owner = getattr(callback, '__self__', None) or task_within(callback)
    else:
        return None
    return owner if future_kind(type(owner)) == 'task' else None


def learn_step_types(kind):
    """Whether a callback's type is that of a C task's step, met for the first time. (Up to 3.9
    a wake-up has a type of its own.) To make a task just to see them would use up a name."""
    global STEP_TYPE, WAKEUP_TYPE
    if WAKEUP_TYPE is None and kind.__name__ == 'TaskWakeupMethWrapper':
        WAKEUP_TYPE = kind
    if STEP_TYPE is None and kind.__name__ == 'TaskStepMethWrapper':
        STEP_TYPE = kind
        return True
    return False


def task_within(callback):
    """The task of a wake-up in C that does not tell it: up to 3.6."""
    for thing in referents(callback):
        if future_kind(type(thing)) == 'task':
            return thing
    return None


def resolve(future):
    """Notes a future's outcome, once. Returns its record."""
    kind = future_kind(type(future))
    if kind == 'task':
        record = TASKS.get(id(future)) or make_task(future, getframe(2), is_started=True)
        if not record.is_resolved and future._state != 'PENDING':
            end_task(record, future)
        return record
    if kind is None:
        return None
    record = FUTURES.get(id(future)) or make_future(future, '', kind)
    if not record.is_resolved:
        record.is_resolved = True
        if options.detail == 'all':
            emit(FD, record.id, outcome(future))
    return record


def outcome(future):
    if future._state == 'CANCELLED':
        return 'cancelled'
    return 'result' if future._exception is None else 'exception'


def begin_step(record, task):
    """A task's first step, or one whose chain has several lanes to resume."""
    lane = record.lane
    if not record.is_started:
        record.is_started = True
        if not lane.is_exact and lane.state == PENDING and not task._must_cancel:
            lane.state = STARTED
            emit(CS, lane.id)
    elif record.leaves:
        for leaf in record.leaves:
            if leaf.state == STARTED:
                emit(CR, leaf.id)
        record.leaves = None


def end_step(record, task):
    """Says what a task waits for after its step, or how it has ended."""
    if task._state != 'PENDING':
        if not record.is_resolved:
            end_task(record, task)
        return emit(HE)
    future = task._fut_waiter
    leaf = record.leaf
    word, number = '', 0
    if not exact or record.mixed or not leaf.is_exact:
        word, number, place = follow(record, task._coro)
        if record.leaves:
            word, number = wait_on(future, word, place)
            return say_suspended(record.leaves, word, number)
        leaf = record.leaf
        if future is not None:
            word, number = wait_on(future, word, place)
    elif future is not None:
        known = FUTURES.get(id(future))
        if known is not None and known.word:
            word, number = known.word, known.id
        elif future_kind(type(future)) == 'task':
            word, number = 'task', future_id(future)
        else:
            word, place = library_wait(record, task._coro)
            word, number = wait_on(future, word, place)
    frame = leaf.frame
    line = frame.f_lineno if frame is not None else leaf.line_number()
    if future is None:
        emit(CW_ALONE, leaf.id, line, 'yield')
    else:
        emit(CW, leaf.id, line, word, number)
    emit(HE)


def say_suspended(leaves, word, number):
    for leaf in leaves:
            emit(CW, leaf.id, leaf.line_number(), word, number)
    emit(HE)


def end_task(record, task):
    """A task is done: its lanes have ended, as far as nobody has told that yet."""
    record.is_resolved = True
    if _deferred:
        record.name = record.present_name()     # it may be gone when its event is written
    result = outcome(task)
    lanes, record.lanes = record.lanes, ()
    root = record.lane
    for lane in reversed(lanes):
        if lane.state == STARTED and lane is not root and not lane.is_exact:
            lane.detach()
            if result == 'exception' and was_passed_by(task._exception, lane):
                end_lane(lane, CX, text(exception_text(task._exception)))
            elif result == 'cancelled':
                end_lane(lane, CC)
            else:
                end_lane(lane, CV_NONE)
    if root.state != ENDED and (not root.is_exact or root.state == PENDING):
        root.detach()
        if result == 'exception':
            end_lane(root, CX, text(exception_text(task._exception)))
        elif result == 'cancelled':
            end_lane(root, CC)
        elif task._result is None:
            end_lane(root, CV_NONE)
        else:
            end_lane(root, CV, text(value_text(task._result)))
    emit(FD, record.id, result)


def was_passed_by(exception, lane):
    """Whether an exception came through a lane's frame."""
    entry = exception.__traceback__
    while entry is not None:
        if id(entry.tb_frame) == lane.key:
            return True
        entry = entry.tb_next
    return False


def set_timer(handle, when, callback, arguments):
    if not recording:
        return
    number = new_handle()
    HANDLES[id(handle)] = number, None
    kind = type(callback)
    if callback is SET_RESULT and arguments and future_kind(type(arguments[0])) == 'future':
        future = arguments[0]
        record = FUTURES.get(id(future)) or make_future(future, 'sleep')
        word, subject = 'set_result', record.id
    else:
        word, subject = callback_words(callback, kind, arguments)
    nanoseconds = when * 1e9
    delay = int(min(nanoseconds, LATEST_TIME)) - now() if nanoseconds == nanoseconds else 0
    emit(HT, number, min(delay, LATEST_TIME), word, subject)


SET_RESULT = getattr(futures, '_set_result_unless_cancelled', None)
STOP = base_events._run_until_complete_cb


def callback_words(callback, kind, arguments):
    """What a handle that is no task's step does: a word and a number."""
    if callback is SET_RESULT and arguments:
        return 'set_result', future_id(arguments[0], 'sleep')
    if callback is STOP and arguments:
        return 'stop', future_id(arguments[0])
    if kind is FunctionType and callback.__module__ == 'asyncio.tasks' and callback.__closure__:
        owner = MEMBER_CALLBACKS.get(callback.__qualname__)
        if owner in callback.__code__.co_freevars:
            cell = callback.__closure__[callback.__code__.co_freevars.index(owner)]
            try:
                number = future_id(cell.cell_contents, 'wait')
                if number:
                    return 'member_done', number
            except ValueError:
                pass                # the cell is empty
    number = text(callback_name(callback))
    if kind is MethodType and type(callback.__func__) is FunctionType:
        code = callback.__func__.__code__
        METHODS[id(code_of(code).code)] = number
    return 'function', number


MEMBER_CALLBACKS = {'gather.<locals>._done_callback': 'outer',
                    '_wait.<locals>._on_completion': 'waiter'}


