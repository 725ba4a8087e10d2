# ---------------------------------------------------------------------------------------------
# What the program says: warnings, coroutines never awaited, complaints of asyncio
#
# The functions that show them are replaced; whose lane it is, the search for coroutines knows.

def watch_warnings():
    precede(warnings, '_showwarnmsg_impl', say_warning)
    replace_function(warnings, '_showwarnmsg', elsewhere(warnings._showwarnmsg))
    unawaited = getattr(warnings, '_warn_unawaited_coroutine', None)
    if type(unawaited) is FunctionType and not exact:
        replacement = FunctionType(unawaited.__code__, UnawaitedGlobals(vars(warnings)),
                                   unawaited.__name__)
        replace(warnings, '_warn_unawaited_coroutine', replacement)


def elsewhere(show):
    """A finalizer that ran within a function of ours warns of a line of it. That is told anew, as of the line which
    called that: there filters and what has been said already are others."""
    own = elsewhere.__code__.co_filename, GLOBALS.get('__file__')

    def show_elsewhere(message):
        if message.source is not None:
            hide_allocations()
        if message.filename not in own:
            return show(message)
        GLOBALS.pop('__warningregistry__', None)
        ours = dropwhile(lambda frame: not is_ours(frame), callers(getframe(1)))
        frame = next(dropwhile(is_ours, ours), None)
        if frame is None:
            message.filename, message.lineno = NOWHERE
            return show(message)
        scope = frame.f_globals
        warnings.warn_explicit(
            message.message, message.category, frame.f_code.co_filename, frame.f_lineno,
            scope.get('__name__') or '<string>', scope.setdefault('__warningregistry__', {}), None, message.source)
    return show_elsewhere


NOWHERE = ('<sys>', 0) if VERSION >= (3, 13) else ('sys', 1)        # the line of what no function of Python called


def say_warning(message):
    if recording:
        said = message.message
        if isinstance(said, Warning):
            said = exception_text(said).partition(': ')[2]
        said = said.partition('\n')[0] if type(said) is str else ''
        lane = lane_on_stack(getframe(2))
        if said.endswith('was never awaited'):
            lane = lane_never_awaited(said, getattr(message, 'source', None)) or lane
        emit(PW, text('%s: %s' % (type_name(message.category), said)), lane)


def lane_never_awaited(said, coroutine):
    """The number of the lane of which a warning speaks."""
    if VERSION < (3, 7):
        never_awaited_text(said)
    if exact:
        lane = lane_of_dying(coroutine)
    else:
        lane = UNAWAITED.pop() if UNAWAITED else None
    return lane.id if lane is not None else 0


def lane_of_dying(coroutine):
    """From 3.12 on: the lane of a coroutine in its finalizer. Those that were found to have been awaited by
    nobody may be others, of which Python did not warn, or will in a moment."""
    code = parts(coroutine)[1]
    dropped = end_dropped() if DROPPED else None
    for lane in [dropped] * (dropped is not None) + UNAWAITED:
        if lane.code.code is code:
            if lane is not dropped:
                UNAWAITED.remove(lane)
            return lane
    if code is None:
        return None
    if len(UNIDENTIFIED.get(id(code), ())) > 1:
        find_coroutines()                           # who else lives is not the one that died
    lane = claim(code)
    if lane is None and code_of(code).is_watched:   # C has called it; on 3.12 `save(*arguments)` too
        lane = make_lane(code_of(code), getframe(3))
    if lane is not None:
        end_lane(lane, CU)
    return lane


def dying_coroutines(frame):
    """The ids of the coroutines of which Python warns in a thread, whose innermost frame this is. They
    are in their finalizers: a weak reference that is made now would outlive them."""
    return set(id(caller.f_locals.get('coro')) for caller in callers(frame)
               if caller.f_code.co_name == '_warn_unawaited_coroutine')


UNAWAITED = []              # the lane that was found never to have been awaited last; or several, if it was
                            # in one collection of garbage, which warns of them afterwards


class UnawaitedGlobals(dict):
    """Globals for the function that warns of coroutines never awaited. When it looks for `warn`,
    we learn of the coroutine, with no frame of ours between it and what it calls."""

    def __getitem__(self, name):
        if name == 'warn' and recording:
            try:
                never_awaited(getframe(1).f_locals.get('coro'))
            except Exception:
                fault()
        return dict.__getitem__(self, name)


def never_awaited(coroutine):
    """It is in its finalizer: it must not get a new weak reference."""
    frame, code = parts(coroutine)
    if code is None or not code_of(code).is_watched:
        return
    lane = LANES.get(id(frame))
    if lane is not None and lane.state == STARTED:      # its frame was another one's, which has ended unseen
        lane.detach()
        end_lane(lane, CV_NONE)
        lane = None
    for dead in LIMBO:
        if dead.code.code is code and (lane is None or dead.key == id(frame)):
            lane = dead
    if lane is None:
        lane = make_lane(code_of(code), getframe(3))
    elif lane in LIMBO:
        LIMBO.remove(lane)
    lane.detach()
    end_lane(lane, CU)
    UNAWAITED[:] = [lane]


def never_awaited_text(said):
    """3.6 has no hook for it, but its warning names the coroutine."""
    for lane in reversed(LIMBO):
        if "'%s'" % lane.code.code.co_name in said or lane.code.name in said:
            LIMBO.remove(lane)
            UNAWAITED[:] = [lane]
            return end_lane(lane, CU)


def complain(loop, context):
    """asyncio complains: of an exception that nobody took, of a task that died too soon."""
    if not recording or type(context) is not dict:
        return
    lane = 0
    culprit = context.get('task') or context.get('future')
    if id(type(culprit)) in TASK_KINDS:
        lane = abs(NUMBERS.get(id(culprit), 0))
        if culprit._state != 'PENDING':
            task_ended(culprit)
    elif future_kind(type(culprit)) == 'task':
        record = TASKS.get(id(culprit))
        for late in reversed(LATE):
            if record is None and late.key == id(culprit):
                record = late
        if record is not None:
            lane = record.lane.id
            if not record.is_resolved and culprit._state != 'PENDING':
                end_task(record, culprit)
    message = context.get('message')
    said = message if type(message) is str else 'Unhandled exception in event loop'
    exception = context.get('exception')
    if isinstance(exception, BaseException):
        said = '%s: %s' % (said, exception_text(exception))
    emit(PX, text(said), lane or lane_on_stack(getframe(2)))
    if said == 'Task was destroyed but it is pending!' and NUMBERS:
        NUMBERS.pop(id(culprit), None)          # the next one at its address is another
        UNSTARTED.pop(id(culprit), None)


def say_never_retrieved():
    """Of tasks that live on asyncio says only after our end that nobody has taken their exceptions."""
    # On 3.6 the set is found by who refers to each of hundreds, which takes most of a second; from
    # 3.14 on those of C are not in it.
    has_set = VERSION >= (3, 7) and not HIDES_TASKS
    for task in list(living_tasks()) if has_set else objects_alive():
        if (future_kind(type(task)) == 'task' and task._state == 'FINISHED'
                and task._log_traceback is True):
            complain(None, {'task': task, 'message': 'Task exception was never retrieved',
                            'exception': task._exception})


class SlowCallbacks:
    """A filter of asyncio's logger that lets all pass, and hears of slow callbacks in debug mode."""

    def filter(self, line):
        if recording and type(line.msg) is str and line.msg.startswith('Executing '):
            arguments = line.args
            if type(arguments) is tuple and type(arguments[-1]) is float:
                lane = _queue.record.leaf.id if _queue.record is not None else 0
                emit(PW, text('SlowCallback: a step took %.3f seconds' % arguments[-1]), lane)
        return True


SLOW_CALLBACKS = SlowCallbacks()


