# ---------------------------------------------------------------------------------------------
# Code: whose it is, and what a coroutine that stands in it waits for

STANDARD_LIBRARY = os.path.dirname(os.__file__) + os.sep
ASYNCIO = os.path.dirname(asyncio.__file__) + os.sep
STREAMS, SLEEP = ASYNCIO + 'streams.py', tasks.sleep.__code__
PASSING = tasks.wait_for.__code__ if VERSION >= (3, 12) else None       # it awaits what it is given
INSTALLED = (os.sep + 'site-packages' + os.sep, os.sep + 'dist-packages' + os.sep)

FILE_WAITS = {
    'streams.py': 'io', 'selector_events.py': 'io', 'base_events.py': 'io', 'unix_events.py': 'io',
    'sslproto.py': 'io', 'subprocess.py': 'subprocess', 'base_subprocess.py': 'subprocess',
    'threads.py': 'thread'}

ANYIO = os.sep.join(('', 'anyio', '_backends', '_asyncio.py'))
ANYIO_JOB = 'run_sync_in_worker_thread'
ANYIO_WAITS = {'__aexit__': ('gather', 'task group', ('self', '_tasks'), False),     # as in asyncio's
               ANYIO_JOB: ('thread', 'thread', None, False)}

RESOURCE_WAITS = frozenset(('lock', 'event', 'condition', 'semaphore', 'barrier', 'queue_get',
                            'queue_put', 'queue_join'))
VERBS = dict((name, verb) for verb, names in (      # what functions of asyncio do with a socket
    ('read from', '__anext__ readline readuntil readexactly read _wait_for_data sock_recv '
                  'sock_recv_into sock_recvfrom sock_recvfrom_into'),
    ('write to', 'drain _drain_helper sock_sendall sock_sendto sock_sendfile _sock_sendfile_native '
                 '_sock_sendfile_fallback'),
    ('connect to', 'sock_connect create_connection create_unix_connection open_connection '
                   '_create_connection_transport start_tls'),
    ('accept on', 'sock_accept serve_forever'), ('accept', '_accept_connection2'),
    ('open', 'create_server create_datagram_endpoint'), ('close', 'wait_closed'))
    for name in names.split())

LOCALS_ARE_COPIES = VERSION < (3, 13)
LOCALS = frozenset(('locals', 'vars', 'dir', 'eval', 'exec', 'f_locals'))

CODES = {}                  # id of a code object -> Code, which keeps it alive
WAITS = {}                  # id of a code object of asyncio -> (word, what for, members, is outermost)
FILES = {}                  # file name -> number of the name shown
USERS = {}                  # file name -> whether it is the user's

_folder = ''               # the program's own; names of files are shown relative to it


class Code:
    __slots__ = ('code', 'is_watched', 'is_closed', 'name', 'arguments', '_site', 'wait', 'purpose',
                 'members', 'is_outermost', 'made', 'verb', 'has_locals', 'lines', 'marks')

    def __init__(self, code):
        self.code = code
        is_user = is_users(code.co_filename)
        self.is_watched = is_user and code.co_flags & ASYNC_CODE != 0
        self._site = None
        self.wait, self.purpose, self.members, self.is_outermost = WAITS.get(
            id(code), (None, '', None, False))
        if self.wait is None:
            name = code.co_filename
            self.wait = FILE_WAITS.get(name[len(ASYNCIO):], '') if name.startswith(ASYNCIO) else ''
            if name.endswith(ANYIO) and code.co_name in ANYIO_WAITS:
                self.wait, self.purpose, self.members, self.is_outermost = ANYIO_WAITS[code.co_name]
        self.made = ''              # what lines say of a future that it awaits, if known from it alone
        self.verb = VERBS.get(code.co_name, '') if self.wait else ''
        # What these await is their own, never code of the user's, and nothing tells more of it.
        self.is_closed = not self.is_watched and (
            code is SLEEP or code.co_filename == STREAMS and self.verb != '')
        name = getattr(code, 'co_qualname', code.co_name)
        self.name = name.rpartition('<locals>.')[2]
        number = code.co_argcount + code.co_kwonlyargcount
        self.arguments = code.co_varnames[:number]
        if self.arguments[:1] in (('self',), ('cls',)) and (is_user or self.arguments != ('self',)):
            self.arguments = self.arguments[1:]
        self.lines = {}             # of its places, as text, as far as somebody waited there,
        self.marks = {}             # and whether one is a yield, or a call whose value is thrown away
        self.has_locals = not LOCALS.isdisjoint(code.co_names)
        if exact and is_user:
            watch_code(code, self.is_watched)

    @property
    def site(self):
        """Its file and its first line, as lines have them."""
        if self._site is None:
            self._site = '%d,%d' % (file_number(self.code.co_filename), self.code.co_firstlineno)
        return self._site


def code_of(code):
    return CODES.get(id(code)) or CODES.setdefault(id(code), Code(code))


def line_in(about, frame, place):
    """The line in which a frame of that code stands, as lines have it."""
    line = about.lines.get(place)
    if line is None:
        line = about.lines[place] = ',%d' % (frame.f_lineno or 0)
    return line


def place_in(frame, offset):
    """The file and the line in which a frame stands, as lines have them."""
    code = frame.f_code
    return f'{file_number(code.co_filename)}{line_in(code_of(code), frame, offset)}'


KNOW_THEIR_CLASS = VERSION >= (3, 11)


def named_code(code, coroutine):
    """Up to 3.10, only the object knows the class whose method it runs."""
    about = code_of(code)
    if not KNOW_THEIR_CLASS:
        about.name = coroutine.__qualname__.rpartition('<locals>.')[2]
    return about


def is_ours(frame):
    return frame.f_globals is GLOBALS or frame.f_globals is EARLIER


def callers(frame, end=None):
    """A frame, and those under it on the stack, until one that runs this code."""
    while frame is not None and frame.f_code is not end:
        yield frame
        frame = frame.f_back


GLOBALS = globals()
EARLIER = None              # those of the recorder that runs the program, if another has taken over
OWN_FILE = code_of.__code__.co_filename if os.sep in code_of.__code__.co_filename else ''


def is_users(name):
    """Whether code in a file belongs to the program itself, not to a library."""
    known = USERS.get(name)
    if known is None:
        known = USERS[name] = options.scope == 'all' or not is_library(name)
    return known


def is_library(name):
    return (name.startswith((STANDARD_LIBRARY, '<frozen')) or name == OWN_FILE
            or any(folder in name for folder in INSTALLED))


def file_number(name):
    """The number of a file's name. Its text is told too, if it is the program's."""
    number = FILES.get(name)
    if number is None:
        number = FILES[name] = text(shown_path(name))
        source = source_text(name) if name != _script and not is_library(name) else None
        if source is not None:
            emit(PS, number, text(source))
            look_for_renaming(source)
    return number


def shown_path(name):
    for folder in INSTALLED:
        if folder in name:
            return name.rpartition(folder)[2]
    for folder in (_folder, STANDARD_LIBRARY):
        if folder and name.startswith(folder):
            return name[len(folder):]
    return name


def source_text(path):
    import tokenize
    try:
        if posix.stat(path).st_mode >> 12 != 8:     # no plain file: a pipe would keep us waiting
            return None
        with FileIO(path) as file:
            data = file.read(LONGEST_TEXT)
        encoding = tokenize.detect_encoding(iter(data.splitlines(True)).__next__)[0]
        return data.decode(encoding, 'replace').replace('\r\n', '\n')
    except (OSError, SyntaxError, LookupError, ValueError):
        return None


def learn_waits():
    """Fills WAITS from asyncio's own functions."""
    def add(owner, word, names=None, purpose='', members=None, is_outermost=False):
        for name, value in list(vars(owner).items()) if owner is not None else ():
            code = getattr(value, '__code__', None)
            if code is not None and (names is None or name in names):
                learn(code, word, purpose or word, members, is_outermost)

    def learn(code, *known):
        WAITS[id(code)] = known
        CODES.pop(id(code), None)

    add(tasks, 'sleep', ['sleep'])
    add(tasks, 'yield', ['__sleep0'])
    add(tasks, 'wait', ['_wait'], members=('fs', None))
    if VERSION < (3, 12):               # then it became a timeout around an await
        add(tasks, 'wait', ['wait_for'], 'wait_for', ('fut', None))
    add(tasks, 'wait', ['_cancel_and_wait'], 'cancel and wait', ('fut', None))
    add(getattr(getattr(asyncio, 'taskgroups', None), 'TaskGroup', None), 'gather',
        ['__aexit__', '_aexit'], 'task group', ('self', '_tasks'))
    for code in AS_COMPLETED.co_consts:
        if getattr(code, 'co_name', '') == '_wait_for_one':
            learn(code, 'wait', 'as_completed', ('done', None), True)
    add(getattr(tasks, '_AsCompletedIterator', None), 'wait', ['_wait_for_one'], 'as_completed',
        ('self', '_done'), True)
    for owner in base_events.BaseEventLoop, unix_events._UnixSelectorEventLoop:
        add(owner, 'subprocess', ['_make_subprocess_transport', 'subprocess_exec', 'subprocess_shell'])
    add(base_events.BaseEventLoop, 'thread', ['shutdown_default_executor'])
    for name in 'Lock', 'Event', 'Condition', 'Semaphore', 'Barrier':
        add(getattr(locks, name, None), name.lower(), is_outermost=name == 'Barrier')
    add(queues.Queue, 'queue_get', ['get'])
    add(queues.Queue, 'queue_put', ['put'])
    add(queues.Queue, 'queue_join', ['join'], is_outermost=True)
