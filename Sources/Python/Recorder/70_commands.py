# ---------------------------------------------------------------------------------------------
# Commands that are Python, with --subprocesses
#
# An interpreter that the program starts finds the recorder by PYTHONPATH, in an archive that is nowhere
# but in a descriptor, under the name which every interpreter imports first. That is all undone at
# once; when the command imports asyncio, its recorder is loaded.

FIRST = '''\
import os, sys

class Finder:
    def __init__(self, descriptor, length, folders):
        self.descriptor, self.length, self.folders = descriptor, length, folders
        self.identity = self.identify()

    def identify(self):
        status = os.fstat(self.descriptor)
        return status.st_dev, status.st_ino

    def find_spec(self, name, path=None, target=None):
        if name != 'asyncio' or self not in sys.meta_path:
            return None
        sys.meta_path.remove(self)
        finders = (getattr(finder, 'find_spec', None) for finder in sys.meta_path)
        spec = next(filter(None, (find(name, path, target) for find in finders if find)), None)
        loader = getattr(spec, 'loader', None)
        if hasattr(loader, 'exec_module') and not isinstance(loader, type):
            def exec_module(module):
                del loader.exec_module
                loader.exec_module(module)
                self.begin()
            loader.exec_module = exec_module
        return spec

    def begin(self):
        import marshal
        path = sys.path
        try:
            if self.identify() == self.identity:
                code, chosen = marshal.loads(os.pread(self.descriptor, self.length, 0))
                os.close(self.descriptor)
                own = {'__name__': 'loopscope_recorder', '__file__': '<loopscope>/loopscope_recorder.py'}
                sys.path = self.folders
                exec(code, own)
                own['record_later'](**chosen)
        except Exception:
            pass
        finally:
            sys.path = path

def begin(place, descriptor, length, version):
    before = os.environ['PYTHONPATH'].split(os.pathsep, 1)[1:]
    own = before[0].split(os.pathsep) if before else []
    if before:
        os.environ['PYTHONPATH'] = before[0]
    else:
        del os.environ['PYTHONPATH']
    sys.path[:] = [folder for folder in sys.path if folder != place]
    sys.path_importer_cache.pop(place, None)
    sys.modules['zipimport']._zip_directory_cache.pop(place, None)
    if sys.version == version:
        os.set_inheritable(descriptor, False)
        folders = [folder for folder in sys.path if folder and folder not in own]
        sys.meta_path.insert(0, Finder(descriptor, length, folders))
    else:
        os.close(descriptor)

begin(%r, %d, %d, %r)
ours = sys.modules.pop('sitecustomize')
try:
    import sitecustomize
except ImportError:
    sys.modules['sitecustomize'] = ours     # which whoever imports it takes away
    raise
'''


def is_python(command, executables, folder):
    """Whether this is the command of an interpreter that looks at PYTHONPATH, or of a script for one."""
    paths = [os.path.join(os.fsencode(folder or b''), os.fsencode(path)) for path in executables]
    path = next((path for path in paths if posix.access(path, os.X_OK) and os.path.isfile(path)), None)
    if path is None:
        return False
    words = command[1:]
    if not is_interpreters_name(os.path.realpath(path)):
        with FileIO(path) as file:
            begin = file.read(256)
        line = begin[2:].split(b'\n')[0].split() if begin[:2] == b'#!' else []
        words = list(dropwhile(lambda word: not is_interpreters_name(word), line))[1:]
        if not any(map(is_interpreters_name, line)):
            return False
    return not {'E', 'I', 'S'} & parted(map(os.fsdecode, words))[0]


def is_interpreters_name(path):
    return os.path.basename(path).rstrip(b'0123456789.t') == b'python'


def parted(words):
    """Of what stands behind an interpreter's name: the letters of its own options, and the program with its
    arguments, which is `-c`, `-m` and a module, or a script."""
    words, letters = list(words), set()
    while words and words[0][:1] == '-' and words[0] != '-':
        word = words.pop(0)
        if word == '--check-hash-based-pycs':
            del words[:1]
        if word[1:2] == '-':
            continue
        for place, letter in enumerate(word[1:], 1):
            letters.add(letter)
            if letter in 'WX':
                del words[:place + 1 == len(word)]          # its value may be a word of its own
                break
            if letter in 'cm':
                value = [word[place + 1:]] if place + 1 < len(word) else words[:1]
                del words[:place + 1 == len(word)]
                return letters, ['-' + letter] + value * (letter == 'm') + words
    return letters, words


def program_of(command):
    """What a command runs, without the interpreter and its options."""
    words = list(map(os.fsdecode, command))
    return parted(words[1:])[1] if is_interpreters_name(os.fsencode(words[0])) else words


def given_recorder(command, environment=None):
    """A descriptor at which a command that is Python has its recorder, and the environment by which it
    finds that, as `fork_exec` is given one: all entries, or None for the program's own."""
    descriptor, place = archive_after(written_code(dict(
        inherited(), script=None, folder='', program=program_of(command))))
    if environment is None:
        environment = entries_of(os.environb)
    return descriptor, pointed_to(environment, place)


def entries_of(environment):
    return [os.fsencode(name) + b'=' + os.fsencode(value) for name, value in environment.items()]


def pointed_to(environment, place):
    """An environment in which an interpreter looks there first."""
    name = b'PYTHONPATH='
    before = next((entry[len(name):] for entry in environment if entry.startswith(name)), None)
    ours = name + place if before is None else name + place + os.fsencode(os.pathsep) + before
    entries = [ours if entry.startswith(name) else entry for entry in environment]
    return entries if before is not None else entries + [ours]


def archive_after(code):
    """Has the file in which the recorder's code is be an archive too, from which FIRST is imported. Where
    that is."""
    descriptor = kept_away(code)
    length = posix.fstat(descriptor).st_size
    place = '/dev/fd/%d' % descriptor
    data, name = (FIRST % (place, descriptor, length, sys.version)).encode(), b'sitecustomize.py'

    def number(value, size):
        return value.to_bytes(size, 'little')
    # What a zip file says of a member, before it and at the end: version, flags, method, time, date,
    # checksum (at which no interpreter looks), sizes.
    about = (number(20, 2) + bytes(6) + number(33, 2) + bytes(4) + number(len(data), 4) * 2
             + number(len(name), 2) + bytes(2))
    directory = b'PK\1\2' + number(20, 2) + about + bytes(10) + number(length, 4) + name
    member = b'PK\3\4' + about + name + data
    posix.write(descriptor, member + directory + b'PK\5\6' + bytes(4) + number(1, 2) * 2
                + number(len(directory), 4) + number(length + len(member), 4) + bytes(2))
    return descriptor, place.encode()


def watch_replacement():
    """The program may replace itself, as servers do that start anew when a file has changed."""
    original = os.execve

    def execve(path, arguments, environment):
        descriptor = -1
        try:
            if type(path) in (str, bytes) and not _is_finished and is_python(arguments, [path], None):
                descriptor, entries = given_recorder(arguments, entries_of(environment))
                environment = dict(entry.split(b'=', 1) for entry in entries)
                os.set_inheritable(descriptor, True)
                finish()                # it can be executed
        except Exception:
            fault()
        try:
            return original(path, arguments, environment)
        finally:
            if descriptor >= 0:
                posix.close(descriptor)

    def execv(path, arguments):
        return execve(path, arguments, os.environ)
    replace_function(os, 'execve', execve, 'os')
    replace_function(os, 'execv', execv, 'os')
