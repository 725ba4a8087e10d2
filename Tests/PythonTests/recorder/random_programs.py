"""Runs programs made by chance with and without the recorder, on every interpreter at hand.

    python random_programs.py [--python EXE ...] [--seeds FIRST COUNT] [--keep FOLDER]

What a program says and its exit status must be equal, byte for byte, and each recording must keep the rules of
docs/recording-format.md. Those for which that does not hold are kept in FOLDER, with what differs.
"""

import argparse
import os
import subprocess
import sys
import tempfile

import fidelity
import validate
from generate import Maker
from interpreters import PATIENCE, chosen
from joined import RECORDER

WAYS = [], ['--scope', 'all'], ['--keep-last', '40'], ['--detail', 'tasks'], ['--clock', 'virtual']
LONGEST = 5                 # seconds: a program that takes longer by itself waits for ever
START = 'import sys, types; sys.modules["registry"] = types.ModuleType("registry")\n'


def write(folder, seed, version):
    library = os.path.join(folder, 'site-packages')
    os.makedirs(library, exist_ok=True)
    texts = Maker(seed, version).program()
    for path, text in zip((os.path.join(library, 'library.py'), os.path.join(folder, 'program.py')), texts):
        with open(path, 'w') as file:
            file.write(START + text)


def run(command, folder, longest=LONGEST):
    environment = dict(os.environ, PYTHONHASHSEED='0', PYTHONDONTWRITEBYTECODE='1', PYTHONPATH='site-packages')
    try:
        done = subprocess.run(command, cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=longest)
    except subprocess.TimeoutExpired:
        return None
    said = [done.stdout, done.stderr]
    for pattern, replacement in fidelity.NORMALISE:
        said = [pattern.sub(replacement, data) for data in said]
    return dict(stdout=said[0], stderr=said[1], status=done.returncode)


def problems(python, folder):
    """What is wrong with a program's recordings."""
    plain = run([python, 'program.py'], folder)
    if plain is None or run([python, 'program.py'], folder) != plain:
        return                              # it comes out in two ways by itself
    for options in WAYS:
        path = os.path.join(folder, 'run.jsonl')
        recorded = run([python, RECORDER, '--output', path] + options + ['--', 'program.py'], folder, PATIENCE)
        way = ' '.join(options) or 'all detail'
        if recorded is None:
            yield '%s: it does not end' % way
            continue
        for part in plain:
            if plain[part] != recorded[part]:
                yield '%s: %s was\n%s\nand is\n%s' % (way, part, shown(plain[part]), shown(recorded[part]))
        if os.path.exists(path):
            yield from ('%s: %s' % (way, fault) for fault in validate.check(path)[0])
            os.remove(path)
        else:
            yield '%s: no recording' % way


def shown(said):
    return said.decode('utf-8', 'replace') if type(said) is bytes else str(said)


def check(interpreter, seed):
    """What is wrong with the program of this seed."""
    with tempfile.TemporaryDirectory() as folder:
        write(folder, seed, interpreter.short)
        return list(problems(interpreter.path, folder))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--python', action='append')
    parser.add_argument('--seeds', nargs=2, type=int, default=(0, 100), metavar=('FIRST', 'COUNT'))
    parser.add_argument('--keep')
    arguments = parser.parse_args()
    first, count = arguments.seeds
    failed = 0
    for interpreter in chosen(arguments.python):
        bad = 0
        for seed in range(first, first + count):
            found = check(interpreter, seed)
            if found:
                bad += 1
                print('%s, seed %d:\n  %s' % (interpreter.version, seed, '\n  '.join(found)), flush=True)
            if found and arguments.keep:
                write(os.path.join(arguments.keep, '%s-%d' % (interpreter.version, seed)), seed, interpreter.short)
        print('%s: %d programs, %d differ' % (interpreter.version, count, bad), flush=True)
        failed += bad
    return failed > 0


if __name__ == '__main__':
    sys.exit(main())
