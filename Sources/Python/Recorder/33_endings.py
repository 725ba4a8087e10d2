# ---------------------------------------------------------------------------------------------
# Endings: a future is resolved, a task is done

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
        emit(FD, record.id, outcome(future))
    return record


def outcome(future):
    if future._state == 'CANCELLED':
        return 'cancelled'
    return 'result' if future._exception is None else 'exception'


def end_task(record, task):
    """A task is done: its lanes have ended, as far as nobody has told that yet."""
    record.is_resolved = True
    record.text                     # the task may be gone when its event is written
    result = outcome(task)
    if OUTCOMES and result != 'result':
        learn_outcomes(task._exception)
    lanes, record.lanes = record.lanes, ()
    root = record.lane
    for lane in reversed(lanes):
        if lane.state == STARTED and lane is not root and not lane.is_exact:
            has_failed = result == 'exception' and entry_of(task._exception, lane)
            end_lane_by(lane, result if has_failed or result == 'cancelled' else 'result',
                        task._exception)
    if root.state != ENDED and (not root.is_exact or root.state == PENDING):
        if root.state == PENDING and result == 'result':
            emit(CS, root.id)               # it was met only now
        end_lane_by(root, result, task._exception, task._result)
    if result == 'result' and CANCELLING is not None and is_to_be_cancelled(task):
        emit(TR, record.id)
    emit(FD, record.id, result)


def end_lane_by(lane, result, exception, value=None):
    lane.detach()
    if result == 'exception':
        fail_lane(lane, exception, entry_of(exception, lane))
    elif result == 'cancelled':
        end_lane(lane, CC)
    elif value is None:
        end_lane(lane, CV_NONE)
    else:
        end_lane(lane, CV, text(value_text(value)))


def is_to_be_cancelled(task):
    """Whether it was asked to be cancelled, and nobody has taken that back."""
    try:
        return CANCELLING(task) > 0
    except TypeError:                   # it is one in Python
        return vars(task).get('_num_cancels_requested', 0) > 0


def fail_lane(lane, exception, entry):
    end_lane(lane, CX, text(exception_text(exception)), text(trace_text(entry)))


def entry_of(exception, lane):
    """The entry of its traceback that an exception made as it came through a lane's frame."""
    entry = traceback_of(exception)
    while entry is not None and id(entry.tb_frame) != lane.key:
        entry = entry.tb_next
    return entry


traceback_of = BaseException.__traceback__.__get__
INNERMOST = 20              # entries of a traceback that are told, besides the coroutine's own,
MOST_ENTRIES = 1000         # of so many: where an exception is raised again and again, they grow


def trace_text(entry):
    """Where an exception was raised, from there to the frame of an entry; as far as no other lane tells
    of it, which was awaited."""
    entries = []
    while entry is not None and len(entries) < MOST_ENTRIES:
        about = CODES.get(id(entry.tb_frame.f_code))
        if entries and about is not None and about.is_watched:
            break
        if not is_ours(entry.tb_frame):
            entries.append(entry)
        entry = entry.tb_next
    del entries[1:-INNERMOST]
    lines = [described_frame(entry.tb_frame, entry.tb_lineno) for entry in reversed(entries)]
    read_unread()
    return '\n'.join(lines)
