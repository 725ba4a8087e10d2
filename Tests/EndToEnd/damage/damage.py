"""Damages recordings in ways that keep most lines readable: what a broken recorder or an enemy writes.

The same seed does the same damage to the same recording.
"""

import json
import random

NUMBERS = [0, 1, -1, 2, 3, 63, 64, 65, 1023, 1024, 1025, 2**31 - 1, 2**31, 2**32 - 1, 2**32,
           10**9, 10**17, 10**18 - 1, 1 - 10**18, 10**18, 2**62, 2**63 - 1, -2**63, 2**64]
TIMES = [0, 0, 1, -1, -10**9, 10**9, 10**12, 10**15, 10**17, 4 * 10**17, 10**18 - 1, 1 - 10**18]

TEXTS = [
    '', ' ', '\n', '\n\n\n', '\r', '\t', '\0', '\x07', '\x7f', '\x80',
    '\x1b[2J\x1b[31mred\x1b]0;t\x07', '\x9b5;5H\x85\u2028\u2029', '\u202eevil\u202c\u2066x\u2069',
    '\u200b', '\u200d', '\ufeff', '\u0301', 'e' + '\u0301' * 300, '日本語' * 40, '👩‍👩‍👧‍👦🏽🇩🇪', '\ud800',
    '\ufffe\uffff', '\U000e0041\U000e007f', '\u115f\u3164',
    '</script><script>alert(1)</script>', '<!--<script>', ']]>', '&amp;<b a="1" onload=\'x\'>',
    '"><svg onload=alert(1)>', '=1+1', '@SUM(A1)', '-1', '+1', '\t=1', '\r=1', "'=1", '","', '"',
    '\\', '\\u0000', 'A' * 5000, 'a b ' * 2000, '(' * 500, ')', '(…)', '…', 'x' + '()' * 50,
    'main()', 'name(' + 'a,' * 200, 'lock 1', 'gather', 'wait_for', 'shield', 'task group',
    'Task-1', 'RecorderWarning: ', 'KeyboardInterrupt', 'SIGTERM', 'SystemExit: 3',
    'asyncio.run_coroutine_threadsafe', 'read from ' + 'é' * 90, '-77 (x)', 'CPython 3.',
    '"""\n' + 'doc\n' * 50 + '"""', '#' * 300, '/etc/passwd', 'a\nb\nc',
]

WAITS = ('yield sleep future task gather wait lock event condition semaphore barrier queue_get '
         'queue_put queue_join io subprocess thread consumer unknown').split()
RESOURCES = 'lock event condition semaphore barrier queue'.split()
OUTCOMES = ['result', 'exception', 'cancelled']
WORDS = WAITS + RESOURCES + OUTCOMES + (
    'step wakeup set_result member_done timeout stop function job created yielded resolved '
    'call_soon external timer stdout stderr zzz').split() + ['']
KINDS = ('cn co cs cw cr cv cx cc cu ca tn fn fa fd tr rn rc hs ht hf hc hb he lt lj ls le ld lh '
         'hy hz th tl tw te hd hr hw ha hx cb po pw pb px pm ps zz s').split()

# Where a line names a lane, a future, a resource or a handle.
IDENTITIES = {
    'cn': (2, 4), 'co': (2,), 'cs': (2,), 'cw': (2, 5), 'cr': (2,), 'cv': (2,), 'cx': (2,),
    'cc': (2,), 'cu': (2,), 'ca': (2, 3), 'tn': (2, 3, 5), 'fn': (2, 4), 'fa': (2, 3), 'fd': (2,),
    'tr': (2,), 'rn': (2,), 'rc': (2, 4), 'hs': (2, 4, 6), 'ht': (2, 5), 'hf': (2,), 'hc': (2,),
    'hb': (2,), 'he': (2,), 'po': (3,), 'pw': (3,)}
# Which two of them would make a circle of one.
SELVES = {'cn': (2, 4), 'ca': (2, 3), 'fa': (2, 3), 'cw': (2, 5), 'tn': (3, 5)}


class Damage:
    """One recording on its way to the hospital."""

    def __init__(self, header, rows, seed):
        self.header, self.rows = header, rows
        self.random = random.Random(seed)

    def do(self):
        ways = [getattr(self, name) for name in sorted(vars(Damage)) if name.startswith('with_')]
        for _ in range(self.random.choice([1, 2, 3, 6, 12, 25])):
            self.random.choice(ways)()
        return self

    def bytes(self):
        lines = [json.dumps(line) for line in [self.header] + self.rows]
        text = '\n'.join(lines) + '\n'
        if self.random.random() < 0.03:
            text = text[:self.random.randrange(len(text))]
        return text.encode('utf-8')

    # What is damaged.

    def row(self, kinds=None):
        rows = [row for row in self.rows if row and (kinds is None or row[0] in kinds)]
        return self.random.choice(rows) if rows else ['pm', 0, 0]

    def place(self):
        return self.random.randrange(len(self.rows) + 1)

    def change(self, row, places, value):
        places = [place for place in places if place < len(row)]
        if places:
            row[self.random.choice(places)] = value

    def places(self, row, kind):
        return [place for place, value in enumerate(row) if place and type(value) is kind]

    # How it is.

    def with_a_number(self):
        row = self.row()
        self.change(row, self.places(row, int), self.random.choice(NUMBERS))

    def with_a_reference(self):
        row = self.row(IDENTITIES)
        self.change(row, IDENTITIES.get(row[0], ()), self.random.randrange(12))

    def with_itself(self):
        row = self.row(SELVES)
        one, other = SELVES.get(row[0], (2, 2))
        if other < len(row):
            row[other] = row[one]

    def with_times(self):
        for _ in range(self.random.choice([1, 3, 30])):
            row = self.row()
            if row[0] != 's':
                self.change(row, [1], self.random.choice(TIMES))

    def with_a_delay(self):
        self.change(self.row({'ht'}), [3], self.random.choice(TIMES + NUMBERS))

    def with_texts(self):
        for _ in range(self.random.choice([1, 2, 20])):
            self.change(self.row({'s'}), [2], self.random.choice(TEXTS))

    def with_a_text_within(self):
        row = self.row({'s'})
        if len(row) > 2 and isinstance(row[2], str):
            at = self.random.randrange(len(row[2]) + 1)
            row[2] = row[2][:at] + self.random.choice(TEXTS) + row[2][at:]

    def with_a_word(self):
        row = self.row()
        if row[0] != 's':
            self.change(row, self.places(row, str), self.random.choice(WORDS))

    def with_a_kind(self):
        self.row()[0] = self.random.choice(KINDS)

    def with_null(self):
        row = self.row()
        self.change(row, range(1, len(row)), None)

    def with_less(self):
        row = self.row()
        if len(row) > 2:
            row.pop()

    def with_more(self):
        self.row().append(self.random.choice([None, 1, [[[[]]]], {'a': {}}, 'x']))

    def with_two_swapped(self):
        if self.rows:
            one, other = (self.random.randrange(len(self.rows)) for _ in range(2))
            self.rows[one], self.rows[other] = self.rows[other], self.rows[one]

    def with_some_again(self):
        at = self.place()
        some = self.rows[at:at + self.random.choice([1, 5, 20])]
        self.rows[at:at] = json.loads(json.dumps(some * self.random.choice([1, 2, 10, 50])))

    def with_some_gone(self):
        at = self.place()
        if len(self.rows) > 30:
            del self.rows[at:at + self.random.choice([1, 2, 8])]

    def with_a_kind_gone(self):
        kind = self.random.choice(KINDS)
        if kind != 's':
            self.rows = [row for row in self.rows if row[:1] != [kind]]

    def with_no_beginning(self):
        texts = [row for row in self.rows if row[0] == 's']
        events = [row for row in self.rows if row[0] != 's']
        self.rows = texts + events[self.random.randrange(len(events) + 1):]

    def with_no_end(self):
        if self.random.random() < 0.3:
            del self.rows[self.place():]

    def with_a_loss(self):
        count = self.random.choice([0, 1, 10**6, 2**32 - 1, 2**62])
        self.rows.insert(self.place(), ['ld', 0, count])

    def with_a_chain(self):
        count = self.random.choice([3, 400])
        lanes = range(1000, 1000 + count)
        rows = [['cn', 0, lane, 1, lane - 1] for lane in lanes]
        rows += [['ca', 0, lane, lane + 1, 3] for lane in lanes]
        rows += [['cw', 0, lanes[-1], 3, 'future', 1000]]
        rows += [['fa', 0, lane, lane + 1] for lane in lanes]
        at = self.place()
        self.rows[at:at] = rows

    def with_a_circle(self):
        kind = self.random.choice(['ca', 'fa'])
        ids = [self.random.randrange(1, 12) for _ in range(self.random.choice([1, 2, 3, 10]))]
        at = self.place()
        self.rows[at:at] = [[kind, 0, one, other] for one, other in zip(ids, ids[1:] + ids[:1])]

    def with_events(self):
        pick, small = self.random.choice, lambda: self.random.randrange(12)
        text, high = lambda: self.random.randrange(20), lambda: self.random.randrange(1, 99)
        events = [
            lambda: ['rn', 0, high(), pick(RESOURCES), text(), pick([0, 1, 2, 2**32 - 1])],
            lambda: ['rc', 0, small(), pick([0, 1, 2, 2**31, 2**32 - 1]), small()],
            lambda: ['fn', 0, high(), text(), small()], lambda: ['fd', 0, small(), pick(OUTCOMES)],
            lambda: ['cw', 0, small(), pick([0, 1, 2**32 - 1]), pick(WAITS), small()],
            lambda: ['hx', 0, high(), text(), pick([0, 1, 64])], lambda: ['ls', 0],
            lambda: ['lt', 0, pick([0, 1, 2**32 - 1])], lambda: ['lj', 0, pick(TIMES)],
            lambda: ['ps', 0, text(), text()], lambda: ['pm', 0, text()],
            lambda: ['px', 0, text(), small()], lambda: ['pw', 0, text(), small()],
            lambda: ['tr', 0, small()], lambda: ['cu', 0, small()], lambda: ['le', 0, text()],
            lambda: ['cs', 0, small()], lambda: ['cr', 0, small()], lambda: ['hb', 0, small()],
            lambda: ['he', 0], lambda: ['cx', 0, small(), text(), text()], lambda: ['cc', 0, small()],
            lambda: ['po', 0, text(), small(), 'stderr'], lambda: ['co', 0, small(), text(), 0],
            lambda: ['ht', 0, high(), pick(TIMES), 'set_result', small()],
        ]
        for _ in range(pick([1, 3, 10])):
            self.rows.insert(self.place(), pick(events)())

    def with_a_header(self):
        pick = self.random.choice
        key = pick(['program', 'runtime', 'clock', 'seed', 'sources'])
        self.header[key] = {
            'program': [pick(TEXTS) for _ in range(pick([0, 1, 50]))], 'runtime': pick(TEXTS),
            'clock': pick(['virtual', 'real']), 'seed': pick([0, 2**63, 2**64 - 1]),
            'sources': [{'name': pick(TEXTS), 'text': pick(TEXTS)} for _ in range(pick([0, 3]))],
        }[key]
