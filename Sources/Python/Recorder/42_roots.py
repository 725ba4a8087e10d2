# ---------------------------------------------------------------------------------------------
# Coroutines: those that are no part of a task's next step, as far as that can be seen (from 3.12 on)
#
# They are driven by `send()`, or by an eager task that is just being made; or the coroutine of their
# task is written in C.

DROPPED = {}                # thread -> the lane that its last call has made for nobody, as `save()` does


def is_dropped(code, offset):
    """Whether what a call returns is thrown away at once."""
    about = CODES.get(id(code)) or code_of(code)
    known = about.marks.get(offset)
    if known is None:
        instructions = code.co_code[::2]
        following = offset // 2 + 1
        while instructions[following] == opcode.opmap['CACHE']:
            following += 1
        known = about.marks[offset] = instructions[following] == opcode.opmap['POP_TOP']
    return known


def end_dropped():
    """What this thread has dropped has died. Python says so only once for each line of the program."""
    global _unidentified
    with LOCK:
        lane = DROPPED.pop(get_ident(), None)
        waiting = UNIDENTIFIED.get(id(lane.code.code), ()) if lane is not None else ()
        if lane in waiting:
            waiting.remove(lane)
            _unidentified -= 1
            end_lane(lane, CU)
    return lane


EAGER = {}                  # id of a task in that first step -> its record


def in_hidden_root(lane, task, outer):
    """Whether it runs in a task whose coroutine has no frame, such as the call of a generator's."""
    is_eager = task is not None and type(task._coro) is not CoroutineType and (
        id(task) in EAGER or id(task) not in TASKS if HIDES_TASKS else takes_eager_step(task))
    if is_eager and id(task) not in TASKS:
        if lane.is_generator:
            return True                 # its task is met as it waits
        record = make_task(task, outer)
        begin_step(record, task)
        keep_eager(record)
    if is_eager or outer is not None and outer.f_code is Handle._run.__code__ and id(task) in TASKS:
        lane.task = record = TASKS[id(task)]
        record.mixed = True
        if record.leaf is record.lane and not lane.is_generator:
            record.leaf, lane.awaiter = lane, record.lane
            emit(CA, record.lane.id, lane.id, 0)
        return True


def mix(lane, frame):
    """An async generator goes on, maybe for another task than before."""
    while frame is not None and frame.f_code.co_flags & AWAITING_CODE:
        consumer = LANES.get(id(frame))
        if consumer is not None:
            is_known = (type(consumer.task) is not TaskRecord
                        or id(task_of_loop(events._get_running_loop())) in TASKS)
            lane.task = consumer.task if is_known else None     # or an eager task goes on with it
            break
        frame = frame.f_back
    else:                               # the `aclose()` of a task has no frame
        is_own = frame is not None and frame.f_code is Handle._run.__code__
        lane.task = TASKS.get(id(task_of_loop(events._get_running_loop()))) if is_own else None
    if lane.task is not None:
        lane.task.mixed = True


def watch_left_generators():
    """Asyncio closes a generator that is let go of in the middle. Where that fails nothing of it runs any more, and
    nothing else tells that it ends. It is in its finalizer: only if it lives on it may get a weak reference."""
    finalize = base_events.BaseEventLoop._asyncgen_finalizer_hook

    def finalizer_hook(loop, generator):
        references = sys.getrefcount(generator)
        finalize(loop, generator)
        try:
            if recording and sys.getrefcount(generator) > references:
                watch_closing(generator)
        except Exception:
            fault()
    replace_function(base_events.BaseEventLoop, '_asyncgen_finalizer_hook', finalizer_hook)


def by_hand(lane):
    """Driven by send(), not by a task, or of a loop that is not watched: what it yields is not seen at the
    end of a step."""
    global is_plain
    if not lane.is_generator:
        lane.by_hand, is_plain = True, False
        lane.task = lane.task or Chain(lane)
        MONITORING.set_local_events(_tool, lane.code.code, IN_COROUTINES | IN_GENERATORS)


def say_yielded(leaf, value):
    if future_kind(type(value)):
        word, number = wait_on(value, '', None)
        emit(CW, leaf.id, leaf.line_number(), word, number)
    elif value is not None:
        emit(CW, leaf.id, leaf.line_number(), 'future', foreign_future(value))
    else:
        emit(CW_ALONE, leaf.id, leaf.line_number(), 'yield' if type(leaf.task) is TaskRecord else 'unknown')


def foreign_future(value):
    """The number of what a coroutine that is driven by hand waits for, a `Deferred` of Twisted's."""
    with LOCK:
        number = new_future()
        emit(FN, number, text(type_name(type(value))))
    return number


def eager_frame(task):
    """Where the coroutine of a task runs that is not known yet, so that it takes its eager step."""
    coroutine = task._coro
    return coroutine.cr_frame if type(coroutine) is CoroutineType else None


def eager_root(task, frame):
    """The lane of a library's coroutine whose task takes its first step at once."""
    return make_task(task, frame.f_back, is_started=True).lane


def takes_eager_step(task):
    """Whether a task that runs was not started by its loop."""
    if HIDES_TASKS and PYTHON_TASK not in bases_of(type(task)):
        frame = eager_frame(task)
        return frame is not None and frame.f_back.f_code is not Handle._run.__code__
    return any(task is one for one in list(tasks._eager_tasks))


def begin_eager_step(record):
    """A task's first step, taken at once inside another handle."""
    keep_eager(record)
    code = record.lane.code
    if type(code) is Code:
        if HIDES_TASKS and _tool is not None:
            MONITORING.set_local_events(_tool, code.code, IN_COROUTINES | EVENTS.PY_YIELD)
        elif not record.lane.is_exact:
            watch_code(code.code, True)


def keep_eager(record):
    global _has_chores
    EAGER[record.key] = record
    record.paused, _has_chores = 0, True
    if HIDES_TASKS:
        GLOBALS.update(NUMBERS_AFTER_WAITS)


def end_eager_step(task):
    """A task enters asyncio's set of those that are to go on: as it is made, or as it waits after an
    eager step."""
    enlist(task)
    if recording:
        try:
            end_eager_step_of(task, getframe(1))
        except Exception:
            fault()


def end_eager_step_of(task, maker):
    record = EAGER.pop(id(task), None)
    if record is not None:
        say_suspended(record, task)
    elif future_kind(type(task)) == 'task' and task._fut_waiter is not None:
        record = TASKS.get(id(task)) or make_task(task, maker)
        if not record.is_started:       # its coroutine has no frame
            begin_step(record, task)
            say_wait(record, task._fut_waiter, *follow_late(record, task._coro))


def after_waits(name, new_number):
    """From 3.14 on: whoever needs a number in an eager step, or right after it, first tells of those
    that wait, whose numbers come before."""
    def new_number_after_waits():
        if EAGER:
            settle_eager()
        else:
            GLOBALS[name] = new_number
        return new_number()
    return new_number_after_waits


NUMBERS_AFTER_WAITS = dict((name, after_waits(name, new_number)) for name, new_number in (
    ('new_lane', new_lane), ('new_future', new_future), ('new_handle', new_handle)))


def at(moment, tell, *arguments):
    """Tells of what happened a while ago, since when nothing was told."""
    global now
    with LOCK:
        clock = now
        if moment >= _last:
            now = lambda: moment
        try:
            tell(*arguments)
        finally:
            now = clock


def has_suspended(task, coroutine, is_over):
    if not HIDES_TASKS:
        return False                    # it is told as it enters asyncio's set
    if type(coroutine) is CoroutineType:
        return coroutine.cr_suspended
    return task._fut_waiter is not None or is_over and task._loop is events._get_running_loop()


def settle_eager(is_over=False):
    """Of a task whose coroutine has no frame nothing tells that it has ended in its eager step. From
    3.14 on nothing tells either that one waits, but what comes next."""
    for record in list(EAGER.values()):
        task = record()
        coroutine = task._coro if task is not None else None
        if task is not None and task._state == 'PENDING':
            if has_suspended(task, coroutine, is_over):
                if EAGER.pop(record.key, None) is not None:
                    at(record.paused, say_suspended, record, task)
        elif EAGER.pop(record.key, None) is not None:
            if task is None:
                end_lane(record.lane, CV_NONE)
                emit(FD, record.id, 'result')
            elif not record.is_resolved:
                end_task(record, task)


def end_eagerly(lane, result):
    """A lane has ended. If it is that of a task in its eager step, or whose steps are not seen, so has
    the task, in a moment."""
    record = lane.task
    if type(record) is TaskRecord and record.lane is lane and (EAGER.pop(record.key, None) or lane.by_hand):
        task = record()
        record.is_resolved = True
        record.name = record.present_name()
        if result == 'result' and task is not None and not lane.by_hand and task._must_cancel:
            result = 'cancelled'
        emit(FD, record.id, result)
