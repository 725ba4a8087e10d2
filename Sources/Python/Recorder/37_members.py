# ---------------------------------------------------------------------------------------------
# Members: the futures for which another one waits, from variables of asyncio's own functions

def add_members(number, members):
    for member in sorted(filter(None, map(member_id, members))):
        emit(FA, number, member)


def member_id(future):
    """The number of a future, which is made known as what it is, if it is new."""
    known = TASKS.get(id(future)) or FUTURES.get(id(future))
    if known is not None or future_kind(type(future)) != 'future':
        return known.id if known is not None else future_id(future)
    word, purpose, members = told_by_callbacks(future)
    record = make_future(future, word if purpose else '', purpose=text(purpose or 'future'))
    add_members(record.id, members)
    return record.id


def told_by_callbacks(future):
    """What a future is of which no function of asyncio's tells: a word for who awaits it, what it is
    for, and its members. It may be chained to one of concurrent.futures, or shield another."""
    for callback in future._callbacks or ():
        if type(callback) is tuple:
            callback = callback[0]
        if type(callback) is FunctionType and callback.__closure__:
            if callback.__qualname__.startswith('_chain_future.'):
                return 'thread', 'thread', ()
            if callback.__qualname__ == 'shield.<locals>._outer_done_callback':
                return 'future', 'shield', [in_closure(callback, 'inner')]
    return 'future', '', ()


def in_closure(function, name):
    """The value of a variable around a function, None if it has none."""
    code = function.__code__
    if function.__closure__ and name in code.co_freevars:
        try:
            return function.__closure__[code.co_freevars.index(name)].cell_contents
        except ValueError:
            pass
    return None


def add_members_in(coroutine, about, number, leaf):
    """Tells what a function of asyncio waits for with this future."""
    variable, attribute = about.members
    value, = variables_of(coroutine, variable)
    owner = value
    if attribute is not None:
        value = getattr(value, '__dict__', {}).get(attribute)
    if about.purpose == 'as_completed':
        member = completion_of(owner, RESOURCES.get(id(value)), leaf)
        if member:
            emit(FA, number, member)
    elif future_kind(type(value)):
        add_members(number, [value])
    elif type(value) in (set, list, tuple):
        add_members(number, value)


# as_completed() waits on a queue of its own, once for each of its members. All those waits are for
# one future, which only the recording has: it has the members.

AS_COMPLETED = getattr(tasks, '_AsCompletedIterator', tasks.as_completed)
AS_COMPLETED = getattr(AS_COMPLETED, '__code__', None) or AS_COMPLETED.__init__.__code__


def completion_of(owner, queue, leaf):
    """The number of the future that stands for a call of as_completed()."""
    if queue is None or not queue.is_part:
        return 0
    if not queue.id:                        # no resource of its own, so it has no other number
        queue.id = new_future()
        emit(FN, queue.id, text('as_completed'))
        todo = vars(owner).get('_todo') if owner is not None else None
        add_members(queue.id, todo or todo_around(queue(), leaf))
    return queue.id


def todo_around(queue, leaf):
    """Up to 3.12, as_completed() is a generator, which whoever iterates over it holds in the frame."""
    coroutine = leaf.coroutine and leaf.coroutine()
    if coroutine is not None:
        holder = coroutine if VERSION >= (3, 11) else parts(coroutine)[0]
        for thing in referents(holder):
            if type(thing) is GeneratorType and thing.gi_code is AS_COMPLETED:
                done, todo = variables_of(thing, 'done', 'todo')
                if done is queue and type(todo) is set:
                    return list(todo)
    return ()
