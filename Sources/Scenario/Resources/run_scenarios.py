"""Runs Python programs on CPython's asyncio, each in a process of its own, and answers recordings.

    python run_scenarios.py FOLDER-OF-THE-RECORDER

Programs come on stdin, recordings go to stdout: each as its number of bytes on a line, and then
the bytes. A program that breaks the interpreter is answered with -1.

What CPython leaves to addresses in memory is brought into the order of creation here, and a program
in which nothing can ever happen again is ended. docs/scenarios.md says what and why.
"""
import ast
import asyncio
import concurrent.futures
import gc
import itertools
import logging
import os
import re
import signal
import sys
import threading
import time
import traceback
import warnings

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


def mend():
    """3.13.0 calls a task None if a factory makes it and nobody names it."""
    base = asyncio.base_events.BaseEventLoop
    create = base.create_task

    def create_task(self, coro, *, name=None, context=None):
        if self._task_factory is None or name is not None:
            return create(self, coro, name=name, context=context)
        return self._task_factory(self, coro)
    if VERSION == (3, 13):
        base.create_task = create_task


class Deadlock(BaseException):
    """Nothing will ever happen again."""


class Endless(BaseException):
    """Something always happens again."""


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


class Workers(concurrent.futures.ThreadPoolExecutor):
    """Has threads run functions that the virtual clock leads: generators, which yield where they
    would sleep."""

    def submit(self, function, *arguments):
        future = concurrent.futures.Future()
        future.set_running_or_notify_cancel()
        JOBS.append(Job(future, function(*arguments)))
        return future


class Job(object):
    def __init__(self, future, generator):
        self.future, self.generator = future, generator
        self.when = recorder._virtual   # when it goes on

    def go_on(self):
        """Runs until it sleeps, waits for the loop or ends, in a thread."""
        try:
            step = 0
            while not step:
                step = next(self.generator)
            if isinstance(step, concurrent.futures.Future):
                self.since, self.when = self.when, None
                step.add_done_callback(self.wake)
            else:
                self.when += int(step * 1e9)
        except StopIteration as end:
            JOBS.remove(self)
            self.future.set_result(end.value)
        except BaseException as error:
            JOBS.remove(self)
            self.future.set_exception(error)


    def wake(self, _):
        self.when = max(self.since, recorder._virtual)


def result(future):
    """What `future.result()` gives, for a generator."""
    yield future
    return future.result()


JOBS = []                   # what threads have to do, in the order in which they got it


def next_job():
    """None where all wait for the loop."""
    return min((job for job in JOBS if job.when is not None), key=lambda job: job.when, default=None)


def take_turns():
    """Lets virtual time go to the next job, and all go on that are due then."""
    if next_job().when > recorder._virtual:
        recorder._virtual = next_job().when
        recorder.emit(recorder.LJ)
    while next_job() and next_job().when <= recorder._virtual:
        thread = threading.Thread(target=next_job().go_on)
        thread.start()
        thread.join()


def keep_jobs_to_ourselves():
    """The recorder counts what threads do by a callback of its own, which would be a handle."""
    base = asyncio.base_events.BaseEventLoop
    run = base.run_in_executor

    def run_in_executor(self, executor, function, *arguments):
        clock, recorder.options.clock = recorder.options.clock, 'real'
        try:
            return run(self, executor, function, *arguments)
        finally:
            recorder.options.clock = clock
    base.run_in_executor = run_in_executor


REPORTS = []                # what the exception handlers that run now were told


def handler(callback):
    """An exception handler that does not hear of what is found when memory is given back."""
    def handle(loop, context):
        if not re.search('was never retrieved|was destroyed but it is pending', context['message']):
            REPORTS.append(context)
            try:
                callback()
            finally:
                REPORTS.pop()
    return handle


def reported():
    """What the exception handler that runs was told, without what names places in files."""
    if not REPORTS:
        return None
    message, error = REPORTS[-1]['message'], REPORTS[-1].get('exception')
    kind = re.search('Exception in callback|has errored out', message)
    kind = kind.group() if kind else message
    return kind if error is None else '%s: %s' % (kind, text(error))


def made(coroutine):
    """A coroutine object was made; the recorder alone would meet it later."""
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
        recorder.fail_lane(lane, error, None)


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
    gathering = asyncio.tasks.gather(*left, return_exceptions=True)
    loop.run_until_complete(gathering)
    for task in left:
        if not task.cancelled() and task.exception() is not None:
            loop.call_exception_handler({
                'message': 'unhandled exception during asyncio.run() shutdown',
                'exception': task.exception(), 'task': task})


class Sink(object):
    """Takes what the recorder writes."""

    def __init__(self):
        self.data = []

    def write(self, data):
        self.data.append(data)
        return True

    def finish(self):
        pass


def start_recorder(sink):
    recorder.SINKS.append(sink)
    recorder._script = 'scenario.py'
    recorder.start(None, ['scenario.py'], clock='virtual')
    recorder.recording = False
    recorder.time_to_alarm = recorder.bring_alarm_nearer = lambda *_: 0     # ours is set in real time
    if not IS_EXACT:
        recorder.finds_by_scanning = False      # the program itself says what it makes


def begin_recording(sink):
    """Makes the recorder forget the program before."""
    for table in (recorder.LANES, recorder.UNIDENTIFIED, recorder.TASKS, recorder.FUTURES,
                  recorder.HANDLES, recorder.READERS, recorder.CANCELLED, recorder.TEXTS,
                  recorder.FILES, recorder.LATE, recorder.WAITED, recorder.METHODS,
                  recorder.RESOURCES, recorder.RESOURCE_COUNTS, recorder.EAGER, recorder.LIMBO,
                  recorder.NOTICED, recorder.UNWRITTEN, recorder.ENTRIES, recorder.HEARD, sink.data):
        table.clear()
    for code in recorder.CODES.values():
        code._site, code.made = None, ''
    recorder.TEXTS[''] = 0
    for counter in 'new_lane', 'new_future', 'new_handle', 'new_tick', 'new_resource':
        new_number = itertools.count(1).__next__
        setattr(recorder, counter, new_number)
        if counter in recorder.NUMBERS_AFTER_WAITS:
            recorder.NUMBERS_AFTER_WAITS[counter] = recorder.after_waits(counter, new_number)
    recorder._text_count = recorder._unidentified = recorder._noted = 0
    recorder._search_after, recorder._search_cost = 1 << 62, 0
    recorder._has_chores = recorder._gap = False
    recorder._running = recorder._open = None
    recorder._virtual = recorder._last = recorder.VIRTUAL_START
    recorder._moment = recorder._met = 0
    recorder.write_header()
    recorder.recording = True


async def nothing():
    pass


def tasks_named():
    """How many tasks have got a name by their number."""
    loop = asyncio.new_event_loop()
    task = loop.create_task(nothing())
    loop.run_until_complete(task)
    loop.close()
    return int(task.get_name().rpartition('-')[2])


LOOPS = []


def watch_ends():
    """Has loops raise where nothing will ever happen again, or where it does not end."""
    make = asyncio.events.new_event_loop

    def new_event_loop():
        loop = make()
        select, tick, left = loop._selector.select, loop._run_once, [1200]

        def wait(timeout=None):
            if next_job() and not loop._ready:
                timers = loop._scheduled
                due = max(recorder._virtual, round(timers[0]._when * 1e9)) if timers else None
                if due is None or next_job().when <= due:
                    return take_turns() or []
            if timeout is None and not recorder.can_be_woken(loop, loop._selector):
                raise Deadlock()
            return select(timeout)

        def run_once():
            left[0] -= 1
            if not left[0]:
                raise Endless()
            tick()
        loop._selector.select, loop._run_once = wait, run_once
        LOOPS.append(loop)
        return loop
    asyncio.events.new_event_loop = asyncio.new_event_loop = new_event_loop


def run(program, sink):
    """Runs a program and returns its recording."""
    is_scenario = not program.startswith(b'# program')
    names = {'asyncio': asyncio, 'time': time, 'text': text, 'all_tasks': all_tasks, '__name__': 'scenario',
             'handler': handler, 'reported': reported, '_made': made, '_result': result,
             '_started': started, '_ended': ended, '_failed': failed}
    named = tasks_named()
    if is_scenario:
        exec(compile(program, 'scenario.py', 'exec', dont_inherit=True), names)
        begin_recording(sink)
        ending = run_scenario(names)
    else:
        begin_recording(sink)
        names['__name__'] = '__main__'
        ending = ''
        try:
            exec(compile(program, 'scenario.py', 'exec', dont_inherit=True), names)
        except Deadlock:
            ending = 'DeadlockError'
        except BaseException as error:
            ending = recorder.exception_text(error)
    recorder.emit(recorder.LE, recorder.text(ending))
    recorder.flush()
    recorder.recording = False
    asyncio.set_event_loop(None)
    del JOBS[:]
    names.clear()
    while LOOPS:
        LOOPS.pop().close()
    return re.sub(rb'\bTask-(\d+)', lambda found: b'Task-%d' % (int(found.group(1)) - named),
                  b''.join(sink.data))


def run_scenario(names):
    names['loop'] = loop = asyncio.new_event_loop()
    loop._default_executor = Workers(1)
    loop._write_to_self = int           # nobody sleeps whom it would have to wake
    asyncio.set_event_loop(loop)
    ending = run_main(names, loop)
    if not ending.endswith(BROKEN_OFF) and asyncio.all_tasks(loop):
        ending += BROKEN_OFF[0]
    if not ending.endswith(BROKEN_OFF):
        loop._ready.clear()             # whoever was never asked has to say so now
        loop._scheduled.clear()
        del JOBS[:]
        names.clear()
        gc.collect()
    return ending


BROKEN_OFF = ', and tasks are left', 'DeadlockError', 'EndlessError'


def run_main(names, loop):
    """Runs a program, its main() as asyncio.run() does. Returns how it ended, in a word or two."""
    ending = ''
    try:
        try:
            if '_program' in names:
                names['_program']()
            else:
                loop.run_until_complete(names['main']())
        except (Deadlock, Endless):
            raise
        except BaseException as error:
            ending = recorder.exception_text(error)
        shut_down(loop)
    except Deadlock:
        ending = 'DeadlockError'
    except Endless:
        ending = 'EndlessError'
    except BaseException as error:
        ending = recorder.exception_text(error)
    return ending


def read(count):
    """So many bytes of stdin, and not one more: the next belong to whoever reads next."""
    data = b''
    while len(data) < count:
        part = os.read(0, count - len(data))
        if not part:
            leave(NO_MORE)
        data += part
    return data


def work(recordings):
    """Answers some programs. If one of them breaks the interpreter, that is all that it breaks."""
    sink = Sink()
    start_recorder(sink)
    keep_jobs_to_ourselves()
    for _ in range(1000):
        line = b''
        while line[-1:] != b'\n':
            line += read(1)
        program = read(int(line))
        signal.alarm(4)
        data = run(program, sink)
        signal.alarm(0)
        recordings.write(b'%d\n' % len(data) + data)
        recordings.flush()
        gc.collect()
    leave(0)


NO_MORE = 7


def main():
    warnings.simplefilter('always')     # else each is shown once for its place
    recordings = os.fdopen(os.dup(1), 'wb')
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 1)
    if '--errors' not in sys.argv:
        os.dup2(null, 2)
    logging.getLogger('asyncio').disabled = '--errors' not in sys.argv
    sys.argv = ['scenario.py']
    bring_order()
    mend()
    watch_ends()
    gc.collect()
    getattr(gc, 'freeze', int)()
    gc.disable()
    while True:
        child = os.fork()
        if not child:
            try:
                work(recordings)
            except BaseException:
                traceback.print_exc()
            leave(1)
        status = os.waitpid(child, 0)[1]
        if status == NO_MORE << 8:
            return
        if status != 0:
            recordings.write(b'-1\n')
            recordings.flush()


main()
