# ---------------------------------------------------------------------------------------------
# The lines of a recording, and the clock whose time they tell
#
# These are templates for %; the first argument of an event is the time since the event before. What
# most steps consist of has none: it is written where it is noted.

TEXT = '["s",%d,%s]\n'
CN = '["cn",%d,%d,%d,%d,%d,%d]\n'
CS, CR, CU, CA = '["cs",%d,%d]\n', '["cr",%d,%d]\n', '["cu",%d,%d]\n', '["ca",%d,%d,%d,%d]\n'
CV, CV_NONE = '["cv",%d,%d,%d]\n', '["cv",%d,%d]\n'
CX, CC = '["cx",%d,%d,%d]\n', '["cc",%d,%d]\n'
CW, CW_ALONE = '["cw",%d,%d,%d,"%s",%d]\n', '["cw",%d,%d,%d,"%s"]\n'
TN, TH = '["tn",%d,%d,%d,%d,%d]\n', '["th",%d,%d,%d,%d,%d,%d]\n'
FN, FA = '["fn",%d,%d,%d]\n', '["fa",%d,%d,%d]\n'
FD, TW = '["fd",%d,%d,"%s"]\n', '["tw",%d,%d]\n'
FN_OF = '["fn",%d,%d,%d,%d]\n'
RN, RC = '["rn",%d,%d,"%s",%d,%d]\n', '["rc",%d,%d,%d,%d]\n'
HS_CREATED = '["hs",%d,%d,"step",%d,"created"]\n'
HS_YIELDED = '["hs",%d,%d,"step",%d,"yielded"]\n'
HS_WAKEUP = '["hs",%d,%d,"wakeup",%d,"resolved",%d]\n'
FD_HS_WAKEUP = FD + '["hs",0,%d,"wakeup",%d,"resolved",%d]\n'
HS_RESOLVED = '["hs",%d,%d,"%s",%d,"resolved",%d]\n'
HS = '["hs",%d,%d,"%s",%d,"%s"]\n'
HX = '["hx",%d,%d,%d,%d]\n'
HT, HF, HC = '["ht",%d,%d,%d,"%s",%d]\n', '["hf",%d,%d]\n', '["hc",%d,%d]\n'
HB, HE = '["hb",%d,%d]\n', '["he",%d]\n'
LT, LJ, LE = '["lt",%d,%d]\n', '["lj",%d]\n', '["le",%d,%d]\n'
LD, LH, LS = '["ld",%d,%d]\n', '["lh",%d]\n', '["ls",%d]\n'
PO, PO_ERROR = '["po",%d,%d,%d]\n', '["po",%d,%d,%d,"stderr"]\n'
PB = '["pb",%d,%d,"%s"]\n'
PW, PX, PM, PS = '["pw",%d,%d,%d]\n', '["px",%d,%d,%d]\n', '["pm",%d,%d]\n', '["ps",%d,%d,%d]\n'

LONGEST_TEXT = 1 << 20
SOON = 100000               # nanoseconds; a difference that a line for several events may swallow
LATEST_TIME = 999999999999999999


def quoted(text):
    """A JSON string in ASCII that is safe to show on a terminal."""
    if len(text) > LONGEST_TEXT:
        text = text[:LONGEST_TEXT] + u'\u2026'
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


