# ---------------------------------------------------------------------------------------------
# Values, names and exceptions as text, without running the program's code

def imported(module, name):
    """What a module has by a name, if it was imported; another thread may be about to do that."""
    return getattr(sys.modules.get(module), name, None)


def ids(*kinds):
    """Types are told apart by their ids: to compare them may run a metaclass of the program's."""
    return frozenset(map(id, kinds))


type_name = type.__dict__['__name__'].__get__
PLAIN = ids(type(None), bool, int, float, str)
SHOWN = PLAIN | ids(bytes, complex)
CONTAINERS = ids(list, tuple, set, frozenset, dict)
STREAM_TYPES = ids(streams.StreamReader, streams.StreamWriter)
MORE = '\u2026'
GROUP = getattr(builtins, 'BaseExceptionGroup', None)
MOST_OF_GROUP = 4


def value_text(value, longest=60):
    kind = type(value)
    if id(kind) in SHOWN:
        if kind is int and not -10 ** 50 < value < 10 ** 50:
            return '<int>'
        if kind in (str, bytes) and len(value) > longest:
            value = value[:longest - 1]
            return repr(value) + MORE
        return repr(value)
    if id(kind) in CONTAINERS:
        if len(value) <= 8:
            items = value.items() if kind is dict else value
            try:
                shown = [(value_text(item[0], 16), value_text(item[1], 16)) if kind is dict
                         else value_text(item, 16) for item in list(items)]
            except RuntimeError:
                shown = ()
            if kind is dict:
                shown = ['%s: %s' % pair for pair in shown]
            open_, close = {list: '[]', tuple: '()'}.get(kind, '{}')
            result = open_ + ', '.join(shown) + close
            if len(result) <= longest and (shown or kind in (list, tuple, dict)):
                return result
        return '%s of %d' % (type_name(kind), len(value))
    if id(enum.Enum) in map(id, bases_of(kind)):
        name = object.__getattribute__(value, '__dict__').get('_name_')
        if type(name) is str:           # or it is several flags
            return '%s.%s' % (type_name(kind), name)
    return f'<{type_name(kind)}>'


def arguments_text(frame, code):
    """Arguments of a call as far as they are plain, or streams: `(3)`, `('a', ...)`."""
    if LOCALS_ARE_COPIES and (code.has_locals or frame.f_trace is not None):
        return '(%s)' % MORE           # the copy that we would see, and throw away, is the program's too
    variables = frame.f_locals
    shown = []
    for name in code.arguments[:3]:
        value = variables.get(name)
        if name == 'self':              # all that a library's function has: it may be to await another
            value = next((one for one in referents(value) if type(one) is CoroutineType), None)
            if value is None:
                continue
        kind = id(type(value))
        if type(value) is CoroutineType:
            shown.append(named_code(value.cr_code, value).name + '()')
        elif kind in PLAIN and (value is not None or name in variables):
            shown.append(value_text(value, 20))
        elif kind in STREAM_TYPES:
            address = peer_of(value).address or MORE
            if shown[-1:] != [address]:             # the reader and the writer of one connection
                shown.append(address)
        else:
            shown.append(MORE)
    if LOCALS_ARE_COPIES and type(variables) is dict and sys.getrefcount(variables) < 4:
        variables.clear()           # a copy that the frame keeps: values would live longer
    if len(code.arguments) > 3:
        shown.append(MORE)
    while len(shown) > 1 and shown[-1] == MORE == shown[-2]:
        del shown[-1]
    return '(' + ', '.join(shown) + ')'


def exception_text(exception, depth=0):
    """`ValueError: no`; a group tells of those in it too."""
    kind = type(exception)
    name = type_name(kind)
    arguments = BaseException.args.__get__(exception)
    if GROUP is not None and issubclass(kind, GROUP):
        inner = GROUP.exceptions.__get__(exception)
        told = [exception_text(one, depth + 1) for one in inner[:MOST_OF_GROUP]] if depth < 3 else []
        more = [MORE] if len(told) < len(inner) else []
        return '%s: %s' % (name, '; '.join(told + more))
    is_plain = type(arguments) is tuple and all(id(type(item)) in PLAIN for item in arguments)
    for known, parts in TELL_PARTS:
        if kind.__str__ is known.__str__:
            is_plain = all(type(part.__get__(exception)) is needed for part, needed in parts)
    if is_plain:                        # else somebody's code might run, as by a `__str__` that is not written in C
        tell = kind.__str__ if type(kind.__str__) is type(BaseException.__str__) else BaseException.__str__
        message = tell(exception)
        if message:
            return '%s: %s' % (name, message[:1000])
    return name


# Their messages say only these of their arguments, and numbers: `'(' was never closed (app.py, line 4)`.
TELL_PARTS = (
    (SyntaxError, [(SyntaxError.msg, str)]),
    (UnicodeDecodeError, [(UnicodeDecodeError.encoding, str), (UnicodeDecodeError.reason, str),
                          (UnicodeDecodeError.object, bytes)]))


def callback_name(callback):
    for _ in range(20):
        if type(callback) is not functools.partial:
            break
        callback = callback.func
    kind = type(callback)
    if kind is MethodType:
        callback = callback.__func__
        kind = type(callback)
    if kind is FunctionType or issubclass(kind, BuiltinType):       # from 3.12 on C's methods have a type of their own
        return callback.__qualname__
    if issubclass(kind, type):
        kind = callback
    told = told_in_c(callback, '__qualname__')
    if type(told) is str:
        return told
    return type_name(kind)


