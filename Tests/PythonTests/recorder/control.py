"""Checks what the recorder does beside recording, with programs of `controls`: hold, go and step over
a socket; the virtual clock; limits; complaints; uvloop; a program that is killed; a full disk.

    python control.py [--python EXE ...]
"""

import argparse
import sys
import tempfile

from controls import (attaching, chance, clock, complaints, endings, files, garbage, holding, lanes, loops, names,
                      output, processes, ring, stacks, starting, surroundings, tasks)
from controls.running import TICKER
from interpreters import chosen

MODULES = (attaching, chance, clock, complaints, endings, files, garbage, holding, lanes, loops, names, output,
           processes, ring, stacks, starting, surroundings, tasks)
CONTROLS = {name: control for module in MODULES for name, control in vars(module).items()
            if name.startswith('test_')}


def tests_for(interpreter):
    """Without the interpreter lock nobody looks at stacks."""
    return sorted(name for name, control in CONTROLS.items()
                  if interpreter.has_lock or control.__module__ != stacks.__name__)


def check(python, name):
    """What is wrong in the test of this name; None if nothing is."""
    with tempfile.NamedTemporaryFile('w', suffix='.py') as script:
        script.write(TICKER % (3, '0.05'))
        script.flush()
        try:
            CONTROLS[name](python, script.name)
        except Exception as error:
            return '%s %s' % (type(error).__name__, str(error)[:600])
    return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--python', action='append')
    failed = 0
    for interpreter in chosen(parser.parse_args().python):
        for name in tests_for(interpreter):
            problem = check(interpreter.path, name)
            failed += problem is not None
            print(interpreter.version, name, problem or 'ok', flush=True)
    return failed > 0


if __name__ == '__main__':
    sys.exit(main())
