# ---------------------------------------------------------------------------------------------
# What a future is for, in words: a socket with its address, a process, a function in a thread

PEERS = {}                  # id of a stream -> Peer
CONTEXT = imported('contextvars', 'Context') or Handle       # up to 3.6 what no function belongs to


class Peer(weakref.ref):
    __slots__ = 'key', 'address', 'numbers'


forget_peer = forgetting(PEERS)


def purpose_of(word, place, leaf=None):
    """The number of a text, and that of the resource for which whoever waits stands in line."""
    if place is None:
        return TEXTS.get(word) or text(word), 0
    coroutine, about = place
    if about.purpose:
        word = about.purpose
    if about.wait in RESOURCE_WAITS:
        record = resource_of(variables_of(coroutine, 'self')[0], about.wait)
        if record is not None and record.id:
            return text(record.name), record.id
    elif about.verb and word == 'io':
        owner, = variables_of(coroutine, 'self')
        peer = peer_of(owner, coroutine)
        if peer.address:
            number = peer.numbers.get(about.verb)
            if number is None:
                number = peer.numbers[about.verb] = text('%s %s' % (about.verb, peer.address))
            if leaf is not None and type(owner) is streams.StreamReader:
                leaf.reader, leaf.purpose = peer, f',{number}'
            return number, 0
    elif word == 'subprocess':
        owner, transport = variables_of(coroutine, 'self', 'transp')
        process = process_text(transport or owner)
        if process:
            return text(process), 0
    elif about.code.co_name == ANYIO_JOB and word == 'thread':
        return text(job_name(*variables_of(coroutine, 'func', 'args'))), 0
    elif word == 'future' and not about.wait and not about.is_watched:
        number = text(named_code(about.code, coroutine).name + '()')   # a function of another library's
        if KNOW_THEIR_CLASS:
            about.made = f',{number}'
        return number, 0
    return TEXTS.get(word) or text(word), 0


def peer_of(owner, coroutine=None):
    """The address of a stream or a server, kept as long as that lives; any other socket's, only now."""
    if id(owner) in PEERS:
        return PEERS[id(owner)]
    is_stream = isinstance(owner, (streams.StreamReader, streams.StreamWriter))
    is_server = isinstance(owner, base_events.Server)
    peer = Peer(owner if is_stream or is_server else coroutine, forget_peer)
    peer.key, peer.numbers = id(owner), {}
    if is_stream:
        peer.address = transport_text(vars(owner).get('_transport'))
    elif is_server:
        sockets = vars(owner).get('_sockets') or vars(owner).get('sockets') or ()
        peer.address = ', '.join(filter(None, map(address_of, sockets))) or 'a server'
    else:
        peer.address = socket_text(coroutine)
    if (is_stream or is_server) and peer.address:       # not one that has yet to be connected
        PEERS[peer.key] = peer
    return peer


def transport_text(transport):
    """Whom a transport of asyncio's leads to: an address, a process, a file."""
    if not type(transport).__module__.startswith('asyncio.'):
        return ''
    extra = getattr(transport, '_extra', None)
    extra = extra if type(extra) is dict else {}
    address = address_text(extra.get('peername')) or address_text(extra.get('sockname'))
    if address or 'pipe' not in extra:
        return address
    protocol = getattr(transport, '_protocol', None)
    if isinstance(protocol, base_subprocess.WriteSubprocessPipeProto):
        return process_text(vars(protocol).get('proc')) or 'a pipe'
    return pipe_name(extra['pipe'])


def pipe_name(pipe):
    """`<stdin>`: what a file is called, if it is one of the interpreter's own types."""
    name = pipe.name if type(pipe).__module__ == '_io' and not hasattr(type(pipe), 'getvalue') else None
    return name if type(name) is str else 'a pipe'


def socket_text(coroutine):
    """The address that a coroutine of the loop's deals with, from its variables."""
    names = 'address', 'host', 'port', 'path', 'sock', 'conn'
    address, host, port, path, sock, accepted = variables_of(coroutine, *names)
    if type(path) is str:
        return path
    if type(host) is str:
        return address_text((host, port))
    return (address_text(address) or address_of(sock) or address_of(accepted)
            or ('a socket' if is_socket(sock) else ''))


def is_socket(thing):
    return type(thing) is imported('socket', 'socket')


def address_of(sock):
    if is_socket(sock):
        for name in 'getpeername', 'getsockname':
            try:
                address = address_text(getattr(sock, name)())
            except OSError:
                address = ''
            if address:
                return address
    return ''


def address_text(address):
    if type(address) is str:
        return address
    if (type(address) is tuple and len(address) >= 2 and type(address[0]) is str
            and type(address[1]) in (int, str)):
        return ('[%s]:%s' if ':' in address[0] else '%s:%s') % address[:2]
    return ''


def process_text(owner):
    """`123 (sleep)`: a process, by its number and its command."""
    transport = vars(owner).get('_transport') if type(owner) is async_subprocess.Process else owner
    if not isinstance(transport, base_subprocess.BaseSubprocessTransport):
        return ''
    process = vars(transport).get('_proc')
    number = getattr(process, 'pid', None)
    command = getattr(process, 'args', None)
    if type(command) in (list, tuple) and command:
        command = command[0]
    if type(number) is not int or type(command) is not str:
        return ''
    return '%d (%s)' % (number, command.split(' ')[0].rpartition('/')[2])


def job_begun(future, loop, executor, func, *arguments):
    """A function is to run in a thread: the future for it gets its name. While one is at work, virtual
    time must not jump."""
    if type(future) not in FUTURE_TYPES or future._state != 'PENDING':
        return
    if recording and options.detail == 'all':
        pool = imported('concurrent.futures.process', 'ProcessPoolExecutor') or ()
        is_process = isinstance(executor or loop._default_executor, pool)
        make_future(future, 'subprocess' if is_process else 'thread',
                    purpose=text(job_name(func, arguments)))
    if options.clock == 'virtual':
        _jobs.add(future)


def job_name(function, arguments):
    if type(function) is functools.partial and type(function.func) is BuiltinType:
        function, arguments = function.func, function.args
    if type(function) is BuiltinType and type(function.__self__) is CONTEXT and arguments:
        function = arguments[0]             # of to_thread(), and others that run it in a context
    name = callback_name(function)
    if name == 'getaddrinfo' and arguments:
        host = arguments[0]
        host = host.decode('ascii', 'replace') if type(host) is bytes else host
        if type(host) is str:
            return '%s for %s' % (name, address_text((host,) + arguments[1:2]) or host)
    return name


