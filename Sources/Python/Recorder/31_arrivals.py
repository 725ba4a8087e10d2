# ---------------------------------------------------------------------------------------------
# Arrivals: what a handle is that has just entered the ready queue
#
# Each function notes it, and returns what the queue's `coming` is to know. Only types that are
# known exactly are looked into: a callback may be any object.

METHODS = {}                # id of a method's code -> number of its name


def classes(name, *modules):
    return frozenset(filter(None, (getattr(module, prefix + name, None)
                                   for module in modules for prefix in ('', '_Py', '_C'))))


GET_NAME = getattr(tasks.Task, 'get_name', None)
CANCELLING = getattr(tasks.Task, 'cancelling', None)        # from 3.11 on
TASK_TYPES = classes('Task', tasks)
FUTURE_TYPES = classes('Future', futures)
GATHER_TYPES = classes('_GatheringFuture', tasks)
FUTURE_WORDS = dict((id(kind), word) for word, kinds in (
    ('future', FUTURE_TYPES), ('gather', GATHER_TYPES), ('task', TASK_TYPES)) for kind in kinds)
PYTHON_TASK = getattr(tasks, '_PyTask', tasks.Task)


def type_in_c(name, otherwise):
    """A type of asyncio's that only its instances tell. (To make one would use up a task's name.)"""
    return next((kind for kind in object.__subclasses__() if type_name(kind) == name), otherwise)


STEP_TYPE = type_in_c('TaskStepMethWrapper', Handle)            # or what no callback is
WAKEUP_TYPE = type_in_c('TaskWakeupMethWrapper', Handle)        # up to 3.9; then it is a built-in method


def enter_step(record):
    """A task's next step was scheduled, with nothing that it had to wait for."""
    number = record.step = new_handle()
    emit(HS_YIELDED if record.is_started else HS_CREATED, number, record.id)
    return record


def enter_wakeup(queue, task, future):
    """A task's next step was scheduled, since the future that it awaited is done."""
    record = TASKS.get(id(task)) or make_task(task, getframe(3), is_started=True)
    if record.waits == id(future):
        del WAITED[record.waits]
        record.waits, subject = 0, record.wait
    else:
        done = FUTURES.get(id(future))
        if done is None or done.is_resolved:            # it is a task, or was resolved before
            done = resolve(future)
            number = record.step = new_handle()
            emit(HS_WAKEUP, number, record.id, done.id if done is not None else 0)
            return record
        subject, done.is_resolved = done.id, True
    return wake(queue, record, subject, future)


def wake(queue, record, subject, future):
    """A future is done, which has a number, and a task goes on that waited for it."""
    number = record.step = new_handle()
    if (_open is queue and queue.record is None and queue.woken is None
            and future._exception is None and future._state == 'FINISHED'):
        queue.woken_at, queue.woken, queue.woken_by = now(), record, subject
    else:
        emit(FD_HS_WAKEUP, subject, outcome(future), number, f'{record.id},"resolved",{subject}')
    return record


def enter(queue, handle, callback, kind):
    """A handle that is not a step of a C task entered the queue."""
    if queue.polling and (type(handle) is TimerHandle or type(handle) is KeptHandle):
        known = HANDLES.get(id(handle))
        if known is not None:
            emit(HF, known)
            if _own_time is not None and type(handle) is TimerHandle:
                pass_time(handle._when)
            return None
        if handle._cancelled:
            return None             # asyncio passes it on to the queue, and over it there
    arguments = handle._args
    if kind is WAKEUP_TYPE:
        return enter_wakeup(queue, task_within(callback), arguments[0])
    if kind is MethodType:
        owner = callback.__self__
        if type(owner) is PYTHON_TASK:
            name = callback.__func__.__name__
            if name.endswith('__wakeup'):
                return enter_wakeup(queue, owner, arguments[0])
            if name.endswith('__step'):
                return enter_step(TASKS.get(id(owner)) or make_task(owner, getframe(3)))
        if queue.polling and not arguments and type(handle) is Handle:
            meet_reader(handle, callback.__func__)
    done = None
    if arguments and future_kind(type(arguments[0])) and arguments[0]._state != 'PENDING':
        done = resolve(arguments[0])
    word, subject = callback_words(callback, kind, arguments)
    HANDLES[id(handle)] = number = new_handle()
    if done and not queue.polling and get_ident() == queue.thread:
        emit(HS_RESOLVED, number, word, subject, done.id)
    else:
        external = queue.polling or get_ident() != queue.thread
        emit(HS, number, word, subject, 'external' if external else 'call_soon')


class Reader(weakref.ref):
    """A handle that calls a method whenever its descriptor is ready."""

    __slots__ = 'key', 'name'


forget_reader = forgetting(READERS)


def meet_reader(handle, function):
    """If it comes again, the selector has kept it."""
    name = METHODS.get(id(function.__code__)) if type(function) is FunctionType else None
    if name is not None:
        reader = Reader(handle, forget_reader)
        reader.key, reader.name = id(handle), name
        READERS[reader.key] = reader


def number_in_queue(handle):
    """The number of a handle that is about to be cancelled, which only its queue knows."""
    number = None
    if id(handle) in READERS:
        for queue in [loop._ready for loop in LOOPS if type(loop._ready) in QUEUES]:
            for place, one in enumerate(deque.copy(queue) if length(queue) else ()):
                if one is handle:
                    number, queue.coming[place] = queue.coming[place], None
    return number


def task_within(callback):
    """The task of a wake-up in C, which does not tell it up to 3.6."""
    tasks_in_it = (thing for thing in referents(callback) if future_kind(type(thing)) == 'task')
    return getattr(callback, '__self__', None) or next(tasks_in_it, None)


def set_timer(handle, when, callback, arguments):
    if recording:
        tell_timer(handle, delay_until(when, handle), callback, arguments)


def tell_timer(handle, delay, callback, arguments):
    word, subject = callback_words(callback, type(callback), arguments, True)
    HANDLES[id(handle)] = number = new_handle()
    emit(HT, number, delay, word, subject)


def delay_until(when, handle):
    """In nanoseconds."""
    if not -LATEST < when < LATEST:
        return LATEST_TIME - now() if when > 0 else 0
    if getattr(type(handle._loop), 'time', None) is base_events.BaseEventLoop.time:
        return int(when * 1e9) - now()
    return int(delay_asked_for(when) * 1e9)


def delay_asked_for(when):
    """The loop has a clock of its own. Nobody but the program may read that: it may go on by being
    read. What `call_later` is asked for tells what it shows, and so does a timer that fires."""
    global _own_time
    for frame in islice(callers(getframe(2)), 6):
        if frame.f_code.co_name == 'call_later' and frame.f_code.co_argcount > 1:
            delay = frame.f_locals[frame.f_code.co_varnames[1]]
            if type(delay) not in (int, float):
                return 0
            _own_time = when - delay
            return delay
    return 0 if _own_time is None else max(0, when - _own_time)


def pass_time(when):
    global _own_time
    _own_time = max(_own_time, when)


_own_time = None            # what a clock of the program's showed last
SET_RESULT = getattr(futures, '_set_result_unless_cancelled', None)
STOP = base_events._run_until_complete_cb
RELEASE = tasks._release_waiter
TIME_IS_UP = getattr(getattr(getattr(asyncio, 'timeouts', None), 'Timeout', None), '_on_timeout', None)
FUNCTIONS = ids(FunctionType, MethodType, functools.partial)
MEMBER_CALLBACKS = {'gather.<locals>._done_callback': 'outer',
                    '_wait.<locals>._on_completion': 'waiter',
                    'shield.<locals>._inner_done_callback': 'outer'}


def callback_words(callback, kind, arguments, is_timer=False):
    """What a handle that is no task's step does: a word and a number."""
    number = 0
    if kind is FunctionType:
        if callback is SET_RESULT and arguments:
            future = arguments[0]
            return 'set_result', future_id(future, 'sleep') if is_timer else waiter_id(future)
        if callback is RELEASE and arguments and future_kind(type(arguments[0])) == 'future':
            return 'set_result', waiter_id(arguments[0])
        if callback is STOP and arguments:
            return 'stop', future_id(arguments[0])
        if callback.__module__ == 'asyncio.tasks' and callback.__closure__:
            owner = MEMBER_CALLBACKS.get(callback.__qualname__)
            number = owner and member_id(in_closure(callback, owner))
    elif kind is MethodType:
        function = callback.__func__
        if type(function) is FunctionType:
            if function is TIME_IS_UP:
                number = future_id(vars(callback.__self__).get('_task'))
                if number:
                    return 'timeout', number
            number = METHODS.get(id(function.__code__))
            if number is None:
                number = METHODS[id(code_of(function.__code__).code)] = text(function.__qualname__)
            if arguments and len(arguments) == 1 and id(type(arguments[0])) in FUNCTIONS:
                passed = callback_name(arguments[0])            # what it is to call
                number = text('%s(%s)' % (function.__qualname__, passed))
            return 'function', number
    elif kind is functools.partial and callback.func is RELEASE and callback.args:
        number = waiter_id(callback.args[0])
    if number:
        return 'member_done', number
    return 'function', text(callback_name(callback))


def waiter_id(future):
    """The number of the future on which wait() and wait_for() wait, or who sets a transport up."""
    if id(future) not in FUTURES and future_kind(type(future)):
        address = ''
        for frame in callers(getframe(1), RUN_ONCE):
            about = code_of(frame.f_code)
            purpose = about.purpose
            if about.wait == 'io' and frame.f_code.co_name == '__init__':
                address = transport_text(variables_in(frame, 'self')[0])
            elif about.verb and address:
                purpose = '%s %s' % (about.verb, address)
            if purpose:
                return make_future(future, '', purpose=text(purpose)).id
    return future_id(future)
