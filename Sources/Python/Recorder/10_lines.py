# ---------------------------------------------------------------------------------------------
# The lines of a recording, and the clock whose time they tell

MOST_ARGUMENTS = 4


def event(kind, arguments=''):
    """A template for an event's line, for the time since the event before and as many values as
    every template takes: those that an event does not have are empty."""
    return '["%s",%%d%s]\n' % (kind, arguments) + '%s' * (MOST_ARGUMENTS - arguments.count('%'))


NO_ARGUMENTS = ('',) * MOST_ARGUMENTS
LINES = '%s' * (MOST_ARGUMENTS + 1)         # of what is written as it is
TEXT = '["s",%d,%s]\n'
TEXT_ALONE = TEXT + '%s' * (MOST_ARGUMENTS - 1)

# Coroutines and tasks
CN, CS, CR = event('cn', ',%d,%d,%d,%s'), event('cs', ',%d'), event('cr', ',%d')
CU, CA, CC = event('cu', ',%d'), event('ca', ',%d,%d,%d'), event('cc', ',%d')
CV, CV_NONE, CX = event('cv', ',%d,%d'), event('cv', ',%d'), event('cx', ',%d,%d,%d')
CW, CW_ALONE = event('cw', ',%d,%d,"%s",%d'), event('cw', ',%d,%d,"%s"')
TN, TH, TL = event('tn', ',%d,%d,%d,%d'), event('th', ',%d,%d,%d,%s'), event('tl', ',%d,%d,%d,%s')
CB, TW, TE = event('cb', ',%d,%d,%d,%s'), event('tw', ',%d'), event('te', ',%d')
TR, TM = event('tr', ',%d'), event('tm', ',%d,%d,%d')
CC_FD = event('cc', ',%d]\n["fd",0,%d,"cancelled"')
CX_FD = event('cx', ',%d,%d,%d]\n["fd",0,%d,"exception"')

# Futures and resources
FN, FN_OF, FA = event('fn', ',%d,%d'), event('fn', ',%d,%d,%d'), event('fa', ',%d,%d')
FD, RN, RC = event('fd', ',%d,"%s"'), event('rn', ',%d,"%s",%d,%d'), event('rc', ',%d,%d,%d')

# Handles and timers
HS, HS_RESOLVED = event('hs', ',%d,"%s",%d,"%s"'), event('hs', ',%d,"%s",%d,"resolved",%d')
HS_CREATED = event('hs', ',%d,"step",%d,"created"')
HS_YIELDED = event('hs', ',%d,"step",%d,"yielded"')
HS_WAKEUP = event('hs', ',%d,"wakeup",%d,"resolved",%d')
FD_HS_WAKEUP = event('fd', ',%d,"%s"]\n["hs",0,%d,"wakeup",%s')
HT, HF, HC = event('ht', ',%d,%d,"%s",%d'), event('hf', ',%d'), event('hc', ',%d')
HB, HB_CR = event('hb', ',%d'), event('hb', ',%d]\n["cr",0,%d')
HE, HE_OF = event('he'), event('he', ',%d')
HD, HR, HX = event('hd', ',%d'), event('hr', ',%d,%d,%d,%d'), event('hx', ',%d,%d,%d')
HY, HZ = event('hy', ',%d,%s,%d,%d'), event('hz', ',%d,%d')
HW, HA = event('hw', ',%d,%s,"%s",%s'), event('ha', ',%d,%d')
HK, HK_OF = event('hk', ',%d,%d'), event('hk', ',%d,%d,%d')
HS_CW_HE = event('hs', ',%d,"step",%d,"yielded"]\n["cw",0,%s,"yield"]\n["he",0')
CW_HE = event('cw', ',%s,"%s",%d]\n["he",0')
FN_CW_HE = event('fn', ',%s]\n["cw",0,%s,"%s",%d]\n["he",0')

# The loop, and what the program says
LT, LJ, LE, LD = event('lt', ',%d'), event('lj'), event('le', ',%d'), event('ld', ',%d')
LH, LS, PM, PS = event('lh'), event('ls'), event('pm', ',%d'), event('ps', ',%d,%d')
PO, PO_ERROR, PB = event('po', ',%d,%d'), event('po', ',%d,%d,"stderr"'), event('pb', ',%d,"%s"')
PW, PX = event('pw', ',%d,%d'), event('px', ',%d,%d')

LONGEST_TEXT = 1 << 20
SOON = 100000               # nanoseconds; a difference that a line for several events may swallow
LATEST = 999999999                              # in seconds
LATEST_TIME = LATEST * 1000000000


def quoted(text):
    """A JSON string in ASCII that is safe to show on a terminal."""
    if len(text) > LONGEST_TEXT:
        text = text[:LONGEST_TEXT] + '\u2026'
    return encode_basestring_ascii(text).replace('\x7f', '\\u007f')


# ---------------------------------------------------------------------------------------------
# Time

now = getattr(time, 'monotonic_ns', None) or (lambda real=time.monotonic: int(real() * 1e9))
real_sleep = time.sleep
real_now = now

VIRTUAL_START = 1000000000000
"""Loop time at which a virtual run begins: not 0, which programs may take for none."""

_last = 0           # the time of the event noted last
_held = 0           # nanoseconds that the program spent held: they do not exist for its loops
_virtual = VIRTUAL_START


def virtual_now():
    return _virtual


def program_now():
    """The real clock, less the time in which the program was held."""
    return real_now() - _held


def loop_time(loop):
    """In the place of BaseEventLoop.time where our clock is not the real one."""
    return now() / 1e9


