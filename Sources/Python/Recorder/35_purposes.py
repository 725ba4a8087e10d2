# ---------------------------------------------------------------------------------------------
# What a future is for, in words: a socket with its address, a process, a function in a thread

PEERS = {}                  # id of a stream -> Peer


class Peer(weakref.ref):
    __slots__ = 'key', 'address', 'numbers'


def peer_gone(peer):
    if PEERS.get(peer.key) is peer:
        del PEERS[peer.key]


def purpose_of(word, place, leaf=None):
    """The number of a text, and that of the resource for which whoever waits stands in line."""
    if place is None:
        return TEXTS.get(word) or text(word), 0
    coroutine, about = place
    if about.wait in RESOURCE_WAITS:
        record = resource_of(variables_of(coroutine, 'self')[0], about.wait)
        if record is not None and record.id:
            return text(record.name), record.id
    elif about.verb and word == 'io':
        owner, = variables_of(coroutine, 'self')
        peer = PEERS.get(id(owner))
        if peer is None:
            peer = find_peer(owner, coroutine)
        if peer.address:
            number = peer.numbers.get(about.verb)
            if number is None:
                number = peer.numbers[about.verb] = text(u'%s %s' % (about.verb, peer.address))
            if leaf is not None and type(owner) is streams.StreamReader:
                leaf.reader, leaf.purpose = peer, f',{number}'
            return number, 0
    elif word == 'subprocess':
        process = process_text(variables_of(coroutine, 'self')[0])
        if process:
            return text(process), 0
    return TEXTS.get(word) or text(word), 0


def find_peer(owner, coroutine):
    """A stream's address, kept as long as the stream lives; that of any other socket, only now."""
    is_stream = isinstance(owner, (streams.StreamReader, streams.StreamWriter))
    peer = Peer(owner if is_stream else coroutine, peer_gone)
    peer.key, peer.numbers = id(owner), {}
    if is_stream:
        PEERS[peer.key] = peer
        transport = vars(owner).get('_transport')
        extra = getattr(transport, '_extra', None) if type(transport).__module__.startswith(
            'asyncio.') else None
        extra = extra if type(extra) is dict else {}
        peer.address = address_text(extra.get('peername') or extra.get('sockname'))
        if not peer.address and 'pipe' in extra:
            peer.address = u'a pipe'
    else:
        peer.address = socket_text(coroutine)
    return peer


def socket_text(coroutine):
    """The address that a coroutine of the loop's deals with, from its variables."""
    sock, address, host, port, path = variables_of(coroutine, 'sock', 'address', 'host', 'port', 'path')
    if type(address) is tuple or type(address) is str:
        return address_text(address)
    if type(host) is str:
        return address_text((host, port))
    if type(path) is str:
        return path
    module = sys.modules.get('socket')
    if module is not None and type(sock) is module.socket:
        for name in 'getpeername', 'getsockname':
            try:
                return address_text(getattr(sock, name)())
            except OSError:
                pass
    return u''


def address_text(address):
    if type(address) is str:
        return address
    if (type(address) is tuple and len(address) >= 2 and type(address[0]) is str
            and type(address[1]) in (int, str)):
        return (u'[%s]:%s' if ':' in address[0] else u'%s:%s') % address[:2]
    return u''


def process_text(owner):
    """`123 (sleep)`: a process, by its number and its command."""
    transport = vars(owner).get('_transport') if type(owner) is async_subprocess.Process else owner
    if not isinstance(transport, base_subprocess.BaseSubprocessTransport):
        return u''
    process = vars(transport).get('_proc')
    number = getattr(process, 'pid', None)
    command = getattr(process, 'args', None)
    if type(command) in (list, tuple) and command:
        command = command[0]
    if type(number) is not int or type(command) is not str:
        return u''
    return u'%d (%s)' % (number, command.split(' ')[0].rpartition('/')[2])


def watch_jobs():
    """Functions that run in threads: the future for one gets its name. While one is at work,
    virtual time must not jump."""
    run = base_events.BaseEventLoop.run_in_executor

    def run_in_executor(self, executor, func, *args):
        future = run(self, executor, func, *args)
        try:
            if type(future) in FUTURE_TYPES and future._state == 'PENDING':
                if recording and options.detail == 'all':
                    make_future(future, 'thread', purpose=text(job_name(func)))
                if options.clock == 'virtual':
                    key = id(future)
                    _jobs.add(key)
                    future.add_done_callback(lambda _: _jobs.discard(key))
        except Exception:
            fault()
        return future
    base_events.BaseEventLoop.run_in_executor = named_like(run, run_in_executor)


def job_name(function):
    if type(function) is functools.partial and type(function.func) is BuiltinType and function.args:
        function = function.args[0]         # of to_thread(), which runs it in a context
    return callback_name(function)


