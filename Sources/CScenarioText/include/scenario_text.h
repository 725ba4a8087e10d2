#ifndef LOOPSCOPE_SCENARIO_TEXT_H
#define LOOPSCOPE_SCENARIO_TEXT_H
#include <stddef.h>

/// The program that runs scenarios under CPython, kept in the executable.
///
/// Returns UTF-8 bytes, and their number in `length`.
const unsigned char *scenario_text(size_t *length);

#endif
