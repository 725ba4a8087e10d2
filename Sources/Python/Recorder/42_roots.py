# ---------------------------------------------------------------------------------------------
# Coroutines: those that are no part of a task's next step, as far as that can be seen (from 3.12 on)
#
# They are driven by `send()`, or by an eager task that is just being made; or the coroutine of their
# task is written in C.

EAGER = []                  # records of tasks in that first step


def in_hidden_root(lane, task, outer):
    """Whether it runs in a task whose coroutine has no frame, such as the call of a generator's."""
    if outer is not None and outer.f_code is Handle._run.__code__ and id(task) in TASKS:
        lane.task = record = TASKS[id(task)]
        record.mixed = True
        if record.leaf is record.lane and not lane.is_generator:
            record.leaf, lane.awaiter = lane, record.lane
            emit(CA, record.lane.id, lane.id, 0)
        return True


def by_hand(lane):
    """Driven by send(), not by a task: what it yields is not seen at the end of a step."""
    global is_plain
    if not lane.is_generator:
        lane.by_hand, is_plain = True, False
        lane.task = Chain(lane)
        MONITORING.set_local_events(_tool, lane.code.code, IN_COROUTINES | IN_GENERATORS)


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
    lane = begin_eager_step(task, frame)
    lane.attach(frame)
    lane.frame = frame
    return lane


def begin_eager_step(task, frame):
    """A task's first step, taken at once inside another handle."""
    global _has_chores
    _has_chores = True
    record = make_task(task, frame.f_back, is_started=True)
    record.lane.by_hand = True
    EAGER.append(record)
    MONITORING.set_local_events(_tool, frame.f_code, IN_COROUTINES | EVENTS.PY_YIELD)
    return record.lane


def end_eager_steps():
    while EAGER:
        record = EAGER.pop()
        task = record()
        record.lane.by_hand = False
        if task is not None and not record.is_resolved and task._state != 'PENDING':
            end_task(record, task)


def end_eagerly(lane, result):
    """A lane has ended. If it is that of a task in its eager step, so has the task, in a moment."""
    record = lane.task
    if record.lane is lane and any(record is one for one in reversed(EAGER)):
        task = record()
        record.is_resolved = True
        record.name = record.present_name()
        if result == 'result' and task is not None and task._must_cancel:
            result = 'cancelled'
        emit(FD, record.id, result)
