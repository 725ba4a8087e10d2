# ---------------------------------------------------------------------------------------------
# The ring of --keep-last: the newest events, and what was alive when the oldest of them happened

# d delay, l lane, m the lane that made it or 0, f future, h handle, x text, r resource, n number,
# w word, s subject
ARGUMENTS = {
    'cn': 'dlxmxn', 'co': 'dlxn', 'cs': 'dl', 'cr': 'dl', 'cu': 'dl', 'ca': 'dlln', 'cv': 'dlx', 'cx': 'dlxx',
    'cc': 'dl', 'cw': 'dlnwf', 'tn': 'dflxm', 'tr': 'df', 'tm': 'dfxm', 'fn': 'dfxr', 'fa': 'dff', 'fd': 'dfw',
    'rn': 'drwxn', 'rc': 'drnm', 'hs': 'dhwswf', 'ht': 'dhnws', 'hf': 'dh', 'hc': 'dh', 'hb': 'dh',
    'he': 'dh', 'hk': 'dxmh', 'lt': 'dn', 'lj': 'd', 'le': 'dx', 'ld': 'dn', 'lh': 'd', 'ls': 'd',
    'po': 'dxmw', 'pb': 'dxw', 'pw': 'dxm', 'px': 'dxm', 'pm': 'dx', 'ps': 'dxx'}
RESUMED = ('hb', (None, 1)), ('cr', (None, 2))
PARTS = {           # lines for several events: those, and which arguments each takes
    'cb': (('cn', (0, 1, 2, 3, 4, 5)), ('ca', (None, 3, 1, 6)), ('cs', (None, 1))),
    'tl': (('cn', (0, 1, 4, 3, 5, 6)), ('tn', (None, 1, 1, 2, 3))),
    'tw': (('cs', (0, 1)), ('cw', (None, 1, None, 'unknown'))),
    'te': (('cv', (0, 1)), ('fd', (None, 1, 'result'))),
    'th': (('tn', (0, 1, 2, 3, 4)), ('hs', (None, 5, 'step', 1, 'created'))),
    'hy': RESUMED + (('hs', (0, 4, 'step', 5, 'yielded')), ('cw', (None, 2, 3, 'yield')),
                     ('he', (None,))),
    'hd': (('hb', (None, 1)), ('he', (0,))),
    'hr': (('hb', (None, 1)), ('fd', (0, 2, 'result')),
           ('hs', (None, 3, 'wakeup', 4, 'resolved', 2)), ('he', (None,))),
    'hw': RESUMED + (('fn', (0, 5, 6, 7)), ('cw', (None, 2, 3, 4, 5)), ('he', (None,)))}
ENDS = 'cv', 'cx', 'cc', 'cu'
INTRODUCING = 'hs', 'ht', 'cn', 'tn', 'fn', 'rn'
LONGEST_UNWRITTEN = 5000000000      # nanoseconds


class Ring:
    def __init__(self, size):
        self.size, self.header = size, ''
        self.events, self.texts = deque(), {0: '""'}
        self.lost = self.lost_time = self.next_write = 0
        self.lanes, self.origins, self.awaits, self.states = {}, {}, {}, {}
        self.futures, self.members, self.handles, self.fired = {}, {}, {}, {}
        self.resources = {}         # number -> what introduced it, and its last change
        self.most_resources = 1000  # until it is looked which of them still live
        self.turns = {}             # the handle of a task's next step -> what `hz` leaves out,
        self.waits = {}             # and `ha`; before, the future that the task waits for -> that
        self.running = {}           # handles that run, one of each thread: the last to begin is last

    def add(self, lines):
        from json import loads
        for line in lines.split('\n')[:-1]:
            if line.startswith('["s"'):
                _, number, text = line[:-1].split(',', 2)
                self.texts[int(number)] = text
            else:
                kind, *arguments = loads(line)
                self.add_event(kind, tuple(arguments))
        while len(self.events) > self.size or self.events and self.events[0][0] == 'co':
            self.forget(*self.events.popleft())
        if len(self.resources) > self.most_resources:
            self.forget_resources()
            self.most_resources = 2 * len(self.resources) + 1000
        if len(self.texts) > 4 * self.size + 1000:
            self.forget_texts()
        if real_now() > self.next_write:
            begun = real_now()
            self.write()
            self.next_write = real_now() + max(LONGEST_UNWRITTEN, 50 * (real_now() - begun))

    def add_event(self, kind, arguments):
        if kind == 'hx':
            delay, first, name, count = arguments
            for number in range(first, first + count):
                self.events.append(('hs', (delay, number, 'function', name, 'external')))
                delay = 0
            return
        if kind == 'hz':
            lane, place, task = self.turns.pop(arguments[1])
            kind, arguments = 'hy', (*arguments[:2], lane, place, arguments[2], task)
        elif kind == 'ha':
            before, after = self.turns.pop(arguments[1])
            kind, arguments = 'hw', (*arguments[:2], *before, arguments[2], *after)
        if kind == 'hy':
            self.turns[arguments[4]] = arguments[2], arguments[3], arguments[5]
        elif kind == 'hw' and len(arguments) > 6:
            self.waits[arguments[5]] = arguments[2:5], arguments[6:]
        elif kind == 'hr' and arguments[2] in self.waits:
            self.turns[arguments[3]] = self.waits.pop(arguments[2])
        elif kind == 'hs' and arguments[-1] in self.waits and arguments[2::2] == ('wakeup', 'resolved'):
            self.turns[arguments[1]] = self.waits.pop(arguments[-1])
        parts = PARTS.get(kind)
        if parts is None:
            return self.events.append((kind, arguments))
        if kind == 'hw':
            parts = parts if len(arguments) > 6 else RESUMED + (('cw', (0, 2, 3, 4, 5)), parts[-1])
        arguments += 0, 0           # what may be left out
        for part, places in parts:
            self.events.append((part, tuple(
                0 if place is None else arguments[place] if type(place) is int else place
                for place in places)))

    def forget(self, kind, arguments):
        """An event leaves the ring; what it tells of things that still live is kept."""
        self.lost += 1
        self.lost_time += arguments[0]
        key = arguments[1] if len(arguments) > 1 else None
        if kind == 'cn':
            self.lanes[key] = arguments
        elif kind == 'co':
            self.origins[key] = arguments
        elif kind in ('cs', 'cr', 'cw'):
            self.states[key] = kind, arguments
        elif kind == 'ca':
            self.awaits[arguments[2]] = arguments
        elif kind in ENDS:
            for table in self.lanes, self.origins, self.states, self.awaits:
                table.pop(key, None)
        elif kind == 'rn':
            self.resources[key] = [arguments, None]
        elif kind == 'rc' and key in self.resources:
            self.resources[key][1] = arguments
        elif kind in ('tn', 'fn'):
            self.futures[key] = kind, arguments
        elif kind == 'tm' and key in self.futures:
            made = self.futures[key][1]
            self.futures[key] = 'tn', made[:3] + arguments[2:3] + made[4:]
        elif kind == 'fa':
            self.members.setdefault(key, []).append(arguments)
        elif kind == 'fd':
            self.futures.pop(key, None)
            self.members.pop(key, None)
        elif kind in ('hs', 'ht'):
            due = self.lost_time + arguments[2] if kind == 'ht' else 0
            self.handles[key] = kind, arguments, due
        elif kind == 'hf':
            self.fired[key] = True
        elif kind == 'hb':
            self.running[key] = True
            self.turns.pop(key, None)
        elif kind == 'hc':
            self.handles.pop(key, None)
        elif kind == 'he':
            key = key or next(reversed(list(self.running)), None)
            for table in self.handles, self.fired, self.running:
                table.pop(key, None)

    def forget_resources(self):
        """Locks and the like that have died, which no event tells, and that nobody speaks of."""
        alive = set(record.id for record in list(RESOURCES.values()))
        for kind, arguments in flatten(self.events, self.futures.values()):
            alive.update(value for sort, value in zip(ARGUMENTS[kind], arguments) if sort == 'r')
        self.resources = {key: pair for key, pair in self.resources.items() if key in alive}

    def forget_texts(self):
        global _stack
        used = {0}
        kept = [pair for table in (self.states, self.futures) for pair in table.values()]
        kept += [('cn', arguments) for arguments in self.lanes.values()]
        kept += [('co', arguments) for arguments in self.origins.values()]
        kept += [('rn', pair[0]) for pair in self.resources.values()]
        kept += [entry[:2] for entry in self.handles.values()]
        for kind, arguments in flatten(self.events, kept):
            for sort, value in zip(ARGUMENTS[kind], arguments):
                if sort in 'xs':
                    used.add(value)
        with LOCK:
            self.texts = {key: value for key, value in self.texts.items() if key in used}
            for string in [one for one, number in TEXTS.items() if number not in used]:
                del TEXTS[string]
            for name in [one for one, number in FILES.items() if number not in used]:
                del FILES[name]
            METHODS.clear()
            READERS.clear()
            PEERS.clear()
            for lane in LANES.values():
                lane.reader = None
            for code in CODES.values():
                code._site = None
            SITES.clear()
            _stack = ''

    def write(self):
        """Writes all anew: first what was alive, then the events, with new numbers."""
        self.forget_resources()
        Rewriter(self).write(SINKS)


class Rewriter:
    def __init__(self, ring):
        self.ring = ring
        self.lines = [ring.header]
        self.numbers = {kind: {0: 0} for kind in 'lfhxr'}

    def write(self, sinks):
        ring = self.ring
        if ring.lost:
            self.put('ld', (ring.lost_time, min(ring.lost, 1 << 20)))
            for key in sorted(ring.lanes):
                self.put('cn', (0,) + ring.lanes[key][1:])
                if key in ring.origins:
                    self.put('co', (0,) + ring.origins[key][1:])
            for key in sorted(ring.resources):
                made, changed = ring.resources[key]
                self.put('rn', (0,) + made[1:])
                if changed is not None:
                    self.put('rc', (0,) + changed[1:])
            for key in sorted(ring.futures):
                kind, arguments = ring.futures[key]
                self.put(kind, (0,) + arguments[1:])
            for key in sorted(ring.members):
                for member in ring.members[key]:
                    self.put('fa', (0,) + member[1:])
            started = set()
            for key in sorted(ring.lanes):
                self.begin(key, started)
            for key in sorted(ring.states):
                kind, arguments = ring.states[key]
                if key in ring.lanes and kind == 'cw':
                    self.put(kind, (0,) + arguments[1:])
            for key in sorted(ring.handles):
                kind, arguments, due = ring.handles[key]
                if kind == 'ht':
                    arguments = (0, key, due - ring.lost_time) + arguments[3:]
                self.put(kind, (0,) + arguments[1:])
                if key in ring.fired:
                    self.put('hf', (0, key))
            for handle in ring.running:
                self.put('hb', (0, handle))
        for kind, arguments in ring.events:
            if kind != 'tm' or arguments[1] in self.numbers['f']:       # else that task is forgotten
                self.put(kind, arguments)
        for sink in sinks:
            sink.replace(''.join(self.lines).encode('ascii'))

    def begin(self, key, started):
        """A coroutine that had started, after those that await it."""
        ring = self.ring
        if key in started or key not in ring.states:
            return
        started.add(key)
        awaited = ring.awaits.get(key)
        if awaited is not None and awaited[1] in ring.lanes:
            self.begin(awaited[1], started)
            self.put('ca', (0,) + awaited[1:])
        self.put('cs', (0, key))

    def put(self, kind, arguments):
        result, word = [], ''
        for place, (sort, value) in enumerate(zip(ARGUMENTS[kind], arguments)):
            if sort == 'w':
                word, value = value, '"%s"' % value
            elif sort == 's':
                sort = 'x' if word == 'function' else 'f'
            if sort == 'm':             # if that has ended, it is forgotten
                value = self.numbers['l'].get(value, 0)
            elif sort in self.numbers:
                value = self.renumber(sort, value, place == 1 and kind in INTRODUCING)
            result.append(str(value))
        self.lines.append('["%s",%s]\n' % (kind, ','.join(result)))

    def renumber(self, kind, number, is_new):
        """The new number of an identity. What nobody remembers is introduced as unknown."""
        known = self.numbers[kind]
        if number in known:
            return known[number]
        new = known[number] = len(known)
        if kind == 'x':
            self.lines.append(TEXT % (new, self.ring.texts.get(number, '"?"')))
        elif not is_new:
            self.lines.append({'l': '["cn",0,%d,0]\n["cs",0,%d]\n',
                               'f': '["fn",0,%d]\n["fd",0,%d,"result"]\n',
                               'r': '["rn",0,%d,"lock"]\n',
                               'h': '["hs",0,%d,"job",0,"call_soon"]\n'}[kind]
                              % ((new,) if kind in 'hr' else (new, new)))
        return new


