"""Checks that a recording keeps every rule of docs/recording-format.md. Written from that page.

    python validate.py FILE ...
"""

import json
import sys
import zlib

WAITS = {'yield', 'sleep', 'future', 'task', 'gather', 'wait', 'lock', 'event', 'condition',
         'semaphore', 'barrier', 'queue_get', 'queue_put', 'queue_join', 'io', 'subprocess', 'thread',
         'unknown',
         'consumer'}
CALLBACKS = {'step', 'wakeup', 'set_result', 'member_done', 'timeout', 'stop', 'function', 'job'}
CAUSES = {'created', 'yielded', 'resolved', 'call_soon', 'external', 'timer'}
KINDS = {'cn', 'co', 'cs', 'cw', 'cr', 'cv', 'cx', 'cc', 'cu', 'ca', 'tn', 'tm', 'fn', 'fa', 'fd', 'hs', 'ht',
         'hf', 'hc', 'hb', 'he', 'lt', 'lj', 'le', 'ld', 'lh', 'ls', 'po', 'pb', 'pw', 'px', 'pm', 'ps',
         'rn', 'rc', 'tr', 'hk'}
STOPPED = 'The recording was stopped; the program goes on.'
RESOURCES = {'lock', 'event', 'condition', 'semaphore', 'barrier', 'queue'}


class Expander:
    def __init__(self):
        self.turns = {}             # the handle of a task's next step -> what `hz` or `ha` leave out
        self.waits = {}             # the future that a step waits for -> that, as long as it waits

    def expanded(self, line):
        """The events that a line stands for: itself, or those of a compound line."""
        kind, rest = line[0], line[1:]
        if kind == 'hz':
            delay, handle, following = rest
            lane, place, task = self.turns.pop(handle)
            kind, rest = 'hy', [delay, handle, lane, place, following, task]
        if kind == 'hy':
            delay, handle, lane, place, following, task = rest
            self.turns[following] = lane, place, task
            return [['hb', 0, handle], ['cr', 0, lane],
                    ['hs', delay, following, 'step', task, 'yielded'],
                    ['cw', 0, lane, place, 'yield'], ['he', 0, handle]]
        if kind == 'hs' and rest[-1] in self.waits and rest[2::2] == ['wakeup', 'resolved']:
            self.turns[rest[1]] = self.waits.pop(rest[-1])
        if kind == 'hd':
            delay, handle = rest
            return [['hb', 0, handle], ['he', delay, handle]]
        if kind == 'hr':
            delay, handle, future, following, task = rest
            if future in self.waits:
                self.turns[following] = self.waits.pop(future)
            return [['hb', 0, handle], ['fd', delay, future, 'result'],
                    ['hs', 0, following, 'wakeup', task, 'resolved', future], ['he', 0, handle]]
        if kind == 'ha':
            delay, handle, future = rest
            before, after = self.turns.pop(handle)
            kind, rest = 'hw', [delay, handle] + before + [future] + after
        if kind == 'hw':
            if rest[6:]:
                self.waits[rest[5]] = rest[2:5], rest[6:]
            delay, handle, lane, place, wait, future = rest[:6]
            end = [['cw', delay, lane, place, wait, future], ['he', 0, handle]]
            if rest[6:]:                # which happens first, at the end of the step
                end[0][1] = 0
                end.insert(0, ['fn', delay, future] + rest[6:])
            return [['hb', 0, handle], ['cr', 0, lane]] + end
        if kind == 'hx':
            delay, first, name, count = rest
            return [['hs', 0 if number else delay, first + number, 'function', name, 'external']
                    for number in range(count)]
        if kind == 'tl':
            delay, task, name, by, coroutine = rest[:5]
            return [['cn', delay, task, coroutine, by] + rest[5:], ['tn', 0, task, task, name, by]]
        if kind == 'tw':
            delay, task = rest
            return [['cs', delay, task], ['cw', 0, task, 0, 'unknown']]
        if kind == 'te':
            delay, task = rest
            return [['cv', delay, task], ['fd', 0, task, 'result']]
        if kind == 'th':
            delay, task, lane, name, by, handle = rest
            return [['tn', delay, task, lane, name, by], ['hs', 0, handle, 'step', task, 'created']]
        if kind == 'cb':
            delay, lane, name, by, file, place, awaited = rest
            return [['cn', delay, lane, name, by, file, place], ['ca', 0, by, lane, awaited],
                    ['cs', 0, lane]]
        return [line]


class Broken(Exception):
    pass


class Checker:
    def __init__(self):
        self.expander = Expander()
        self.texts = {0: ''}
        self.lanes, self.tasks, self.futures, self.handles = {}, {}, {}, {}
        self.resources, self.counters = {}, {}
        self.lane_made = 0          # by the event before
        self.running = []           # handles that have begun and not ended
        self.ended = False
        self.lost = 0
        self.number = 1
        self.time = 0
        self.counts = {}
        self.problems = []

    def need(self, condition, words):
        if not condition:
            raise Broken(words)

    def fresh(self, sort, number):
        self.need(type(number) is int and number > self.counters.get(sort, 0),
                  '%s %r is not new' % (sort, number))
        self.need(number <= 1024 + 2 * self.number + self.lost, 'identity too great')
        self.counters[sort] = number

    def lane(self, number, states=None):
        self.need(number in self.lanes, 'unknown lane %r' % (number,))
        state = self.lanes[number]
        if states is not None and not self.lost:
            self.need(state in states, 'lane %d is %s' % (number, state))

    def future(self, number):
        self.need(number in self.futures, 'unknown future %r' % (number,))

    def text(self, number):
        self.need(number in self.texts, 'unknown text %r' % (number,))

    def stack(self, number):
        self.text(number)
        for frame in self.texts[number].split('\n'):
            place, _, function = frame.rpartition(' ')
            self.need(function and place.rpartition(':')[2].isdigit(), 'stack %r' % (frame,))

    def callback(self, word, subject):
        self.need(word in CALLBACKS, 'callback %r' % (word,))
        if word == 'function':
            self.text(subject)
        elif subject or word != 'job':
            self.future(subject)

    def line(self, line):
        self.number += 1
        self.need(type(line) is list and line, 'not an array')
        kind = line[0]
        if kind == 's':
            _, number, text = line
            self.fresh('text', number)
            self.need(number == len(self.texts), 'text numbers have a gap')
            self.need(type(text) is str, 'text')
            self.texts[number] = text
            return
        for part in self.expander.expanded(line):
            self.event(part)

    def event(self, line):
        kind = line[0]
        self.need(kind in KINDS, 'kind %r' % (kind,))
        self.need(not self.ended, 'comes after the end')
        self.counts[kind] = self.counts.get(kind, 0) + 1
        delay, rest = line[1], line[2:]
        self.need(type(delay) is int and 0 <= delay, 'time %r' % (delay,))
        self.time += delay
        getattr(self, kind)(*rest)
        self.lane_made = rest[0] if kind == 'cn' else 0

    def cn(self, lane, name, parent=0, file=0, line=0):
        self.fresh('lane', lane)
        self.text(name)
        self.text(file)
        self.need(type(line) is int and line >= 0, 'line')
        if parent:
            self.lane(parent)
        self.lanes[lane] = 'pending'

    def co(self, lane, file, line):
        self.need(self.lane_made == lane, 'not directly after its cn')
        self.text(file)
        self.need(type(line) is int and line >= 0, 'line')

    def cs(self, lane):
        self.lane(lane, ('pending',))
        self.lanes[lane] = 'running'

    def cw(self, lane, line, wait, future=0):
        self.lane(lane, ('running',))
        self.need(type(line) is int and line >= 0, 'line')
        self.need(wait in WAITS, 'wait %r' % (wait,))
        if future:
            self.future(future)
        self.lanes[lane] = 'suspended'

    def cr(self, lane):
        self.lane(lane, ('suspended',))
        self.lanes[lane] = 'running'

    def over(self, lane, *states):
        self.lane(lane, states)
        self.lanes[lane] = 'ended'

    def cv(self, lane, value=0):
        self.text(value)
        self.over(lane, 'running', 'suspended')

    def cx(self, lane, exception, traceback=0):
        self.text(exception)
        if traceback:
            self.stack(traceback)
        self.over(lane, 'pending', 'running', 'suspended')

    def cc(self, lane):
        self.over(lane, 'pending', 'running', 'suspended')

    def cu(self, lane):
        self.over(lane, 'pending')

    def ca(self, by, lane, line=0):
        self.lane(by, ('running',))
        self.lane(lane, ('pending',))

    def tn(self, future, lane, name, by=0):
        self.fresh('future', future)
        self.lane(lane)
        self.text(name)
        if by:
            self.lane(by)
        self.futures[future] = 'pending'
        self.tasks[future] = lane

    def tm(self, task, name, by=0):
        self.future(task)
        self.text(name)
        if by:
            self.lane(by)
        self.need(task in self.tasks, 'future %r is no task' % (task,))

    def fn(self, future, kind=0, resource=0):
        self.fresh('future', future)
        self.text(kind)
        self.need(not resource or resource in self.resources, 'unknown resource %r' % (resource,))
        self.futures[future] = 'pending'

    def rn(self, resource, kind, name=0, limit=0):
        self.fresh('resource', resource)
        self.need(kind in RESOURCES, 'resource %r' % (kind,))
        self.text(name)
        self.need(type(limit) is int and limit >= 0, 'limit')
        self.resources[resource] = limit

    def rc(self, resource, level, holder=0):
        self.need(resource in self.resources, 'unknown resource %r' % (resource,))
        self.need(type(level) is int and level >= 0, 'level')
        if holder:
            self.lane(holder)

    def fa(self, future, member):
        self.future(future)
        self.future(member)
        self.need(future != member, 'member of itself')

    def fd(self, future, outcome):
        self.future(future)
        self.need(outcome in ('result', 'exception', 'cancelled'), 'outcome')
        self.need(self.futures[future] == 'pending', 'resolved twice')
        self.futures[future] = 'done'

    def tr(self, task):
        self.future(task)
        self.need(self.futures[task] == 'pending', 'refuses when it is done')

    def hs(self, handle, word, subject, cause, future=0):
        self.fresh('handle', handle)
        self.callback(word, subject)
        self.need(cause in CAUSES, 'cause %r' % (cause,))
        if cause == 'resolved':
            self.future(future)
            self.need(self.futures[future] == 'done', 'cause is a future not resolved')
        self.handles[handle] = 'ready'

    def ht(self, handle, delay, word, subject):
        self.fresh('handle', handle)
        self.callback(word, subject)
        self.handles[handle] = 'timer'

    def hf(self, handle):
        self.need(self.handles.get(handle) == 'timer', 'fired: no timer')
        self.handles[handle] = 'ready'

    def hc(self, handle):
        self.need(self.handles.get(handle) in ('timer', 'ready'), 'cancelled: not waiting')
        self.handles[handle] = 'cancelled'

    def hb(self, handle):
        self.need(self.handles.get(handle) == 'ready', 'begun: not ready')
        self.handles[handle] = 'running'
        self.running.append(handle)

    def he(self, handle=None):
        self.need(self.running, 'ended: nothing runs')
        handle = self.running[-1] if handle is None else handle
        self.need(handle in self.running, 'ended: does not run')
        self.running.remove(handle)
        self.handles[handle] = 'ended'

    def hk(self, stack, by=0, handle=None):
        self.stack(stack)
        if by:
            self.lane(by)
        self.need(self.running, 'a stack: nothing runs')
        self.need(handle is None or handle in self.running, 'a stack: does not run')

    def lt(self, number):
        self.fresh('tick', number)

    def lj(self, start=None):
        pass

    def lh(self):
        pass

    def ls(self):
        self.need(not self.running, 'stands still: a handle runs')
        self.need('ready' not in self.handles.values(), 'stands still: a handle is ready')
        self.need('timer' not in self.handles.values(), 'stands still: a timer is set')

    def le(self, exception=0):
        self.text(exception)
        self.ended = True

    def ld(self, count):
        self.lost += count

    def po(self, text, by=0, stream='stdout'):
        self.text(text)
        self.need(stream in ('stdout', 'stderr'), 'stream')
        if by:
            self.lane(by)

    def pb(self, text, stream='stdout'):
        self.text(text)
        self.need(stream in ('stdout', 'stderr'), 'stream')

    def pw(self, text, by=0):
        self.text(text)
        if by:
            self.lane(by)

    px = pw

    def pm(self, text):
        self.text(text)
        self.need(not self.texts[text].startswith('recorder fault'), self.texts[text])
        self.ended = self.texts[text] == STOPPED

    def ps(self, file, text):
        self.text(file)
        self.text(text)


def contents(path):
    """The bytes of a recording, of a compressed one as far as they go."""
    with open(path, 'rb') as file:
        data = file.read()
    if not data.startswith(b'\x1f\x8b'):
        return data
    plain = b''
    while data:
        unpacker = zlib.decompressobj(31)
        plain += unpacker.decompress(data)
        data = unpacker.unused_data
    return plain


def check(path, is_complete=True):
    """The problems of a recording, and how many events of each kind it has."""
    checker = Checker()
    data = contents(path)
    if is_complete and not data.endswith(b'\n'):
        checker.problems.append('the last line is torn')
    lines = data.decode('ascii').split('\n')[:-1]
    try:
        header = json.loads(lines[0])
        if header['loopscope'] != 1 or header['clock'] not in ('real', 'virtual'):
            checker.problems.append('bad header')
        if not header['runtime'].startswith('CPython '):
            checker.problems.append('bad runtime')
    except (ValueError, KeyError, IndexError) as error:
        return ['no header: %s' % error], {}
    for number, line in enumerate(lines[1:], 2):
        try:
            checker.line(json.loads(line))
        except (Broken, LookupError, ValueError, TypeError) as problem:
            checker.problems.append('line %d: %s: %s' % (number, line[:120], problem))
            if len(checker.problems) > 5:
                break
    if is_complete and not checker.ended:
        checker.problems.append('no le line, nor a mark that it was stopped')
    return checker.problems, checker.counts


if __name__ == '__main__':
    bad = False
    for path in sys.argv[1:]:
        problems, counts = check(path)
        bad = bad or bool(problems)
        print(path, sum(counts.values()), 'events', *(problems or ['ok']), sep='\n  ')
    sys.exit(bad)
