# ---------------------------------------------------------------------------------------------
# The ring of --keep-last: the newest events, and what was alive when the oldest of them happened

# d delay, l lane, f future, h handle, x text, r resource, n number, w word, s subject
ARGUMENTS = {
    CN: 'dlxlxn', CS: 'dl', CR: 'dl', CU: 'dl', CA: 'dlln', CV: 'dlx', CV_NONE: 'dl', CX: 'dlx',
    CC: 'dl', CW: 'dlnwf', CW_ALONE: 'dlnw', TN: 'dflxl', FN: 'dfx', FN_OF: 'dfxr',
    RN: 'drwxn', RC: 'drnl', FA: 'dff', FD: 'dfw',
    HS_CREATED: 'dhf', HS_YIELDED: 'dhf', HS_WAKEUP: 'dhff', HS_RESOLVED: 'dhwsf', HS: 'dhwsw',
    HT: 'dhnws', HF: 'dh', HC: 'dh', HB: 'dh', HE: 'd', LT: 'dn', LJ: 'd', LE: 'dx', LD: 'dn',
    LH: 'd', LS: 'd', PO: 'dxl', PO_ERROR: 'dxl', PW: 'dxl', PX: 'dxl', PM: 'dx', PS: 'dxx'}
PARTS = {           # templates of several events: those, and which arguments each takes
    CB: ((CN, (0, 1, 2, 3, 4, 5)), (CA, (None, 3, 1, 6)), (CS, (None, 1))),
    HB_HE: ((HB, (None, 0)), (HE, (1,))),
    HY: ((HB, (None, 1)), (CR, (None, 2)), (HS_YIELDED, (0, 4, 5)),
         (CW_ALONE, (None, 2, 3, 'yield')), (HE, (None,))),
    HZ: (),                                             # the same, see below
    FD_HS_WAKEUP: ((FD, (0, 1, 2)), (HS_WAKEUP, (None, 3, 4, 5))),
    HR: ((HB, (None, 1)), (FD, (0, 2, 'result')), (HS_WAKEUP, (None, 3, 4, 2)), (HE, (None,))),
    HW: ((HB, (None, 1)), (CR, (None, 2)), (CW, (0, 2, 3, 4, 5)), (HE, (None,))),
    HW_OF: ((HB, (None, 1)), (CR, (None, 2)), (FN_OF, (0, 5, 6, 7)), (CW, (None, 2, 3, 4, 5)),
            (HE, (None,))),
    HW_NEW: ((HB, (None, 1)), (CR, (None, 2)), (FN, (0, 5, 6)), (CW, (None, 2, 3, 4, 5)),
             (HE, (None,)))}
ENDS = (CV, CV_NONE, CX, CC, CU)
SCHEDULES = (HS_CREATED, HS_YIELDED, HS_WAKEUP, HS_RESOLVED, HS, HT)
INTRODUCING = SCHEDULES + (CN, TN, FN, FN_OF, RN)
LONGEST_UNWRITTEN = 5000000000      # nanoseconds


class Ring(object):
    def __init__(self, size):
        self.size, self.header = size, ''
        self.events, self.texts = deque(), {0: '""'}
        self.lost = self.lost_time = self.next_write = 0
        self.lanes, self.awaits, self.states = {}, {}, {}
        self.futures, self.members, self.handles, self.fired = {}, {}, {}, {}
        self.resources = {}         # number -> what introduced it, and its last change
        self.turns = {}             # the handle of a task's next step -> what `hz` leaves out
        self.running = None

    def add(self, batch):
        for template, arguments in batch:
            if template is TEXT:
                self.texts[arguments[0]] = arguments[1]
            elif template is TH:
                line, delay, task, lane, name, by, handle = arguments
                if line:
                    self.texts[name] = line.partition(',')[2].partition(',')[2][:-2]
                self.events.append((TN, (delay, task, lane, name, by)))
                self.events.append((HS_CREATED, (0, handle, task)))
            elif template is HX:
                delay, first, name, count = arguments
                for number in range(first, first + count):
                    self.events.append((HS, (delay, number, 'function', name, 'external')))
                    delay = 0
            elif template in PARTS:
                if template is HZ:
                    lane, place, task = self.turns.pop(arguments[1])
                    template, arguments = HY, (*arguments[:2], lane, place, arguments[2], task)
                if template is HY:
                    self.turns[arguments[4]] = arguments[2], arguments[3], arguments[5]
                for part, places in PARTS[template]:
                    self.events.append((part, tuple(
                        0 if place is None else arguments[place] if type(place) is int else place
                        for place in places)))
            else:
                self.events.append((template, arguments))
        while len(self.events) > self.size:
            self.forget(*self.events.popleft())
        if len(self.texts) > 4 * self.size + 1000:
            self.forget_texts()
        if real_now() > self.next_write:
            begun = real_now()
            self.write()
            self.next_write = real_now() + max(LONGEST_UNWRITTEN, 50 * (real_now() - begun))

    def forget(self, template, arguments):
        """An event leaves the ring; what it tells of things that still live is kept."""
        self.lost += 1
        self.lost_time += arguments[0]
        key = arguments[1] if len(arguments) > 1 else None
        if template is CN:
            self.lanes[key] = arguments
        elif template in (CS, CR, CW, CW_ALONE):
            self.states[key] = template, arguments
        elif template is CA:
            self.awaits[arguments[2]] = arguments
        elif template in ENDS:
            for table in self.lanes, self.states, self.awaits:
                table.pop(key, None)
        elif template is RN:
            self.resources[key] = [arguments, None]
        elif template is RC and key in self.resources:
            self.resources[key][1] = arguments
        elif template in (TN, FN, FN_OF):
            self.futures[key] = template, arguments
        elif template is FA:
            self.members.setdefault(key, []).append(arguments)
        elif template is FD:
            self.futures.pop(key, None)
            self.members.pop(key, None)
        elif template in SCHEDULES:
            due = self.lost_time + arguments[2] if template is HT else 0
            self.handles[key] = template, arguments, due
        elif template is HF:
            self.fired[key] = True
        elif template is HB:
            self.running = key
            self.turns.pop(key, None)
        elif template is HC:
            self.handles.pop(key, None)
        elif template is HE:
            self.handles.pop(self.running, None)
            self.fired.pop(self.running, None)
            self.running = None

    def forget_texts(self):
        global TEXTS
        used = {0}
        kept = [pair for table in (self.states, self.futures) for pair in table.values()]
        kept += [(CN, arguments) for arguments in self.lanes.values()]
        kept += [(RN, pair[0]) for pair in self.resources.values()]
        kept += [entry[:2] for entry in self.handles.values()]
        for template, arguments in flatten(self.events, kept):
            for kind, value in zip(ARGUMENTS[template], arguments):
                if kind in 'xs':
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
                code._file = None

    def write(self):
        """Writes all anew: first what was alive, then the events, with new numbers."""
        Rewriter(self).write(SINKS)


class Rewriter(object):
    def __init__(self, ring):
        self.ring = ring
        self.lines = [ring.header]
        self.numbers = {kind: {0: 0} for kind in 'lfhxr'}

    def write(self, sinks):
        ring = self.ring
        if ring.lost:
            self.put(LD, (ring.lost_time, min(ring.lost, 1 << 20)))
            for key in sorted(ring.lanes):
                self.put(CN, (0,) + ring.lanes[key][1:])
            for key in sorted(ring.resources):
                made, changed = ring.resources[key]
                self.put(RN, (0,) + made[1:])
                if changed is not None:
                    self.put(RC, (0,) + changed[1:])
            for key in sorted(ring.futures):
                template, arguments = ring.futures[key]
                self.put(template, (0,) + arguments[1:])
            for key in sorted(ring.members):
                for member in ring.members[key]:
                    self.put(FA, (0,) + member[1:])
            started = set()
            for key in sorted(ring.lanes):
                self.begin(key, started)
            for key in sorted(ring.states):
                template, arguments = ring.states[key]
                if key in ring.lanes and template in (CW, CW_ALONE):
                    self.put(template, (0,) + arguments[1:])
            for key in sorted(ring.handles):
                template, arguments, due = ring.handles[key]
                if template is HT:
                    arguments = (0, key, due - ring.lost_time) + arguments[3:]
                self.put(template, (0,) + arguments[1:])
                if key in ring.fired:
                    self.put(HF, (0, key))
            if ring.running is not None:
                self.put(HB, (0, ring.running))
        for template, arguments in ring.events:
            self.put(template, arguments)
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
            self.put(CA, (0,) + awaited[1:])
        self.put(CS, (0, key))

    def put(self, template, arguments):
        result, word = [], ''
        for place, (kind, value) in enumerate(zip(ARGUMENTS[template], arguments)):
            if kind == 'w':
                word = value
            elif kind == 's':
                kind = 'x' if word == 'function' else 'f'
            if kind in self.numbers:
                value = self.renumber(kind, value, place == 1 and template in INTRODUCING)
            result.append(value)
        self.lines.append(template % tuple(result))

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


