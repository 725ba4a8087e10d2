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
    if OUTCOMES and result == 'exception':
        learn_outcomes(task._exception)
    lanes, record.lanes = record.lanes, ()
    root = record.lane
    for lane in reversed(lanes):
        if lane.state == STARTED and lane is not root and not lane.is_exact:
            has_failed = result == 'exception' and was_passed_by(task._exception, lane)
            end_lane_by(lane, result if has_failed or result == 'cancelled' else 'result',
                        task._exception)
    if root.state != ENDED and (not root.is_exact or root.state == PENDING):
        end_lane_by(root, result, task._exception, task._result)
    if result == 'result' and CANCELLING is not None and is_to_be_cancelled(task):
        emit(TR, record.id)
    emit(FD, record.id, result)


def end_lane_by(lane, result, exception, value=None):
    lane.detach()
    if result == 'exception':
        end_lane(lane, CX, text(exception_text(exception)))
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


def was_passed_by(exception, lane):
    """Whether an exception came through a lane's frame."""
    entry = exception.__traceback__
    while entry is not None:
        if id(entry.tb_frame) == lane.key:
            return True
        entry = entry.tb_next
    return False


