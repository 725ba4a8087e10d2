# ---------------------------------------------------------------------------------------------
# Sinks: what the text is written to, a file, a compressed one, or a socket
#
# The log gives them whole lines. None of them ever raises: the program goes on without them.

def kept_away(descriptor):
    """Moves a descriptor to a high number: those of the program must be what they would be."""
    import fcntl
    limit = posix.sysconf('SC_OPEN_MAX')
    lowest = 900 if limit < 0 or limit > 1000 else max(3, limit - 16)
    moved = fcntl.fcntl(descriptor, getattr(fcntl, 'F_DUPFD_CLOEXEC', 1030), lowest)
    posix.close(descriptor)
    return moved


class Sink:
    """A descriptor of ours. The program may have closed it, and its number be another file's."""

    def __init__(self, descriptor):
        self.descriptor = kept_away(descriptor)
        self.identity = self.identify()

    def identify(self):
        try:
            status = posix.fstat(self.descriptor)
            return status.st_dev, status.st_ino
        except OSError:
            return None

    def write(self, data):
        """Whether it could be written."""
        try:
            if self.identify() != self.identity:
                return False
            rest = memoryview(data)
            while rest:
                rest = rest[self.send(rest):]
            return True
        except OSError:
            return False            # the disk is full, the reader has gone: the program goes on

    def send(self, data):
        return posix.write(self.descriptor, data)

    def finish(self):
        pass

    def leave(self):
        """The program goes on without it."""
        if self.identify() == self.identity is not None:
            posix.close(self.descriptor)


def spare_other_files(path):
    """A recording replaces an earlier one, but not the script that somebody named by mistake."""
    if os.path.exists(path) and not is_recording(path):
        raise FileExistsError('the recording %s cannot be created: there is a file of that name that '
                              'is no recording. Choose another name.' % path)


def is_recording(path):
    """Whether a file begins as a header does, or is empty."""
    if not os.path.isfile(path):
        return False
    with open(path, 'rb') as file:
        data = file.read(256)
    if data[:2] == b'\x1f\x8b':
        import zlib
        try:
            data = zlib.decompressobj(31).decompress(data)
        except zlib.error:
            return False
    return not data or b''.join(data.split()).startswith(b'{"loopscope":')


class FileSink(Sink):
    is_whole = True

    def __init__(self, path):
        spare_other_files(path)
        self.path = os.path.realpath(path)
        self.part = self.path + '.part'
        Sink.__init__(self, self.open(self.part))

    def open(self, path):
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, 'O_CLOEXEC', 0)
        return posix.open(path, flags, 0o644)

    def finish(self):
        """Gives a complete recording its own name."""
        try:
            status = posix.stat(self.part)
            if (status.st_dev, status.st_ino) == self.identity and self.is_whole:
                posix.rename(self.part, self.path)
        except OSError:
            pass

    def replace(self, data):
        """Puts other contents in the place of all that was written, at once. If there is no room for
        all of them, what is longer stays."""
        self.is_whole = False
        if self.identify() != self.identity:
            return
        path = self.part + '.new'
        try:
            other = Sink(self.open(path))
        except OSError:
            return
        try:
            is_whole = other.write(data)
            if is_whole or posix.fstat(other.descriptor).st_size > posix.fstat(self.descriptor).st_size:
                posix.rename(path, self.part)
                posix.dup2(other.descriptor, self.descriptor, inheritable=False)
                self.identity, self.is_whole = other.identity, is_whole
            else:
                posix.unlink(path)
        except OSError:
            pass
        finally:
            posix.close(other.descriptor)


class GzipSink(FileSink):
    """Compresses what it writes; each batch can be read as soon as it was written."""

    packer = None

    def pack(self, data, flush):
        import zlib
        if self.packer is None:
            self.packer = zlib.compressobj(3, zlib.DEFLATED, 31)
        packed = self.packer.compress(data) + self.packer.flush(getattr(zlib, flush))
        if flush == 'Z_FINISH':
            self.packer = None
        return packed

    def write(self, data):
        return Sink.write(self, self.pack(data, 'Z_SYNC_FLUSH'))

    def finish(self):
        if self.packer is not None:
            Sink.write(self, self.pack(b'', 'Z_FINISH'))
        FileSink.finish(self)

    def replace(self, data):
        FileSink.replace(self, self.pack(data, 'Z_FINISH'))


PATIENCE = 5                # seconds that a program waits for whoever has attached to it and reads nothing


class SocketSink(Sink):
    def __init__(self, descriptor):
        Sink.__init__(self, descriptor)
        import socket
        self.socket = socket.socket(fileno=self.descriptor)
        self.socket.setblocking(True)
        if options.is_attached:
            import struct
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO,
                                   struct.pack('ll', PATIENCE, 0))

    def send(self, data):
        import socket
        return self.socket.send(data, getattr(socket, 'MSG_NOSIGNAL', 0))

    def leave(self):
        self.socket.detach()
        Sink.leave(self)

