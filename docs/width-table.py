#!/usr/bin/env python3
"""Writes Sources/TUI/Frame/Text/WidthTable.swift from the C library's wcwidth().

Run it on Linux with glibc and a UTF-8 locale, from the root of the project:

    python3 docs/width-table.py > Sources/TUI/Frame/Text/WidthTable.swift

Marks, format and unassigned characters are left out of the zero-width list: the sanitising rule
in Glyph.swift has dealt with them before it asks for a width.
"""

import ctypes
import locale
import unicodedata

locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
libc = ctypes.CDLL(None)
RULED_OUT = {"Mn", "Me", "Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}


def ranges(wanted):
    found = []
    for value in range(0x300, 0x110000):
        if not wanted(value):
            continue
        if found and found[-1][1] == value - 1:
            found[-1][1] = value
        else:
            found.append([value, value])
    return found


def table(name, comment, found):
    rows, row = [], "   "
    for first, last in found:
        item = f" {first:#06x}, {last:#06x},"
        if len(row) + len(item) > 100:
            rows.append(row)
            row = "   "
        row += item
    rows.append(row)
    print(f"  /// {comment}\n  static let {name}: [UInt32] = [")
    print("\n".join(rows))
    print("  ]")


def kept(value):
    return unicodedata.category(chr(value)) not in RULED_OUT


libc.gnu_get_libc_version.restype = ctypes.c_char_p
print("// Written by docs/width-table.py from glibc "
      f"{libc.gnu_get_libc_version().decode()}'s wcwidth; do not edit.\n")
print("/// First and last scalar of each range, in order.")
print("enum WidthTable {")
table("wide", "Two columns.", ranges(lambda v: libc.wcwidth(v) == 2))
print()
table("zero", "No column, though neither marks nor format characters.",
      ranges(lambda v: libc.wcwidth(v) == 0 and kept(v)))
print("}")
