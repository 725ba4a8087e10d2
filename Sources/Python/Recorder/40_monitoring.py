# ---------------------------------------------------------------------------------------------
# Coroutines: exact starts and ends by sys.monitoring (from 3.12 on)

if HAS_MONITORING:
    MONITORING, EVENTS = sys.monitoring, sys.monitoring.events
    DISABLE = MONITORING.DISABLE
    IN_COROUTINES = EVENTS.PY_RETURN | EVENTS.CALL
    IN_GENERATORS = EVENTS.PY_YIELD | EVENTS.PY_RESUME
    _tool = None


def watch_coroutines():
    """Asks for the start of every function, and for what ends one with an exception."""
    take_tool()
    MONITORING.set_events(_tool, EVENTS.PY_START | EVENTS.PY_UNWIND | EVENTS.PY_THROW)
    watch_making_of_tasks()
    gc.callbacks.append(before_collection)


def free_tool():
    return next((tool for tool in (4, 3, 2, 1) if MONITORING.get_tool(tool) is None), None)


def take_tool():
    global _tool
    _tool = free_tool()
    if _tool is not None:
        MONITORING.use_tool_id(_tool, 'loopscope')
        for name in CALLBACKS:
            MONITORING.register_callback(_tool, getattr(EVENTS, name), CALLBACKS[name])


def watch_making_of_tasks():
    """From 3.14 on C keeps its tasks to itself: they are met as the loop has made them."""
    if HIDES_TASKS and _tool is not None:
        MONITORING.set_local_events(_tool, CREATE_TASK, EVENTS.PY_RETURN)


CREATE_TASK = base_events.BaseEventLoop.create_task.__code__


def task_made(task, maker):
    if future_kind(type(task)) != 'task':
        return                          # a task factory may make anything
    if options.detail == 'tasks':
        meet_made(task)
    elif task._state == 'PENDING':
        if EAGER:
            settle_eager()
        if id(task) not in TASKS:
            end_eager_step_of(task, maker)


def unwatch_coroutines():
    global _tool
    if _tool is not None:
        MONITORING.set_events(_tool, 0)
        for name in CALLBACKS:              # for some code there are events of its own
            MONITORING.register_callback(_tool, getattr(EVENTS, name), None)
        MONITORING.free_tool_id(_tool)
        if before_collection in gc.callbacks:
            gc.callbacks.remove(before_collection)
        _tool = None
        for lane in list(LANES.values()):
            lane.frame = None               # nothing will tell that it ends


def watch_code(code, is_coroutine):
    """Code of the user's: calls of coroutine functions in it make coroutines."""
    if _tool is not None:
        wanted = IN_COROUTINES if is_coroutine else EVENTS.CALL
        if code.co_flags & ASYNC_GENERATOR:
            wanted |= IN_GENERATORS
        MONITORING.set_local_events(_tool, code, wanted)


def on_call(code, offset, function, first):
    """Something is called in the user's code. Where that never makes a coroutine, once is enough."""
    global _unidentified, _has_chores
    if type(function) is not FunctionType:
        task = task_named_by(function, first)
        if task is not None:
            return keep_name(task)
        function = function.__func__ if type(function) is MethodType else None
        if type(function) is not FunctionType:
            return DISABLE
    made = function.__code__
    if not made.co_flags & COROUTINE:
        return DISABLE
    try:
        about = CODES.get(id(made)) or code_of(made)
        if not about.is_watched:
            return DISABLE
        if DROPPED:
            end_dropped()
        frame = getframe(1)
        lane = make_lane(about, frame, None, None, place_in(frame, offset))
        has_threads and THREADS.add(get_ident())
        with LOCK:
            waiting = UNIDENTIFIED.get(id(made))
            if waiting is None:
                waiting = UNIDENTIFIED[id(made)] = deque()
            waiting.append(lane)
            _unidentified += 1
        _has_chores, UNAWAITED[:] = True, ()
        if is_dropped(code, offset):
            DROPPED[get_ident()] = lane
    except Exception:
        fault()


def on_start(code, offset):
    try:
        about = CODES.get(id(code))
        if about is None:
            if not is_users(code.co_filename):
                return watch_naming(code)
            about = code_of(code)
        if not about.is_watched:
            return DISABLE
        start_lane(getframe(1), about)
    except Exception:
        fault()


def start_lane(frame, about):
    if DROPPED:
        end_dropped()
    task = task_of_loop(events._get_running_loop())
    is_unknown = task is not None and id(task) not in TASKS
    root = eager_frame(task) if is_unknown else None
    if root is not None and watch_late(task._loop):
        return is_told(frame) or start_lane(frame, about)
    outer, awaiter = frame.f_back, None
    while outer is not None and outer.f_code.co_flags & AWAITING_CODE:
        awaiter = LANES.get(id(outer))
        if awaiter is None and outer is root:
            awaiter = eager_root(task, outer)
        if awaiter is not None:
            break
        outer = outer.f_back
    key = id(frame)
    lane = LANES.get(key)
    known = lane.coroutine and lane.coroutine() if lane is not None else None
    if known is not None and lane.state == PENDING and parts(known)[0] is not frame:
        settle_ended(lane)
        lane = None
    if lane is None or lane.state != PENDING:
        waiting = UNIDENTIFIED.get(id(about.code))
        lane = None
        if waiting and len(waiting) > 1:
            find_coroutines()
            drop_lost()
            lane = LANES.get(key)
            if lane is not None and lane.state != PENDING:
                lane = None
        if lane is None:
            lane = claim_or_make_lane(about, frame.f_back, frame, awaiter)
    lane.state, lane.frame, lane.coroutine = STARTED, frame, None
    if lane.task is None:
        if frame is root:
            record = make_task(task, frame.f_back, is_started=True)
            if is_watched(task):
                begin_eager_step(record)
            else:
                by_hand(lane)
        elif awaiter is None or is_unknown and root is None and type(awaiter.task) is TaskRecord:
            in_hidden_root(lane, task, outer) or by_hand(lane)
        elif begin_await(awaiter, lane, outer.f_lineno):
            return
    elif task is not None and not is_watched(task):
        by_hand(lane)
    emit(CS, lane.id)


def begin_await(awaiter, lane, line):
    """Whether its start is noted too: a coroutine awaited at once has a single line."""
    lane.task = chain = awaiter.task
    if lane.is_generator:
        if chain is not None:
            chain.mixed = True
    else:
        lane.awaiter = awaiter
        if chain is not None:
            chain.leaf = lane
        place = len(ENTRIES) - ENTRY        # nobody writes
        if (lane.parent == awaiter.id and place >= 0
                and ENTRIES[place] is CN and ENTRIES[place + 2] == lane.id):
            ENTRIES[place], ENTRIES[place + ENTRY - 1] = CB, f'{lane.code.site},{line}'
            return True
        emit(CA, awaiter.id, lane.id, line)
    return False


def on_return(code, offset, value):
    try:
        lane = LANES.pop(id(getframe(1)), None)
        if lane is not None:
            leave(lane)
            if value is None:
                end_lane(lane, CV_NONE)
            else:
                end_lane(lane, CV, text(value_text(value)))
            if EAGER or lane.by_hand:
                end_eagerly(lane, 'result')
        elif code is CREATE_TASK:
            task_made(value, getframe(1).f_back)
    except Exception:
        fault()


def on_unwind(code, offset, exception):
    if code.co_flags & ASYNC_CODE:
        try:
            lane = LANES.get(id(getframe(1)))
            if lane is not None and lane.code.code is code:     # or it is that of a frame that is gone
                lane.detach()
                leave(lane)
                if isinstance(exception, asyncio.CancelledError):
                    end_lane(lane, CC)
                    result = 'cancelled'
                elif lane.is_generator and isinstance(exception, GeneratorExit):
                    end_lane(lane, CV_NONE)             # it was closed
                    result = 'result'
                else:
                    fail_lane(lane, exception, entry_of(exception, lane))
                    result = 'exception'
                if EAGER or lane.by_hand:
                    end_eagerly(lane, result)
        except Exception:
            fault()


def leave(lane):
    """A lane is about to end: who awaited it is the innermost now."""
    chain = lane.task
    if chain is None:
        return
    if lane.awaiter is None:
        chain.mixed = True
        if type(chain) is Chain:
            lane.task = None            # no circle is left to the garbage collector
        return
    if chain.leaf is lane:
        chain.leaf = lane.awaiter
    else:
        chain.mixed = True              # it was let go of in the middle, and dies only now
    chain.lane.is_idle = False          # the exception was thrown into this one first


def on_yield(code, offset, value):
    try:
        lane = LANES.get(id(getframe(1)))
        if lane is None:
            return
        if lane.is_generator:
            if type_name(type(value)) == 'async_generator_wrapped_value':
                lane.is_idle = True
                emit(CW_ALONE, lane.id, lane.line_number(), 'consumer')
        elif lane.by_hand:
            lane.is_idle = True
            say_yielded(lane.task.leaf, value)
        elif EAGER and type(lane.task) is TaskRecord and lane.task.lane is lane:
            lane.task.paused = now()
    except Exception:
        fault()


def on_throw(code, offset, exception):
    if code.co_flags & ASYNC_CODE:
        resume(getframe(1))


def on_resume(code, offset):
    resume(getframe(1))


def resume(frame):
    try:
        lane = LANES.get(id(frame))
        if lane is None:
            return
        if lane.is_idle:
            lane.is_idle = False
            if lane.is_generator:
                emit(CR, lane.id)
                mix(lane, frame.f_back)
            else:
                emit(CR, lane.task.leaf.id)
        elif lane.task is not None and lane.task.lane.is_idle and not lane.is_generator:
            lane.task.lane.is_idle = False      # an exception is thrown into the innermost one first
            emit(CR, lane.task.leaf.id)
    except Exception:
        fault()


CALLBACKS = {'PY_START': on_start, 'PY_RETURN': on_return, 'PY_UNWIND': on_unwind,
             'PY_YIELD': on_yield, 'PY_RESUME': on_resume, 'PY_THROW': on_throw, 'CALL': on_call}


