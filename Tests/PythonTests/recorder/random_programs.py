"""Runs programs made by chance with and without the recorder, on every interpreter at hand.

    python random_programs.py [--python EXE ...] [--seeds FIRST COUNT] [--keep FOLDER]

What a program says and its exit status must be equal, byte for byte, and each recording must keep the rules of
docs/recording-format.md. The programs for which that does not hold are kept in FOLDER.
"""

import argparse
import os
import subprocess
import sys
import tempfile

import fidelity
import validate
from generate import Maker
from interpreters import chosen
from joined import RECORDER

VIRTUAL = ['--clock', 'virtual']
WAYS = [], ['--scope', 'all'], ['--keep-last', '40'], ['--detail', 'tasks'], VIRTUAL
LONGEST = 5                 # seconds: a program that takes longer by itself waits for ever
START = 'import sys, types; sys.modules["registry"] = types.ModuleType("registry")\n'


def write(folder, seed, version):
    """Makes a program's files; what made it."""
    library = os.path.join(folder, 'site-packages')
    os.makedirs(library, exist_ok=True)
    maker = Maker(seed, version)
    texts = maker.program()
    for path, text in zip((os.path.join(library, 'library.py'), os.path.join(folder, 'program.py')), texts):
        with open(path, 'w') as file:
            file.write(START + text)
    return maker


def check(interpreter, seed):
    """What is wrong with the recordings of a program; None if by itself it waits for ever, or comes out in two
    ways, so that there is nothing to compare with."""
    environment = dict(os.environ, PYTHONHASHSEED='0', PYTHONDONTWRITEBYTECODE='1', PYTHONPATH='site-packages',
                       PYTHONMALLOC='debug')        # what is used after it was freed is not what it was
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        maker = write(folder, seed, interpreter.short)
        try:
            plain, again = (fidelity.run([interpreter.path, 'program.py'], environment, folder, LONGEST)
                            for _ in range(2))
        except subprocess.TimeoutExpired:
            return None
        if plain != again:
            return None
        path = os.path.join(folder, 'run.jsonl')
        for options in WAYS:
            if maker.is_timed and options == VIRTUAL:
                continue            # equal deadlines come in the order of their making, which is not so by itself
            try:
                recorded = fidelity.run([interpreter.path, RECORDER, '--output', path] + options
                                        + ['--', 'program.py'], environment, folder)
                found = fidelity.differences(plain, recorded)
            except subprocess.TimeoutExpired:
                found = ['it does not end']
            if os.path.exists(path):
                found += validate.check(path)[0]
                os.remove(path)
            else:
                found.append('no recording')
            problems += ['%s: %s' % (' '.join(options) or 'all detail', one) for one in found]
    return problems


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--python', action='append')
    parser.add_argument('--seeds', nargs=2, type=int, default=(0, 100), metavar=('FIRST', 'COUNT'))
    parser.add_argument('--keep')
    arguments = parser.parse_args()
    first, count = arguments.seeds
    failed = 0
    for interpreter in chosen(arguments.python):
        bad = alone = 0
        for seed in range(first, first + count):
            found = check(interpreter, seed)
            alone += found is None
            if found:
                bad += 1
                print('%s, seed %d:\n  %s' % (interpreter.version, seed, '\n  '.join(found)), flush=True)
            if found and arguments.keep:
                write(os.path.join(arguments.keep, '%s-%d' % (interpreter.version, seed)), seed, interpreter.short)
        print('%s: %d programs, %d differ, %d not compared' % (interpreter.version, count, bad, alone),
              flush=True)
        failed += bad
    return failed > 0


if __name__ == '__main__':
    sys.exit(main())
