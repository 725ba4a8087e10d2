# ---------------------------------------------------------------------------------------------
# Resources: locks, queues and the like. Each has an attribute that changes as it is taken and
# given back; a descriptor in the class sees that, with no frame of ours in any coroutine.

RESOURCES = {}              # id of a lock and so on -> ResourceRecord
RESOURCE_COUNTS = {}        # kind -> how many
new_resource = count(1).__next__
LOCKS_FILE = ASYNCIO + 'locks.py'


class ResourceRecord(weakref.ref):
    __slots__ = 'id', 'key', 'kind', 'name', 'limit', 'level', 'is_part'


class Watched:
    """An attribute of a class of asyncio's. Its values stay in the instances."""

    def __init__(self, name, kind):
        self.name, self.kind = name, kind

    def __get__(self, thing, owner=None):
        try:
            return thing.__dict__[self.name]
        except (AttributeError, KeyError):
            raise AttributeError(self.name) from None

    def __set__(self, thing, value):
        variables = thing.__dict__
        is_first = self.name not in variables
        variables[self.name] = value
        if recording:
            try:
                if is_first:
                    meet_resource(thing, self.kind, value, getframe(2))
                else:
                    change_resource(thing, self.kind, value)
            except Exception:
                fault()


def watch_resources():
    for owner, kind, name in ((locks.Lock, 'lock', '_locked'), (locks.Event, 'event', '_value'),
                              (locks.Semaphore, 'semaphore', '_value'),
                              (locks.Condition, 'condition', '_waiters'),
                              (getattr(locks, 'Barrier', None), 'barrier', '_count'),
                              (queues.Queue, 'queue', '_unfinished_tasks')):
        if owner is not None:
            replace(owner, name, Watched(name, kind))
            if kind in ('barrier', 'queue'):
                WHOLES.add(owner.__init__.__code__)
    if VERSION >= (3, 7):           # before, who waits in it cannot be told
        WHOLES.add(AS_COMPLETED)
    precede(queues.Queue, '_wakeup_next', lambda queue, _: change_resource(queue, 'queue', None))


WHOLES = set()              # code that makes resources with others inside


def meet_resource(thing, kind, value, maker):
    """It is being made. `maker` is the frame that does so, or its base's."""
    variables = vars(thing)
    record = ResourceRecord(thing, resource_gone)
    record.id, record.key, record.kind, record.level, record.name = 0, id(thing), kind, 0, ''
    limit = {'lock': 1, 'event': 1, 'semaphore': value, 'barrier': variables.get('_parties'),
             'queue': variables.get('_maxsize')}.get(kind, 0)
    record.limit = min(max(0, limit), 0xFFFFFFFF) if type(limit) is int else 0
    record.is_part = False
    for _ in range(3):
        if maker is not None and maker.f_code.co_name == '__init__':
            record.is_part = record.is_part or maker.f_code in WHOLES
            maker = maker.f_back
    record.is_part = record.is_part or maker is not None and maker.f_code in WHOLES
    RESOURCES[record.key] = record
    if events._get_running_loop() is not None:
        announce_resource(record)
    return record


def resource_gone(record):
    if RESOURCES.get(record.key) is record:
        del RESOURCES[record.key]
        if record.is_part and record.id and recording:
            emit(FD, record.id, 'result')       # the future of a call of as_completed()


def announce_resource(record):
    if record.id or record.is_part:
        return
    with LOCK:
        record.id = new_resource()
        number = RESOURCE_COUNTS[record.kind] = RESOURCE_COUNTS.get(record.kind, 0) + 1
        record.name = '%s %d' % (record.kind, number)
        emit(RN, record.id, record.kind, text(record.name), record.limit)


def resource_of(thing, word):
    """What somebody stands in line for, made known if it was made before a loop ran."""
    record = RESOURCES.get(id(thing))
    if record is not None:
        announce_resource(record)
        return record
    kind, variables = word.partition('_')[0], vars(thing)       # it was made before all this
    limit = variables.get('_bound_value', variables.get('_value'))
    record = meet_resource(thing, kind, limit, None)
    announce_resource(record)
    name = {'lock': '_locked', 'barrier': '_count'}.get(kind, '_value')
    level = level_of(record, thing, variables.get(name))
    if level and record.id:
        record.level = level
        emit(RC, record.id, level, 0)
    return record


def level_of(record, thing, value):
    """How full a resource is, None where that cannot be told. `value` is that of its attribute."""
    kind = record.kind
    if kind == 'queue':
        items = vars(thing).get('_queue')
        return len(items) if type(items) in (deque, list) else None
    if kind == 'lock' or kind == 'event':
        return 1 if value is True else 0
    if kind == 'condition' or type(value) is not int:
        return None
    return max(0, record.limit - value if kind == 'semaphore' else value)


def change_resource(thing, kind, value):
    record = RESOURCES.get(id(thing))
    if not recording or record is None or record.is_part or events._get_running_loop() is None:
        return
    announce_resource(record)
    level = level_of(record, thing, value)
    if level is None or level == record.level and kind == 'queue':
        return
    holder = holder_on(getframe(2)) if level and kind == 'lock' else 0
    record.level = level
    emit(RC, record.id, level, holder)


def holder_on(frame):
    """The lane of the coroutine that acquires a lock: none of the lock's own."""
    while frame is not None and frame.f_code.co_filename == LOCKS_FILE:
        frame = frame.f_back
    if not exact:
        notice(frame)
    return lane_on_stack(frame)


