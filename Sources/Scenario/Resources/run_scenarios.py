"""Runs Python programs on CPython's asyncio, each in a process of its own, and answers recordings.

    python run_scenarios.py FOLDER-OF-THE-RECORDER

Programs come on stdin, recordings go to stdout: each as its number of bytes on a line, and then
the bytes. A program that breaks the interpreter is answered with -1.

What CPython leaves to addresses in memory is brought into the order of creation here, and a program
in which nothing can ever happen again is ended. docs/scenarios.md says what and why.
"""
import ast
import asyncio
import gc
import os
import signal
import sys

sys.path.insert(0, sys.argv[1])
import loopscope_recorder as recorder

VERSION = sys.version_info[:2]
IS_EXACT = VERSION >= (3, 12)       # the recorder sees each start and end of a coroutine
leave = os._exit


class OrderedSet(object):
    """What asyncio needs of a set, in the order in which its elements came."""

    def __init__(self, elements=()):
        self.elements = dict.fromkeys(elements)

    def __iter__(self):
        return iter(self.elements)

    def __len__(self):
        return len(self.elements)

    def __contains__(self, element):
        return element in self.elements

    def add(self, element):
        self.elements[element] = None

    def discard(self, element):
        self.elements.pop(element, None)

    def remove(self, element):
        del self.elements[element]

    def clear(self):
        self.elements.clear()


class SetDisplays(ast.NodeTransformer):
    """Makes `set(... for ...)` of `{... for ...}`."""

    def visit_SetComp(self, node):
        self.generic_visit(node)
        elements = ast.GeneratorExp(node.elt, node.generators)
        return ast.copy_location(ast.Call(ast.Name('set', ast.Load()), [elements], []), node)


def bring_order():
    from asyncio import tasks
    with open(tasks.__file__, encoding='utf-8') as file:
        tree = ast.parse(file.read())
    names = 'wait', 'as_completed', '_AsCompletedIterator'
    tree.body = [node for node in tree.body if getattr(node, 'name', None) in names]
    tree = ast.fix_missing_locations(SetDisplays().visit(tree))
    tasks.set = OrderedSet
    exec(compile(tree, tasks.__file__, 'exec'), vars(tasks))
    asyncio.wait, asyncio.as_completed = tasks.wait, tasks.as_completed
    groups = getattr(asyncio, 'taskgroups', None)
    if groups is not None:
        groups.set = OrderedSet


class Sink(object):
    """Takes what the recorder writes."""

    def __init__(self):
        self.data = []

    def write(self, data):
        self.data.append(data)
        return True

    def finish(self):
        pass


class Deadlock(Exception):
    pass


# What a compiled scenario calls.

def text(value):
    """A value as scenarios print it: no addresses, and no order but that of creation."""
    if value is None or isinstance(value, (bool, int, float)):
        return repr(value)
    if isinstance(value, str):
        return value
    if isinstance(value, BaseException):
        said = '' if type(value).__name__.endswith('Group') else str(value)
        return '%s: %s' % (type(value).__name__, said) if said else type(value).__name__
    if isinstance(value, asyncio.Task):
        return value.get_name()
    if asyncio.isfuture(value):
        return 'future'
    if asyncio.iscoroutine(value):
        return 'coroutine'
    return '[%s]' % ', '.join(map(text, value))


def made(coroutine):
    """Before 3.12: a coroutine object was made."""
    recorder.lane_of(coroutine, sys._getframe(1))
    return coroutine


def started():
    recorder.notice(sys._getframe(1))


def ended(value):
    lane = recorder.LANES.pop(id(sys._getframe(1)), None)
    if lane is None:
        return
    if value is None:
        recorder.end_lane(lane, recorder.CV_NONE)
    else:
        recorder.end_lane(lane, recorder.CV, recorder.text(recorder.value_text(value)))


def failed(error):
    lane = recorder.LANES.pop(id(sys._getframe(1)), None)
    if lane is None:
        return
    if isinstance(error, asyncio.CancelledError):
        recorder.end_lane(lane, recorder.CC)
    else:
        recorder.end_lane(lane, recorder.CX, recorder.text(recorder.exception_text(error)))


def number(task):
    return recorder.TASKS[id(task)].id


def all_tasks():
    return sorted(asyncio.all_tasks(), key=number)


def shut_down(loop):
    """What asyncio.run() does with the tasks that are left."""
    left = sorted(asyncio.all_tasks(loop), key=number)
    if not left:
        return
    for task in left:
        task.cancel()
    if VERSION >= (3, 10):
        gathering = asyncio.tasks.gather(*left, return_exceptions=True)
    else:
        gathering = asyncio.tasks.gather(*left, loop=loop, return_exceptions=True)
    loop.run_until_complete(gathering)
    for task in left:
        if not task.cancelled() and task.exception() is not None:
            loop.call_exception_handler({
                'message': 'unhandled exception during asyncio.run() shutdown',
                'exception': task.exception(), 'task': task})


def run(program):
    """Runs a program in this process, and returns its recording."""
    sink = Sink()
    recorder.SINKS.append(sink)
    recorder._script = 'scenario.py'
    recorder.start(None, ['scenario.py'], clock='virtual')
    if not IS_EXACT:
        recorder.finds_by_scanning = False      # the program itself says what it makes
    names = {'asyncio': asyncio, 'text': text, 'all_tasks': all_tasks, '__name__': 'scenario'}
    if not IS_EXACT:
        names.update(_made=made, _started=started, _ended=ended, _failed=failed)
    exec(compile(program, 'scenario.py', 'exec', dont_inherit=True), names)
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    select = loop._selector.select

    def wait(timeout=None):
        if timeout is None:
            raise Deadlock()
        return select(timeout)
    loop._selector.select = wait
    names['loop'] = loop
    ending = ''
    try:
        main = names['main']()
        try:
            loop.run_until_complete(main)
        except Deadlock:
            raise
        except BaseException as error:
            ending = recorder.exception_text(error)
        shut_down(loop)
    except Deadlock:
        ending = 'DeadlockError'
    recorder.emit(recorder.LE, recorder.text(ending))
    recorder.flush()
    return b''.join(sink.data)


def answer(data, stream):
    stream.write(b'%d\n' % len(data))
    stream.write(data)
    stream.flush()


def main():
    programs = sys.stdin.buffer
    recordings = os.fdopen(os.dup(1), 'wb')
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 1)
    if '--errors' not in sys.argv:
        os.dup2(nothing, 2)
    bring_order()
    gc.collect()
    getattr(gc, 'freeze', int)()
    gc.disable()
    while True:
        line = programs.readline()
        if not line:
            return
        program = programs.read(int(line))
        child = os.fork()
        if child:
            if os.waitpid(child, 0)[1] != 0:
                recordings.write(b'-1\n')
                recordings.flush()
            continue
        try:
            signal.alarm(20)
            answer(run(program), recordings)
            leave(0)
        except BaseException:
            import traceback
            traceback.print_exc()
            leave(1)


main()
