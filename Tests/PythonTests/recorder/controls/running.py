"""What the controls share: programs under the recorder, and what is told of them."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import tempfile

import validate
from interpreters import PATIENCE
from joined import RECORDER

TICKER = '''
import asyncio

async def ticker(name):
    for n in range(%d):
        print(name, n, flush=True)
        await asyncio.sleep(%s)

async def main():
    await asyncio.gather(ticker('a'), ticker('b'))

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(main())
'''


def hear_hangups():
    """Whoever started the checks may have them go on when the terminal is gone."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


class Watched:
    """A program under the recorder, seen over a socket."""

    def __init__(self, ours):
        self.socket = ours
        self.socket.settimeout(PATIENCE)
        self.data = b''

    def send(self, command):
        self.socket.sendall(command.encode() + b'\n')

    def receive(self):
        data = self.socket.recv(65536)
        self.data += data
        return bool(data)

    def events(self):
        return list(events_of(self.data))

    def count(self, kind):
        return sum(event[0] == kind for event in self.events())

    def until(self, condition):
        while not condition():
            assert self.receive(), 'the recording ended too soon'

    def finish(self):
        while self.receive():
            pass
        self.socket.close()


class Child(Watched):
    """One that was started for that."""

    def __init__(self, python, script, *options):
        ours, theirs = socket.socketpair()
        Watched.__init__(self, ours)
        self.process = subprocess.Popen(
            [python, RECORDER, '--socket', str(theirs.fileno())] + list(options) + ['--', script],
            pass_fds=[theirs.fileno()], stdout=subprocess.PIPE, preexec_fn=hear_hangups)
        theirs.close()

    def finish(self):
        Watched.finish(self)
        output = self.process.stdout.read()
        return output, self.process.wait(20)


TEXT_PLACES = {'cn': 3, 'cx': 3, 'fn': 3, 'tn': 4, 'tm': 3, 'hs': 4, 'po': 2, 'pw': 2, 'px': 2, 'pm': 2}


def events_of(recording):
    """The events of a recording's lines, with the texts that these name in place of their numbers."""
    expander, texts = validate.Expander(), {0: ''}
    for line in recording.decode('ascii').split('\n')[1:-1]:
        for event in expander.expanded(json.loads(line)):
            if event[0] == 's':
                texts[event[1]] = event[2]
                continue
            if event[0] == 'cx' and len(event) > 4:
                event[4] = texts[event[4]]
            place = TEXT_PLACES.get(event[0], len(event))
            if place < len(event) and (event[0] != 'hs' or event[3] == 'function'):
                event[place] = texts[event[place]]
            yield event


def check_stream(child):
    with tempfile.NamedTemporaryFile() as file:
        file.write(child.data)
        file.flush()
        problems, _ = validate.check(file.name)
    assert not problems, problems


@contextlib.contextmanager
def written(program, name='run.jsonl'):
    """The paths of a recording and of a program, in a folder of their own."""
    with tempfile.TemporaryDirectory() as folder:
        script = os.path.join(folder, 'program.py')
        yield os.path.join(folder, name), rewritten(script, program)


def rewritten(script, program):
    with open(script, 'w') as file:
        file.write(program)
    return script


def record(python, script, path, *options, **named):
    command = ([python] if isinstance(python, str) else python) + [
        RECORDER, '--output', path] + list(options) + ['--', script]
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=PATIENCE,
                          env=dict(os.environ, PYTHONHASHSEED='0'), **named)


def version(python):
    return subprocess.check_output([python, '-c', 'import sys; print(sys.version)'])


def is_exact(python):
    return int(version(python).split(b'.')[1]) >= 12
