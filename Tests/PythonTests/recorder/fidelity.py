"""Runs each script of the corpus with and without the recorder, on every interpreter at hand.

    python fidelity.py [--python EXE ...] [--name PART] [OPTION ...] [NAME=VALUE ...]

An OPTION is the recorder's, such as `--clock virtual`; a NAME is that of a variable of the environment, for both.

Standard output, standard error and the exit status must be equal, byte for byte, and the recording
must keep the rules of docs/recording-format.md. What may differ is named in `NORMALISE`.
"""

import argparse
import glob
import os
import re
import subprocess
import sys
import tempfile

import validate
from interpreters import PATIENCE, chosen
from joined import RECORDER

HERE = os.path.dirname(os.path.abspath(__file__))
CORPUS = os.path.join(os.path.dirname(HERE), 'corpus')

# Other ways to record than the usual one.
WAYS = {'virtual clock': ['--clock', 'virtual'], 'tasks only': ['--detail', 'tasks'],
        'ring': ['--keep-last', '60'], 'stacks': ['--stacks'], 'subprocesses': ['--subprocesses'],
        'development mode': ['PYTHONDEVMODE=1'], 'warnings as errors': ['PYTHONWARNINGS=error']}

NORMALISE = (
    # Addresses change from run to run.
    (re.compile(rb'0x[0-9a-f]+'), b'0x...'),
    # A process's number, in fork warnings of 3.12.
    (re.compile(rb'pid=\d+'), b'pid=...'),
    # The loop's clock.
    (re.compile(rb'when=\d+\.\d+'), b'when=...'),
    # How long something took.
    (re.compile(rb'took \d+\.\d+ seconds'), b'took ... seconds'),
)
# What only development mode says, of steps that are slow by chance.
SLOW = re.compile(rb'(?m)^Executing <.* took \.\.\. seconds\n')


def demands(path):
    """The versions that a script is for, whether its recording has an end, whether it is none by itself, and
    an option or a variable of the environment that it is not for."""
    with open(path, encoding='utf-8', errors='replace') as file:
        head = file.read(400)
    lowest = re.search(r'# requires (\d+)\.(\d+)', head)
    highest = re.search(r'# before (\d+)\.(\d+)', head)
    unfit = re.search(r'# not with (\S+)', head)
    return (tuple(map(int, lowest.groups())) if lowest else (3, 6),
            tuple(map(int, highest.groups())) if highest else (4, 0),
            '# no le line' not in head, '# not run by itself' in head, unfit and unfit.group(1))


def run(command, environment, folder=CORPUS, longest=PATIENCE):
    """What a program says to both streams, normalised, and its exit status."""
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                            input=b'some input\n', cwd=folder, env=environment, timeout=longest)
    said = []
    for data in (result.stdout, result.stderr):
        for pattern, replacement in NORMALISE:
            data = pattern.sub(replacement, data)
        said.append(SLOW.sub(b'', data) if 'PYTHONDEVMODE' in environment else data)
    return said[0], said[1], result.returncode


def differences(plain, recorded):
    """What two runs do not have in common."""
    return ['%s\n--- plain ---\n%s\n--- recorded ---\n%s' % (
        part, one if isinstance(one, int) else one.decode('utf-8', 'replace'),
        two if isinstance(two, int) else two.decode('utf-8', 'replace'))
        for part, one, two in zip(('stdout', 'stderr', 'status'), plain, recorded)
        if one != two]


def compare(python, name, options, environment):
    """The differences between the two runs, and the number of events."""
    plain = run([python, name, 'an argument'], environment)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'run.jsonl')
        recorded = run([python, RECORDER, '--output', path] + options
                       + ['--', name, 'an argument'], environment)
        complete = demands(os.path.join(CORPUS, name))[2]
        problems = differences(plain, recorded)
        found = path if os.path.exists(path) else path + '.part'
        ends = complete
        if not os.path.exists(found):
            return problems + ['no recording'], 0
        faults, counts = validate.check(found, ends)
        return problems + faults, sum(counts.values())


def is_variable(option):
    return '=' in option and not option.startswith('-')


def scripts_for(version, options=()):
    """The scripts of the corpus that are for this version, as (3, 8), and these options."""
    found = []
    for path in sorted(glob.glob(os.path.join(CORPUS, '*.py'))):
        lowest, highest, _, is_helper, unfit = demands(path)
        if not is_helper and lowest <= version < highest and unfit not in options:
            found.append(os.path.basename(path))
    return found


def check(python, name, options=()):
    """The differences between a script's two runs in one of the ways, and the number of events."""
    environment = dict(os.environ, PYTHONHASHSEED='0', PYTHONDONTWRITEBYTECODE='1')
    environment.update(option.split('=', 1) for option in options if is_variable(option))
    try:
        return compare(python, name, [option for option in options if not is_variable(option)], environment)
    except subprocess.TimeoutExpired:
        return ['took too long'], 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--python', action='append')
    parser.add_argument('--name', default='')
    arguments, options = parser.parse_known_args()
    failed = 0
    for interpreter in chosen(arguments.python):
        count = events = bad = 0
        for name in scripts_for(interpreter.short, options):
            if arguments.name not in name:
                continue
            problems, number = check(interpreter.path, name, options)
            count += 1
            events += number
            if problems:
                bad += 1
                print('%s %s differs:\n  %s' % (interpreter.version, name, '\n  '.join(problems)))
        failed += bad
        print('%s: %d scripts, %d differ, %d events' % (
            interpreter.version, count, bad, events), flush=True)
    return failed > 0


if __name__ == '__main__':
    sys.exit(main())
