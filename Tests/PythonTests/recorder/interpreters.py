"""The CPython interpreters of this machine: one of each version that the recorder is made for, and one
of each without the global interpreter lock."""

import glob
import os
import subprocess

VERSIONS = [(3, minor) for minor in range(6, 16)]
FIRST_WITHOUT_LOCK = (3, 14)

# Who is not done after so many seconds hangs. All run at a low priority beside other tests, which may
# leave them one part in twenty of a processor.
PATIENCE = 300
TELL = ('import sys; has_lock = getattr(sys, "_is_gil_enabled", lambda: True)();'
        'print(sys.implementation.name, "%d.%d.%d" % sys.version_info[:3] + "t" * (not has_lock))')


class Interpreter:
    def __init__(self, path, version):
        self.path = path
        self.version = version
        self.short = tuple(map(int, version.split('.')[:2]))
        self.has_lock = not version.endswith('t')

    def has_tests(self):
        """Whether CPython's own tests of asyncio came with it."""
        return subprocess.call([self.path, '-c', 'import test.test_asyncio'],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0


def look_at(path):
    """The interpreter at this path; None if it is no CPython or does not run."""
    try:
        said = subprocess.run([path, '-c', TELL], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, universal_newlines=True, timeout=PATIENCE)
    except (OSError, subprocess.TimeoutExpired):
        return None
    name, _, version = said.stdout.strip().partition(' ')
    return Interpreter(path, version) if name == 'cpython' and version else None


def installed():
    """Those that pyenv keeps come first, then `python3.x` and `python3` on PATH."""
    root = os.environ.get('PYENV_ROOT') or os.path.expanduser('~/.pyenv')
    folders = [folder for folder in os.environ.get('PATH', '').split(os.pathsep)
               if folder and not folder.endswith('/shims')]
    paths = sorted(glob.glob(os.path.join(root, 'versions', '3.*', 'bin', 'python')), reverse=True)
    for folder in folders:
        paths += sorted(glob.glob(os.path.join(folder, 'python3.[0-9]*')))
        paths.append(os.path.join(folder, 'python3'))
    found = {}
    for path in paths:
        if os.access(path, os.X_OK) and not path.endswith('config'):
            interpreter = look_at(path)
            if interpreter and interpreter.short in VERSIONS and (
                    interpreter.has_lock or interpreter.short >= FIRST_WITHOUT_LOCK):
                found.setdefault((interpreter.short, interpreter.has_lock), interpreter)
    return [found[key] for key in sorted(found)]


def chosen(paths):
    """The interpreters at these paths; all that are installed if there are none."""
    if not paths:
        return installed()
    found = [look_at(path) for path in paths]
    for path, interpreter in zip(paths, found):
        if interpreter is None:
            raise SystemExit('%s is no CPython that runs' % path)
    return found
